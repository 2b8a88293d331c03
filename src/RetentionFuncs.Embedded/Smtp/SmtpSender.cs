using RetentionFuncs.Customers;
using RetentionFuncs.Embedded.Outbox;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Embedded.Smtp;

/// <summary>
/// Hands each message to a mail server once and says what the answer proves (see <see cref="SmtpAnswers"/>). A failure before the end of
/// the message is told again later by the caller, never here.
/// </summary>
public sealed class SmtpSender(SmtpOptions options, TimeProvider clock) : IMessageSender, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private readonly SmtpPool _pool = new(options, clock);
    private int _failures;

    public void Dispose() => _pool.Dispose();

    public async ValueTask<SendResult> SendAsync(OutboundMessage message)
    {
        if (!IsPlain(message.From.Address) || !IsPlain(message.To.Address))
        {
            return new SendResult.Refused("The sender's or the recipient's address is not a plain e-mail address.");
        }

        if (!await _pool.EnterAsync())
        {
            return new SendResult.ProvenNotSent(clock.GetUtcNow().AddSeconds(5), "All connections to the mail server are busy.");
        }

        try
        {
            return await DeliverAsync(message);
        }
        finally
        {
            _pool.Leave();
        }
    }

    private async Task<SendResult> DeliverAsync(OutboundMessage message)
    {
        using var handover = new CancellationTokenSource(options.Limits.Handover, clock);
        var session = await _pool.TakeAsync(handover.Token);
        if (session is null)
        {
            var opening = await SmtpSession.OpenAsync(options, clock, RetryAt(), handover.Token);
            _ = opening.Reached ? Interlocked.Exchange(ref _failures, 0) : Interlocked.Increment(ref _failures);
            if (opening.Session is null)
            {
                return opening.Refusal!;
            }

            session = opening.Session;
        }

        var result = await session.DeliverAsync(
            message.From.Address,
            message.To.Address,
            EmlWriter.Write(message),
            RetryAt(),
            handover.Token
        );
        await _pool.PutBackAsync(session);
        return result;
    }

    /// <summary>A minute, twice as long after each time in a row that the server could not be reached, at most a quarter of an hour.</summary>
    private DateTimeOffset RetryAt()
    {
        var wait = SmtpAnswers.ShortWait * Math.Pow(2, Math.Min(Volatile.Read(ref _failures), 10));
        return clock.GetUtcNow() + (wait < LongestWait ? wait : LongestWait);
    }

    private static bool IsPlain(string address) => EmailAddress.TryParse(address, out var parsed, out _) && parsed.Value == address;
}
