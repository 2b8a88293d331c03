using Polly;

namespace RetentionFuncs.Messages;

/// <summary>How fast may be sent and when sending stops by itself.</summary>
/// <param name="PerSecond">Messages per second this process may send, more than 0.</param>
/// <param name="Burst">Most messages at once after a pause, 1 or more.</param>
/// <param name="ProbeAfter">How long a systemic refusal stops sending before one message tries again; doubles with each failed try.</param>
/// <param name="LongestProbe">Where the doubling ends.</param>
/// <param name="UnknownsInARow">After so many unknown outcomes in a row sending stops too: each may be a customer who gets nothing.</param>
public sealed record SendLimits(double PerSecond, int Burst, TimeSpan ProbeAfter, TimeSpan LongestProbe, int UnknownsInARow)
{
    public static SendLimits Default { get; } = new(10, 10, TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), 5);

    /// <summary>These limits for one of several processes that share an account: together they never pass its rate or its burst.</summary>
    /// <param name="accountPerSecond">Messages per second the account may send, more than 0.</param>
    /// <param name="maximumInstances">Most processes that may run at once, 1 or more.</param>
    /// <remarks>A process needs a burst of 1 to send at all; with more instances than burst that is what can be passed.</remarks>
    public SendLimits Divided(double accountPerSecond, int maximumInstances)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(accountPerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumInstances, 1);
        return this with { PerSecond = accountPerSecond / maximumInstances, Burst = Math.Max(1, Burst / maximumInstances) };
    }
}

public abstract record SendPermit
{
    private SendPermit() { }

    /// <summary>One message may be claimed and sent now.</summary>
    public sealed record Ready : SendPermit
    {
        public static Ready Instance { get; } = new();
    }

    /// <summary>Nothing may be claimed before that moment.</summary>
    public sealed record WaitUntil(DateTimeOffset At, string Why) : SendPermit;
}

public enum BreakerChange
{
    None,

    /// <summary>Sending has just stopped: the one moment to alert somebody.</summary>
    Opened,

    /// <summary>Sending goes on.</summary>
    Closed,
}

/// <summary>
/// Rate and breaker of one provider account in one process, asked before a touchpoint is claimed and told each result after (design
/// S15): a Polly pipeline of breaker, provider's wait and rate. Keeps no timer: time is what the callers pass in. Safe to use from
/// several threads.
/// </summary>
public sealed class SendGovernor
{
    private readonly Lock _gate = new();
    private readonly ToldClock _clock = new();
    private readonly SendBreaker _breaker;
    private readonly ProviderWait _wait = new();
    private readonly ResiliencePipeline<SendPermit> _asked;

    public SendGovernor(SendLimits limits)
    {
        Limits = limits;
        _breaker = new SendBreaker(limits, _clock);
        var rate = new SendRate(limits, _clock);
        _asked = new ResiliencePipelineBuilder<SendPermit> { TimeProvider = _clock }
            .AddStrategy(_ => new BreakerGate(_breaker))
            .AddStrategy(_ => new ProviderGate(_wait, _clock))
            .AddStrategy(_ => rate)
            .Build();
    }

    public SendLimits Limits { get; }

    /// <summary>Why this process has stopped sending, or null while it goes on.</summary>
    public string? StoppedBecause
    {
        get
        {
            lock (_gate)
            {
                return _breaker.Why;
            }
        }
    }

    public SendPermit Ask(DateTimeOffset now)
    {
        lock (_gate)
        {
            _clock.Now = now;
            var permit = _asked.Execute(static () => SendPermit.Ready.Instance as SendPermit);
            if (permit is SendPermit.Ready)
            {
                _breaker.LetThrough(now);
            }

            return permit;
        }
    }

    public BreakerChange Tell(SendResult result, DateTimeOffset now)
    {
        lock (_gate)
        {
            _clock.Now = now;
            _wait.Hear(result);
            return _breaker.Hear(result);
        }
    }

    /// <summary>A person says that the cause is gone.</summary>
    public BreakerChange Close()
    {
        lock (_gate)
        {
            _wait.Forget();
            return _breaker.Close();
        }
    }

    /// <summary>Outermost: no permit is counted and no wait looked at while sending has stopped.</summary>
    private sealed class BreakerGate(SendBreaker breaker) : PermitStrategy
    {
        protected override SendPermit.WaitUntil? Objection() => breaker.Objection();
    }

    private sealed class ProviderGate(ProviderWait wait, ToldClock clock) : PermitStrategy
    {
        protected override SendPermit.WaitUntil? Objection() => wait.ObjectionAt(clock.Now);
    }

    /// <summary>Innermost, so that a permit is taken only when nothing else objects.</summary>
    private sealed class SendRate(SendLimits limits, ToldClock clock) : PermitStrategy
    {
        private readonly TokenBucket _bucket = new(limits.PerSecond, limits.Burst);

        protected override SendPermit.WaitUntil? Objection() =>
            _bucket.TryTake(clock.Now) is { } later ? new SendPermit.WaitUntil(later, "The sending rate is used up.") : null;
    }
}
