using Polly;

namespace RetentionFuncs.Messages;

/// <summary>The clock of the pipelines: it stands where the last call put it.</summary>
internal sealed class ToldClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
}

/// <summary>A strategy that lets through or objects with the moment to come back at: a value, not an exception.</summary>
internal abstract class PermitStrategy : ResilienceStrategy<SendPermit>
{
    /// <returns>Null when there is none.</returns>
    protected abstract SendPermit.WaitUntil? Objection();

    protected override ValueTask<Outcome<SendPermit>> ExecuteCore<TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<SendPermit>>> callback,
        ResilienceContext context,
        TState state
    ) => Objection() is { } objection ? Outcome.FromResultAsValueTask<SendPermit>(objection) : callback(context, state);
}

/// <summary>The moment a provider named when it said "too many" (429), or could not be reached at all.</summary>
internal sealed class ProviderWait
{
    private DateTimeOffset _until;
    private string _why = "";

    public SendPermit.WaitUntil? ObjectionAt(DateTimeOffset now) => now < _until ? new SendPermit.WaitUntil(_until, _why) : null;

    public void Hear(SendResult result)
    {
        if (result is SendResult.ProvenNotSent { OnlyThis: false } later)
        {
            (_until, _why) = (later.RetryAt > _until ? later.RetryAt : _until, later.Reason);
        }
    }

    public void Forget() => _until = default;
}
