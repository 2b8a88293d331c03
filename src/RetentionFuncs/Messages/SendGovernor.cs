namespace RetentionFuncs.Messages;

/// <summary>How fast may be sent and when sending stops by itself.</summary>
/// <param name="PerSecond">Messages per second this process may send, more than 0; in Azure the account's rate divided by the instances.</param>
/// <param name="Burst">Most messages at once after a pause, 1 or more.</param>
/// <param name="ProbeAfter">How long a systemic refusal stops sending before one message tries again; doubles with each failed try.</param>
/// <param name="LongestProbe">Where the doubling ends.</param>
/// <param name="UnknownsInARow">After so many unknown outcomes in a row sending stops too: each may be a customer who gets nothing.</param>
public sealed record SendLimits(double PerSecond, int Burst, TimeSpan ProbeAfter, TimeSpan LongestProbe, int UnknownsInARow)
{
    public static SendLimits Default { get; } = new(10, 10, TimeSpan.FromMinutes(5), TimeSpan.FromHours(1), 5);
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
/// Rate and breaker of one provider account, asked before a touchpoint is claimed and told each result after (design S15). Keeps
/// no timer: time is what the callers pass in. Safe to use from several threads.
/// </summary>
public sealed class SendGovernor(SendLimits limits)
{
    private readonly Lock _gate = new();
    private readonly TokenBucket _bucket = new(limits.PerSecond, limits.Burst);
    private DateTimeOffset _providerAsksUntil;
    private string _providerWhy = "";
    private Breaker? _open;
    private int _unknowns;

    /// <summary>Why sending has stopped, or null while it goes on.</summary>
    public string? StoppedBecause
    {
        get
        {
            lock (_gate)
            {
                return _open?.Why;
            }
        }
    }

    public SendPermit Ask(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_open is { } open && now < open.ProbeAt)
            {
                return new SendPermit.WaitUntil(open.ProbeAt, open.Why);
            }

            if (now < _providerAsksUntil)
            {
                return new SendPermit.WaitUntil(_providerAsksUntil, _providerWhy);
            }

            if (_bucket.TryTake(now) is { } later)
            {
                return new SendPermit.WaitUntil(later, "The sending rate is used up.");
            }

            if (_open is { } probing)
            {
                // One message at a time tries; if its result never comes, the next may try after the same wait.
                _open = probing with
                {
                    ProbeAt = now + probing.Wait,
                    Probed = true,
                };
            }

            return SendPermit.Ready.Instance;
        }
    }

    public BreakerChange Tell(SendResult result, DateTimeOffset now)
    {
        lock (_gate)
        {
            _unknowns = result is SendResult.Unknown ? _unknowns + 1 : 0;
            switch (result)
            {
                case SendResult.SystemicRefusal refusal:
                    return Open(refusal.Reason, now);
                case SendResult.Unknown unknown:
                    return _open is not null || _unknowns >= limits.UnknownsInARow
                        ? Open($"{_unknowns} outcomes in a row are unknown. {unknown.Reason}", now)
                        : BreakerChange.None;
                case SendResult.ProvenNotSent later:
                    _providerAsksUntil = later.RetryAt > _providerAsksUntil ? later.RetryAt : _providerAsksUntil;
                    _providerWhy = later.Reason;
                    return BreakerChange.None;
                default:
                    // Answers still under way when it opened prove nothing; the one let through to try does.
                    return _open is { Probed: true } ? CloseNow() : BreakerChange.None;
            }
        }
    }

    /// <summary>A person says that the cause is gone.</summary>
    public BreakerChange Close()
    {
        lock (_gate)
        {
            _unknowns = 0;
            _providerAsksUntil = default;
            return CloseNow();
        }
    }

    private BreakerChange Open(string why, DateTimeOffset now)
    {
        var first = _open is null;

        // Only a failed try doubles the wait, not the answers still under way when it opened.
        var wait =
            _open is not { } open ? limits.ProbeAfter
            : open.Probed ? Shorter(open.Wait * 2, limits.LongestProbe)
            : open.Wait;
        _open = new Breaker(why, wait, now + wait, false);
        return first ? BreakerChange.Opened : BreakerChange.None;
    }

    private BreakerChange CloseNow()
    {
        var was = _open is not null;
        _open = null;
        return was ? BreakerChange.Closed : BreakerChange.None;
    }

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private sealed record Breaker(string Why, TimeSpan Wait, DateTimeOffset ProbeAt, bool Probed);
}
