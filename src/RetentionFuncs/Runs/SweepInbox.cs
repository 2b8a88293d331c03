using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.ShopEvents;

namespace RetentionFuncs.Runs;

/// <summary>What came in and is not applied: the shop's events by shard, and at the end the uploaded files.</summary>
public sealed class SweepInbox(RequeueShopEvents events, SweepUploads uploads) : IShardStep
{
    public async ValueTask<bool> RunAsync(ShardTurn turn)
    {
        var report = await events.RequeueAsync(turn.Shard, turn.Stopping);
        turn.Tally.Count(nameof(report.Requeued), report.Requeued);
        turn.Tally.Count(nameof(report.GivenUp), report.GivenUp);
        turn.Tally.Count(nameof(report.Forgotten), report.Forgotten);
        return !turn.Stopping.IsCancellationRequested;
    }

    public async ValueTask CloseAsync(FinishedRun run) => _ = await uploads.RunAsync();
}
