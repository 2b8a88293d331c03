using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Queues;
using RetentionFuncs.Reviews;
using RetentionFuncs.Runs;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;

namespace RetentionFuncs.Touchpoints;

/// <summary>What a sweep found and did.</summary>
public sealed record SweepReport(int Looked, int Requeued, int Expired, int Reaped, int Unconfirmed, int Closed)
{
    public static SweepReport None { get; } = new(0, 0, 0, 0, 0, 0);

    /// <summary>Touchpoints that may or may not have been sent and still wait for evidence.</summary>
    public int Unknown { get; init; }

    /// <summary>Those of them that have waited for more than a day.</summary>
    public int LongUnknown { get; init; }

    /// <summary>Touchpoints whose record could not be worked on and were passed over.</summary>
    public IReadOnlyList<BrokenItem> Broken { get; init; } = [];

    internal void CountInto(RunTally tally)
    {
        tally.Count(nameof(Looked), Looked);
        tally.Count(nameof(Requeued), Requeued);
        tally.Count(nameof(Expired), Expired);
        tally.Count(nameof(Reaped), Reaped);
        tally.Count(nameof(Unconfirmed), Unconfirmed);
        tally.Count(nameof(Closed), Closed);
        tally.Count(nameof(Unknown), Unknown);
        tally.Count(nameof(LongUnknown), LongUnknown);
    }

    internal static SweepReport Of(RunTally tally) =>
        new(
            (int)tally[nameof(Looked)],
            (int)tally[nameof(Requeued)],
            (int)tally[nameof(Expired)],
            (int)tally[nameof(Reaped)],
            (int)tally[nameof(Unconfirmed)],
            (int)tally[nameof(Closed)]
        )
        {
            Unknown = (int)tally[nameof(Unknown)],
            LongUnknown = (int)tally[nameof(LongUnknown)],
            Broken = tally.BrokenItems,
        };
}

/// <summary>
/// Looks at everything that is not finished: queues what lost its message, ends what expired, shows claims that never came back as
/// Unknown, and marks what was sent and never heard of again. Any threshold here is safe; it only changes how soon a thing is seen.
/// </summary>
public sealed class SweepOpenWork(IRowStore store, IWorkQueue queue, TimeProvider clock) : IShardStep
{
    public static readonly TimeSpan RequeueAfter = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan ReapAfter = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan UnconfirmedAfter = TimeSpan.FromHours(72);

    /// <summary>People work a list off in days, and its results come back later still.</summary>
    public static readonly TimeSpan ListUnconfirmedAfter = TimeSpan.FromDays(14);

    private static TimeSpan PatienceWith(Touchpoint touch) => touch.Channel == Channel.Email ? UnconfirmedAfter : ListUnconfirmedAfter;

    public static readonly TimeSpan LongUnknownAfter = TimeSpan.FromDays(1);
    public static readonly TimeSpan UnknownOpenFor = TimeSpan.FromDays(30);

    private readonly OpenWork _open = new(store);
    private readonly DayCursor _cursor = new(store, OpenWork.CursorName);

    /// <param name="cancel">Honoured between touchpoints.</param>
    public async ValueTask<SweepReport> RunAsync(CancellationToken cancel = default) =>
        SweepReport.Of(await this.RunAsync(clock.GetUtcNow(), null, cancel));

    public async ValueTask<bool> RunAsync(ShardTurn turn)
    {
        var today = DateOnly.FromDateTime(turn.RunAt.UtcDateTime);
        return await turn.ForEachAsync(
            ReadAsync(turn.Shard, turn.After, await _cursor.StartAsync(today), today),
            item => $"{Shards.DayName(item.Day)}|{item.Touch}",
            item => CountAsync(item.Day, item.Touch, turn.Tally)
        );
    }

    public async ValueTask CloseAsync(FinishedRun run)
    {
        var today = DateOnly.FromDateTime(run.StartedAt.UtcDateTime);
        await _cursor.StartAsync(today);
        await _cursor.MoveAsync(run.Tally.Oldest, today);
        ProductMeter.Looked(SweepReport.Of(run.Tally));
    }

    private async IAsyncEnumerable<(DateOnly Day, TouchRef Touch)> ReadAsync(string shard, string after, DateOnly from, DateOnly today)
    {
        var (lastDay, lastTouch) = after.Length == 0 ? (DateOnly.MinValue, "") : (Shards.DayOf(after), after.Split('|', 2)[1]);
        for (var day = lastDay > from ? lastDay : from; day <= today; day = day.AddDays(1))
        {
            await foreach (var touch in _open.ReadAsync(day, shard, day == lastDay ? lastTouch : ""))
            {
                yield return (day, touch);
            }
        }
    }

