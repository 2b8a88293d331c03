using RetentionFuncs.Queues;
using RetentionFuncs.Storage;

namespace RetentionFuncs.ShopEvents;

/// <param name="Requeued">Events whose message was lost, on their way again.</param>
/// <param name="GivenUp">Events that were queued again and again and never applied; their messages are dead letters by now.</param>
/// <param name="Forgotten">Events put aside so long ago that their words are deleted.</param>
public sealed record RequeueReport(int Requeued, int GivenUp, int Forgotten)
{
    public static RequeueReport None { get; } = new(0, 0, 0);

    public RequeueReport Plus(RequeueReport other) => new(Requeued + other.Requeued, GivenUp + other.GivenUp, Forgotten + other.Forgotten);
}

/// <summary>Looks at the events that wait: queues what lost its message, and deletes in time what nobody mended.</summary>
public sealed class RequeueShopEvents(IRowStore store, IWorkQueue queue, TimeProvider clock)
{
    public static readonly TimeSpan RequeueAfter = TimeSpan.FromMinutes(15);

    /// <summary>Personal data of an event that cannot be applied is kept so long for a person to look at.</summary>
    public static readonly TimeSpan KeepRefusedFor = TimeSpan.FromDays(30);

    /// <summary>Messages after which an event is put aside.</summary>
    public const int MostMessages = 8;

    /// <summary>All shards.</summary>
    public async ValueTask<RequeueReport> RunAsync(CancellationToken cancel = default)
    {
        var report = RequeueReport.None;
        foreach (var shard in Shards.All)
        {
            report = report.Plus(await RequeueAsync(shard, cancel));
        }

        return report;
    }

    /// <param name="shard">Two digits, one of <see cref="Shards.All"/>.</param>
    /// <param name="cancel">Honoured between events.</param>
    /// <exception cref="QueueUnavailableException">Not known to be queued; a later sweep goes on.</exception>
    public async ValueTask<RequeueReport> RequeueAsync(string shard, CancellationToken cancel = default)
    {
        var report = RequeueReport.None;
        await foreach (var row in store.ReadAllAsync(InboxPlace.PartitionOf(shard), RowRange.All))
        {
            cancel.ThrowIfCancellationRequested();
            report = report.Plus(await LookAsync(WaitingEvent.Read(new InboxPlace(shard, row.Key), row.Properties), row));
        }

        return report;
    }

    private async ValueTask<RequeueReport> LookAsync(WaitingEvent waiting, StoredRow row)
    {
        var now = clock.GetUtcNow();
        if (waiting.RefusedBecause is not null)
        {
            return waiting.ReceivedAt + KeepRefusedFor <= now && await WriteAsync(waiting, row, null)
                ? RequeueReport.None with
                {
                    Forgotten = 1,
                }
                : RequeueReport.None;
        }

        if (waiting.QueuedAt + RequeueAfter > now)
        {
            return RequeueReport.None;
        }

        if (waiting.Seq + 1 >= MostMessages)
        {
            var given = waiting with { RefusedBecause = $"it was queued {MostMessages} times and never applied" };
            return await WriteAsync(waiting, row, given.ToBag()) ? RequeueReport.None with { GivenUp = 1 } : RequeueReport.None;
        }

        var again = waiting with { Seq = waiting.Seq + 1, QueuedAt = now };
        if (!await WriteAsync(waiting, row, again.ToBag()))
        {
            return RequeueReport.None;
        }

        await queue.EnqueueAsync(again.Message, now);
        return RequeueReport.None with { Requeued = 1 };
    }

    private async ValueTask<bool> WriteAsync(WaitingEvent waiting, StoredRow row, PropertyBag? bag) =>
        await store.CommitAsync(waiting.Place.Partition, [new RowWrite(row.Key, Expectation.At(row.Version), bag)]) is CommitResult.Applied;
}
