namespace RetentionFuncs.Embedded.Smtp;

/// <summary>A bounded number of connections; who is done with a sound one leaves it for the next message.</summary>
internal sealed class SmtpPool(SmtpOptions options, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.MostConnections, options.MostConnections);
    private readonly Stack<SmtpSession> _idle = new();
    private readonly Lock _gate = new();
    private bool _closed;

    /// <returns>False when no place came free within the limit.</returns>
    public Task<bool> EnterAsync() => _places.WaitAsync(options.Limits.Place);

    public void Leave() => _places.Release();

    /// <summary>A connection that answered just now, or null: open one.</summary>
    public async Task<SmtpSession?> TakeAsync(CancellationToken handover)
    {
        while (Pop() is { } session)
        {
            if (clock.GetUtcNow() - session.UsedAt < options.Limits.Idle && await session.ResetAsync(handover))
            {
                return session;
            }

            await session.LeaveAsync();
        }

        return null;
    }

    public async Task PutBackAsync(SmtpSession session)
    {
        if (session.IsSound && session.Messages < options.MostPerConnection && Push(session))
        {
            return;
        }

        await session.LeaveAsync();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
        }

        while (Pop() is { } session)
        {
            session.LeaveAsync().GetAwaiter().GetResult();
        }

        _places.Dispose();
    }

    private SmtpSession? Pop()
    {
        lock (_gate)
        {
            return _idle.TryPop(out var session) ? session : null;
        }
    }

    private bool Push(SmtpSession session)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _idle.Push(session);
            }

            return !_closed;
        }
    }
}