    private async ValueTask CountAsync(DateOnly day, TouchRef touch, RunTally tally)
    {
        var closed = false;
        try
        {
            var one = await LookAsync(touch, day) with { Looked = 1 };
            closed = one.Closed > 0;
            ProductMeter.Swept(one);
            one.CountInto(tally);
        }
        finally
        {
            if (!closed)
            {
                tally.Left(day);
            }
        }
    }

    private async ValueTask<SweepReport> LookAsync(TouchRef reference, DateOnly day)
    {
        var now = clock.GetUtcNow();
        var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
        if (partition.TouchpointBy(reference.Touch) is not { } touch)
        {
            // The plan may be about to commit; a day later it will not.
            return day < DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1)
                ? await CloseAsync(reference, day, SweepReport.None)
                : SweepReport.None;
        }

        return touch.State switch
        {
            TouchpointState.Planned when now >= touch.ExpiresAt => await ExpireAsync(partition, touch, day, now),
            TouchpointState.Planned when Later(touch.DueAt, touch.QueuedAt) + RequeueAfter <= now => await RequeueAsync(
                partition,
                touch,
                now
            ),
            TouchpointState.Sending when touch.ClaimedAt + ReapAfter <= now => await ReapAsync(partition, touch),
            TouchpointState.Unknown when touch.ClaimedAt + UnknownOpenFor <= now => await CloseAsync(reference, day, SweepReport.None),
            TouchpointState.Sent when touch.HasEvidence || touch.ProviderMessageId == ProviderAnswers.SandboxId => await CloseAsync(
                reference,
                day,
                SweepReport.None
            ),
            TouchpointState.Sent when touch.SettledAt + PatienceWith(touch) <= now => await UnconfirmedAsync(partition, touch, day),
            TouchpointState.Unknown => SweepReport.None with
            {
                Unknown = 1,
                LongUnknown = touch.ClaimedAt + LongUnknownAfter <= now ? 1 : 0,
            },
            _ when touch.IsSettled && touch.State != TouchpointState.Sent => await CloseUnsentAsync(touch, day, SweepReport.None),
            _ => SweepReport.None,
        };
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private async ValueTask<SweepReport> RequeueAsync(CustomerPartition partition, Touchpoint touch, DateTimeOffset now)
    {
        var again = touch with { Seq = touch.Seq + 1, QueuedAt = now };
        partition.PutTouchpoint(again);
        if (await partition.CommitAsync() is CommitResult.Applied)
        {
            await queue.EnqueueAsync(ReviewEffects.MessageFor(again), now);
        }

        return SweepReport.None with
        {
            Requeued = 1,
        };
    }

    private async ValueTask<SweepReport> ExpireAsync(CustomerPartition partition, Touchpoint touch, DateOnly day, DateTimeOffset now)
    {
        var expired = touch with { State = TouchpointState.Expired, SettledAt = now };
        partition.PutTouchpoint(expired);
        if (await partition.CommitAsync() is not CommitResult.Applied)
        {
            return SweepReport.None;
        }

        ProductMeter.Ended(expired);
        return await CloseUnsentAsync(expired, day, SweepReport.None with { Expired = 1 });
    }

    private static async ValueTask<SweepReport> ReapAsync(CustomerPartition partition, Touchpoint touch)
    {
        partition.PutTouchpoint(touch with { State = TouchpointState.Unknown, Reason = "NeverSettled" });
        return await partition.CommitAsync() is CommitResult.Applied ? SweepReport.None with { Reaped = 1, Unknown = 1 } : SweepReport.None;
    }

    private async ValueTask<SweepReport> UnconfirmedAsync(CustomerPartition partition, Touchpoint touch, DateOnly day)
    {
        partition.PutTouchpoint(touch with { Unconfirmed = true });
        if (await partition.CommitAsync() is not CommitResult.Applied)
        {
            return SweepReport.None;
        }

        ProductMeter.LeftUnconfirmed(touch);
        return await CloseAsync(touch.Reference, day, SweepReport.None with { Unconfirmed = 1 });
    }

    private async ValueTask<SweepReport> CloseUnsentAsync(Touchpoint touch, DateOnly day, SweepReport report)
    {
        await ClaimTouchpoint.FreeAddressAsync(store, touch);
        return await CloseAsync(touch.Reference, day, report);
    }

    private async ValueTask<SweepReport> CloseAsync(TouchRef reference, DateOnly day, SweepReport report)
    {
        await _open.RemoveAsync(day, reference);
        return report with { Closed = 1 };
    }
}
