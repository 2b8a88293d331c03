using RetentionFuncs.Storage;

namespace RetentionFuncs.Messages;

/// <summary>What all processes know about the breaker.</summary>
/// <param name="Why">Why sending stopped; why it went on, when it is closed.</param>
/// <param name="Since">When it opened or closed; null when it never did.</param>
/// <param name="Wait">How long after a failed try the next one waits.</param>
/// <param name="ProbeAt">When one message may try.</param>
/// <param name="Tried">One was let through since it opened or since the last try failed.</param>
/// <param name="By">Who closed it; null when a message's acceptance did.</param>
public sealed record BreakerStanding(
    bool IsOpen,
    string Why,
    DateTimeOffset? Since,
    TimeSpan Wait,
    DateTimeOffset ProbeAt,
    bool Tried,
    string? By
)
{
    public static BreakerStanding NeverOpened { get; } = new(false, "", null, default, default, false, null);

    internal static BreakerStanding Opened(string why, DateTimeOffset now, TimeSpan wait) =>
        new(true, why, now, wait, now + wait, false, null);

    /// <summary>
    /// As it is believed at <paramref name="now"/>: a moment further ahead than the wait itself was written by a clock that runs ahead, and
    /// would stop everybody for as long as that clock is wrong.
    /// </summary>
    internal BreakerStanding BelievedAt(DateTimeOffset now, DateTimeOffset since) =>
        IsOpen && ProbeAt - now > Wait ? this with { ProbeAt = since + Wait } : this;

    internal BreakerStanding FailedAgain(string why, DateTimeOffset now, TimeSpan longest)
    {
        var wait = Wait * 2 < longest ? Wait * 2 : longest;
        return this with { Why = why, Wait = wait, ProbeAt = now + wait, Tried = false };
    }

    /// <summary>Later than it opened, whatever the clock of who closes it says.</summary>
    internal BreakerStanding Closed(string? by, string reason, DateTimeOffset now) =>
        NeverOpened with
        {
            Why = reason,
            Since = now > Since ? now : Since!.Value.AddTicks(1),
            By = by,
        };
}

/// <summary>The breaker's row in the partition <c>sending</c>.</summary>
/// <param name="key">Its row; one for each way of sending.</param>
internal sealed class SharedBreaker(IRowStore store, string key)
{
    private static readonly PartitionId Partition = new(StoreTable.Control, "sending");

    public async ValueTask<(BreakerStanding Standing, Expectation Expect)> ReadAsync() =>
        await store.ReadRowAsync(Partition, key) is { } row
            ? (Read(row.Properties), Expectation.At(row.Version))
            : (BreakerStanding.NeverOpened, Expectation.Absent);

    /// <returns>False when somebody else wrote first or the answer was lost: look again.</returns>
    public async ValueTask<bool> WriteAsync(BreakerStanding standing, Expectation expect) =>
        await store.CommitAsync(Partition, [new RowWrite(key, expect, ToBag(standing))]) is CommitResult.Applied;

    private static PropertyBag ToBag(BreakerStanding s) =>
        new PropertyBag()
            .Set("open", s.IsOpen)
            .Set("why", s.Why)
            .Set("since", s.Since)
            .Set("waitSeconds", s.Wait.TotalSeconds)
            .Set("probeAt", s.ProbeAt)
            .Set("tried", s.Tried)
            .Set("by", s.By);

    private static BreakerStanding Read(PropertyBag bag) =>
        new(
            bag.Flag("open"),
            bag.Text("why"),
            bag.InstantOrNull("since"),
            TimeSpan.FromSeconds(bag.Number("waitSeconds")),
            bag.Instant("probeAt"),
            bag.Flag("tried"),
            bag.TextOrNull("by")
        );
}
