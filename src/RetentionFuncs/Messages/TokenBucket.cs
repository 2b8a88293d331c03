namespace RetentionFuncs.Messages;

/// <summary>Lets through at most <paramref name="burst"/> + rate × t in any span t of the clock it is shown. Not thread-safe.</summary>
/// <param name="perSecond">More than 0.</param>
/// <param name="burst">1 or more.</param>
internal sealed class TokenBucket(double perSecond, int burst)
{
    private readonly long _ticksPerToken = Math.Max(1, (long)(TimeSpan.TicksPerSecond / perSecond));
    private DateTimeOffset? _last;
    private long _ticks;

    /// <summary>Takes one and gives null, or takes none and gives the first moment at which one will be there.</summary>
    public DateTimeOffset? TryTake(DateTimeOffset now)
    {
        var full = checked(_ticksPerToken * burst);

        // A clock set back gives nothing for the step and counts on from where it is now.
        var elapsed = _last is { } last ? Math.Clamp((now - last).Ticks, 0, full) : full;
        _last = now;
        _ticks = Math.Min(full, _ticks + elapsed);
        if (_ticks < _ticksPerToken)
        {
            return now + TimeSpan.FromTicks(_ticksPerToken - _ticks);
        }

        _ticks -= _ticksPerToken;
        return null;
    }
}
