using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Runs;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliveries;

/// <summary>What one pass over a shard came to.</summary>
/// <param name="Asked">Questions put to the provider's log.</param>
/// <param name="Found">Unknown until now, and proven sent.</param>
/// <param name="NotFound">Stamped, and still unknown.</param>
/// <param name="GoOnAt">When to run the shard again for what was left over; null when nothing was.</param>
public sealed record ReconcileReport(int Asked, int Found, int NotFound, DateTimeOffset? GoOnAt)
{
    public static ReconcileReport None { get; } = new(0, 0, 0, null);

    public ReconcileReport Plus(ReconcileReport other) =>
        new(
            Asked + other.Asked,
            Found + other.Found,
            NotFound + other.NotFound,
            GoOnAt is null || other.GoOnAt < GoOnAt ? other.GoOnAt ?? GoOnAt : GoOnAt
        );
}

/// <summary>
/// Looks for outcomes that stayed unknown in the provider's own log, some time after the claim each. A find is evidence like any other
/// and makes the touchpoint Sent; no find is stamped and proves nothing. It never sends.
/// </summary>
/// <param name="log">Null: the provider has no log that can be asked, and nothing is done.</param>
public sealed class ReconcileUnknowns(
    IRowStore store,
    RecordDeliveryEvents record,
    InstanceSecret secret,
    IProviderLog? log,
    TimeProvider clock
) : IShardStep
{
    /// <summary>When to look, counted from the claim: events and logs may lag.</summary>
    public static readonly IReadOnlyList<TimeSpan> LookAfter = [TimeSpan.FromMinutes(15), TimeSpan.FromHours(2), TimeSpan.FromHours(24)];

    /// <summary>Most questions of one pass, so that it ends while its turn lasts.</summary>
    public const int MostQuestions = 100;

    private readonly OpenWork _open = new(store);
    private readonly DayCursor _cursor = new(store, OpenWork.CursorName);

    /// <summary>Whether there is a log to ask.</summary>
    public bool IsOn => log is not null;

    ValueTask<bool> IShardStep.IsWantedAsync() => ValueTask.FromResult(IsOn);

    /// <summary>What a turn leaves, the next timer finds: a log that asks for patience is not pressed.</summary>
    async ValueTask<bool> IShardStep.RunAsync(ShardTurn turn)
    {
        var report = await RunShardAsync(turn.Shard, turn.Stopping);
        turn.Tally.Count(nameof(report.Asked), report.Asked);
        turn.Tally.Count(nameof(report.Found), report.Found);
        turn.Tally.Count(nameof(report.NotFound), report.NotFound);
        return !turn.Stopping.IsCancellationRequested;
    }

    /// <summary>All shards, one after another.</summary>
    public async ValueTask<ReconcileReport> RunAsync(CancellationToken cancel = default)
    {
        var report = ReconcileReport.None;
        foreach (var shard in Shards.All)
        {
            report = report.Plus(await RunShardAsync(shard, cancel));
        }

        return report;
    }

    /// <summary>One shard; run again at any time it goes on where it stopped, since each look is on the touchpoint itself.</summary>
    /// <param name="cancel">Honoured between touchpoints; what is left shows as <see cref="ReconcileReport.GoOnAt"/>.</param>
    public async ValueTask<ReconcileReport> RunShardAsync(string shard, CancellationToken cancel)
    {
        var report = ReconcileReport.None;
        if (log is null)
        {
            return report;
        }

        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        for (var day = await _cursor.StartAsync(today); day <= today; day = day.AddDays(1))
        {
            await foreach (var reference in _open.ReadAsync(day, shard))
            {
                if (cancel.IsCancellationRequested || report.Asked >= MostQuestions)
                {
                    return report with { GoOnAt = clock.GetUtcNow() };
                }

                report = report.Plus(await LookAsync(log, reference));
                if (report.GoOnAt is not null)
                {
                    return report;
                }
            }
        }

        return report;
    }

    private async ValueTask<ReconcileReport> LookAsync(IProviderLog asked, TouchRef reference)
    {
        var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
        if (partition.TouchpointBy(reference.Touch) is not { } touch || LooksDue(touch, clock.GetUtcNow()) is not { } looks)
        {
            return ReconcileReport.None;
        }

        var one = ReconcileReport.None with { Asked = 1 };
        switch (
            await asked.FindAsync(
                new LogQuestion(reference, touch.AttemptId!, AddressOf(partition, touch), touch.ClaimedAt!.Value)
                {
                    Channel = touch.Channel,
                }
            )
        )
        {
            case LogAnswer.Found found:
                _ = await record.RunAsync(found.Events);
                return one with { Found = 1 };
            case LogAnswer.Unanswered unanswered:
                return one with { GoOnAt = unanswered.AskAgainAt };
            case LogAnswer.NotFound:
                await StampAsync(partition, touch with { LogLooks = looks, NotFoundAt = clock.GetUtcNow() });
                return one with { NotFound = 1 };
            default:
                await StampAsync(partition, touch with { LogLooks = looks });
                return one;
        }
    }

    /// <summary>How many of the times to look have come, when one of them is unused and the outcome is unknown; else null.</summary>
    internal static int? LooksDue(Touchpoint touch, DateTimeOffset now)
    {
        var stuck =
            touch.State == TouchpointState.Unknown
            || (touch.State == TouchpointState.Sending && touch.ClaimedAt + SweepOpenWork.ReapAfter <= now);
        var come = LookAfter.Count(after => touch.ClaimedAt + after <= now);
        return stuck && touch.AttemptId is not null && come > touch.LogLooks ? come : null;
    }

    /// <summary>The contact's address, if it is still the one that was written to.</summary>
    private EmailAddress? AddressOf(CustomerPartition partition, Touchpoint touch) =>
        partition.ContactBy(touch.Contact)?.Email is { } email && secret.AddressKeyOf(email) == touch.Address ? email : null;

    /// <summary>If somebody else was there first, for instance with evidence, the next pass looks again.</summary>
    private static async ValueTask StampAsync(CustomerPartition partition, Touchpoint stamped)
    {
        partition.PutTouchpoint(stamped);
        _ = await partition.CommitAsync();
    }
}
