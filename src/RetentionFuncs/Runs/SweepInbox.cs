using RetentionFuncs.Imports.Uploads;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Runs;

/// <summary>What came in and is not applied: the shop's events by shard, at the end the uploaded files, and what was kept to undo an import.</summary>
public sealed class SweepInbox(RequeueShopEvents events, SweepUploads uploads, SweepUndo undo) : IShardStep
{
    public async ValueTask<bool> RunAsync(ShardTurn turn)
    {
        var report = await events.RequeueAsync(turn.Shard, turn.Stopping);
        turn.Tally.Count(nameof(report.Requeued), report.Requeued);
        turn.Tally.Count(nameof(report.GivenUp), report.GivenUp);
        turn.Tally.Count(nameof(report.Forgotten), report.Forgotten);
        return !turn.Stopping.IsCancellationRequested;
    }

    public async ValueTask CloseAsync(FinishedRun run)
    {
        _ = await uploads.RunAsync();
        _ = await undo.RunAsync();
    }
}
