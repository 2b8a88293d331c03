using RetentionFuncs.Storage;

namespace RetentionFuncs.Messages;

/// <summary>
/// Whether sending goes on, for all processes of an installation: each has its own rate and notices faults by itself; that it stopped,
/// why, and when one message may try is one shared row. It is read at most five seconds late, so what still goes out after a stop is
/// what is in flight and five seconds of sends. Asked before a claim, told after the settlement.
/// </summary>
/// <param name="way">Names the row; one for each way of sending.</param>
public sealed class SendControl(IRowStore store, SendGovernor governor, TimeProvider clock, string way = "breaker")
{
    /// <summary>How old the shared row may be when it is asked.</summary>
    public static readonly TimeSpan CacheFor = TimeSpan.FromSeconds(5);

    private readonly SharedBreaker _shared = new(store, way);
    private Snapshot? _snapshot;

    /// <summary>What this process still has to put on the row because the store did not take it.</summary>
    private string? _unwritten;

    /// <summary>Whether this process has been let through to try, and its result is not known yet.</summary>
    private bool _trying;

    /// <summary>When it opened last, as far as this process saw it on the row.</summary>
    private DateTimeOffset? _openSince;

    /// <summary>The moment of the next try as the row names it, and when this process first read that.</summary>
    private (DateTimeOffset At, DateTimeOffset SeenAt) _probe;

    private sealed record Snapshot(DateTimeOffset At, BreakerStanding Standing);

    private sealed record Written;

    /// <summary>
    /// Why nothing at all may be sent by this process, whatever the row says; null lets it. For a home that has found its store to be an
    /// older state of itself.
    /// </summary>
    public string? FrozenBecause { get; set; }

    /// <summary>What the row says now.</summary>
    /// <exception cref="StoreUnavailableException">The store did not answer.</exception>
    public async ValueTask<BreakerStanding> StandingAsync() => (await _shared.ReadAsync()).Standing;

    /// <exception cref="StoreUnavailableException">Whether sending is stopped is not known, so nothing is claimed.</exception>
    public async ValueTask<SendPermit> AskAsync(DateTimeOffset now)
    {
        if (FrozenBecause is { } frozen)
        {
            return new SendPermit.WaitUntil(now.AddMinutes(5), frozen);
        }

        if (_unwritten is { } why)
        {
            await OpenAsync(why, now);
        }

        var seen = await FreshAsync(now);
        if (!seen.IsOpen)
        {
            FollowClosing(seen);
            return governor.Ask(now);
        }

        seen = Believed(seen, now);
        return now < seen.ProbeAt ? new SendPermit.WaitUntil(seen.ProbeAt, seen.Why) : await TryAsync(now);
    }

    /// <summary>Another process's try went well, or a person closed it: later than this process stopped, by the row's own order.</summary>
    private void FollowClosing(BreakerStanding closed)
    {
        if (_openSince is { } opened && closed.Since > opened)
        {
            _openSince = null;
            governor.Close();
        }
    }

    /// <summary>Never throws: a result is on file by then, and a stop that the store did not take is put there at the next question.</summary>
    public async ValueTask<BreakerChange> TellAsync(SendResult result, DateTimeOffset now)
    {
        var change = governor.Tell(result, now);
        var (tried, stopped) = (_trying, governor.StoppedBecause);
        try
        {
            if (change == BreakerChange.Opened || (tried && stopped is not null && IsFault(result)))
            {
                _unwritten = stopped;
                return await OpenAsync(stopped!, now) ? BreakerChange.Opened : BreakerChange.None;
            }

            if (tried && result is SendResult.Accepted or SendResult.Refused)
            {
                _trying = false;
                return await CloseAsync(null, "A message that tried was taken.", now) ? BreakerChange.Closed : BreakerChange.None;
            }
        }
        catch (StoreUnavailableException)
        {
            // A stop is kept in _unwritten, and this process stands still by itself; a way that opened is found open by the next try.
        }

        return change;
    }

