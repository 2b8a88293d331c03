using RetentionFuncs.Customers;
using RetentionFuncs.Queues;
using RetentionFuncs.Reviews;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Touchpoints;

/// <summary>What a sweep found and did.</summary>
public sealed record SweepReport(int Looked, int Requeued, int Expired, int Reaped, int Unconfirmed, int Closed)
{
    public static SweepReport None { get; } = new(0, 0, 0, 0, 0, 0);

    public SweepReport Plus(SweepReport other) =>
        new(
            Looked + other.Looked,
            Requeued + other.Requeued,
            Expired + other.Expired,
            Reaped + other.Reaped,
            Unconfirmed + other.Unconfirmed,
            Closed + other.Closed
        );
}

/// <summary>
/// Looks at everything that is not finished: queues what lost its message, ends what expired, shows claims that never came back as
/// Unknown, and marks what was sent and never heard of again. Any threshold here is safe; it only changes how soon a thing is seen.
/// </summary>
public sealed class SweepOpenWork(IRowStore store, IWorkQueue queue, TimeProvider clock)
{
    public static readonly TimeSpan RequeueAfter = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan ReapAfter = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan UnconfirmedAfter = TimeSpan.FromHours(72);
    public static readonly TimeSpan UnknownOpenFor = TimeSpan.FromDays(30);

    private readonly OpenWork _open = new(store);
    private readonly DayCursor _cursor = new(store, OpenWork.CursorName);

    /// <param name="cancel">Honoured between touchpoints.</param>
    public async ValueTask<SweepReport> RunAsync(CancellationToken cancel = default)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var report = SweepReport.None;
        var oldest = today;
        for (var day = await _cursor.StartAsync(today); day <= today && !cancel.IsCancellationRequested; day = day.AddDays(1))
        {
            var left = false;
            foreach (var shard in Shards.All)
            {
                await foreach (var reference in _open.ReadAsync(day, shard))
                {
                    cancel.ThrowIfCancellationRequested();
                    var one = await LookAsync(reference, day);
                    left |= one.Closed == 0;
                    report = report.Plus(one with { Looked = 1 });
                }
            }

            oldest = left && day < oldest ? day : oldest;
        }

        if (cancel.IsCancellationRequested)
        {
            return report;
        }

        // A day late, because a planner whose clock lags may still add to yesterday.
        await _cursor.WriteAsync(oldest < today ? oldest : today.AddDays(-1));
        return report;
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
            TouchpointState.Sent when touch.HasEvidence => await CloseAsync(reference, day, SweepReport.None),
            TouchpointState.Sent when touch.SettledAt + UnconfirmedAfter <= now => await UnconfirmedAsync(partition, touch, day),
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
        partition.PutTouchpoint(touch with { State = TouchpointState.Expired, SettledAt = now });
        return await partition.CommitAsync() is CommitResult.Applied
            ? await CloseUnsentAsync(touch, day, SweepReport.None with { Expired = 1 })
            : SweepReport.None;
    }

    private static async ValueTask<SweepReport> ReapAsync(CustomerPartition partition, Touchpoint touch)
    {
        partition.PutTouchpoint(touch with { State = TouchpointState.Unknown, Reason = "NeverSettled" });
        return await partition.CommitAsync() is CommitResult.Applied ? SweepReport.None with { Reaped = 1 } : SweepReport.None;
    }

    private async ValueTask<SweepReport> UnconfirmedAsync(CustomerPartition partition, Touchpoint touch, DateOnly day)
    {
        partition.PutTouchpoint(touch with { Unconfirmed = true });
        return await partition.CommitAsync() is CommitResult.Applied
            ? await CloseAsync(touch.Reference, day, SweepReport.None with { Unconfirmed = 1 })
            : SweepReport.None;
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
