namespace RetentionFuncs.Runs;

/// <summary>A step whose work on a shard is small enough to need no position: it begins again when it was stopped.</summary>
/// <param name="work">Given the shard and the token to honour between items; gives what it counted.</param>
public sealed class WholeShard(Func<string, CancellationToken, ValueTask<RunTally>> work) : IShardStep
{
    public async ValueTask<bool> RunAsync(ShardTurn turn)
    {
        turn.Tally.Add(await work(turn.Shard, turn.Stopping));
        return !turn.Stopping.IsCancellationRequested;
    }
}