    /// <summary>A person says that the cause is gone: every process goes on within five seconds.</summary>
    /// <param name="by">Who; kept with the row.</param>
    /// <returns>False when sending had not stopped.</returns>
    /// <exception cref="StoreUnavailableException">Not known to be closed.</exception>
    public ValueTask<bool> CloseAsync(string by, string reason)
    {
        _unwritten = null;
        governor.Close();
        return CloseAsync(by, reason, clock.GetUtcNow());
    }

    /// <summary>For a home of one process that starts: a person may have mended the cause, so the first message tries at once.</summary>
    public async ValueTask TryAtOnceAsync() =>
        await ChangeAsync(s => s.IsOpen ? s with { ProbeAt = clock.GetUtcNow() } : null, clock.GetUtcNow());

    private static bool IsFault(SendResult result) => result is SendResult.SystemicRefusal or SendResult.Unknown;

    /// <summary>One message at a time over all processes: who moves the row's moment on is the one.</summary>
    private async ValueTask<SendPermit> TryAsync(DateTimeOffset now)
    {
        var permit = governor.Ask(now);
        if (permit is not SendPermit.Ready)
        {
            return permit;
        }

        var (standing, expect) = await _shared.ReadAsync();
        Keep(standing, now);
        if (!standing.IsOpen || now < Believed(standing, now).ProbeAt)
        {
            return new SendPermit.WaitUntil(standing.IsOpen ? Believed(standing, now).ProbeAt : now.AddSeconds(1), standing.Why);
        }

        var tried = standing with { ProbeAt = now + standing.Wait, Tried = true };
        if (!await _shared.WriteAsync(tried, expect))
        {
            _snapshot = null;
            return new SendPermit.WaitUntil(now.AddSeconds(1), standing.Why);
        }

        Keep(tried, now);
        _trying = true;
        return permit;
    }

    /// <returns>Whether this is what stopped it.</returns>
    private async ValueTask<bool> OpenAsync(string why, DateTimeOffset now)
    {
        var first = false;
        await ChangeAsync(
            s =>
            {
                first |= !s.IsOpen;
                return !s.IsOpen ? BreakerStanding.Opened(why, now, governor.Limits.ProbeAfter)
                    : s.Tried ? s.FailedAgain(why, now, governor.Limits.LongestProbe)
                    : null;
            },
            now
        );
        (_unwritten, _trying) = (null, false);
        return first;
    }

    private async ValueTask<bool> CloseAsync(string? by, string reason, DateTimeOffset now)
    {
        var was = false;
        await ChangeAsync(
            s =>
            {
                was |= s.IsOpen;
                return s.IsOpen ? s.Closed(by, reason, now) : null;
            },
            now
        );
        return was;
    }

    private async ValueTask ChangeAsync(Func<BreakerStanding, BreakerStanding?> change, DateTimeOffset now) =>
        await ContendedCommit.UntilAppliedAsync(async () =>
        {
            var (standing, expect) = await _shared.ReadAsync();
            if (change(standing) is not { } next)
            {
                Keep(standing, now);
                return new Written();
            }

            if (!await _shared.WriteAsync(next, expect))
            {
                return null;
            }

            Keep(next, now);
            return new Written();
        });

    private async ValueTask<BreakerStanding> FreshAsync(DateTimeOffset now)
    {
        if (_snapshot is { } known && now >= known.At && now - known.At < CacheFor)
        {
            return known.Standing;
        }

        var standing = (await _shared.ReadAsync()).Standing;
        Keep(standing, now);
        return standing;
    }

    private BreakerStanding Believed(BreakerStanding standing, DateTimeOffset now)
    {
        if (_probe.At != standing.ProbeAt)
        {
            _probe = (standing.ProbeAt, now);
        }

        return standing.BelievedAt(now, _probe.SeenAt);
    }

    private void Keep(BreakerStanding standing, DateTimeOffset now)
    {
        _snapshot = new Snapshot(now, standing);
        _openSince = standing.IsOpen ? standing.Since : _openSince;
    }
}
