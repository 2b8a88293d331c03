namespace RetentionFuncs.Runs;

/// <summary>A verb that goes over the shards: what it does to one, and what once all are done.</summary>
public interface IShardStep
{
    /// <summary>Whether there is anything to run for; asked once, before a run begins.</summary>
    ValueTask<bool> IsWantedAsync() => ValueTask.FromResult(true);

    /// <summary>Works on from <see cref="ShardTurn.After"/> by <see cref="ShardTurn.ForEachAsync"/>.</summary>
    /// <returns>False when it was told to stop and there is more to do.</returns>
    ValueTask<bool> RunAsync(ShardTurn turn);

    /// <summary>After the last shard. It may be called again with the same run, and by two at once: the outcome is the same.</summary>
    ValueTask CloseAsync(FinishedRun run) => ValueTask.CompletedTask;
}

/// <summary>A run whose shards are all done.</summary>
/// <param name="StartedAt">The moment it speaks for; the same each time it is closed.</param>
/// <param name="Parts">What the shards handed in by <see cref="ShardTurn.Part"/>, page by page.</param>
public sealed record FinishedRun(DateTimeOffset StartedAt, RunTally Tally, IReadOnlyList<string> Parts);

/// <summary>Goes over all shards here and now: the one-machine form of a run.</summary>
public static class AllShards
{
    /// <param name="progress">Told the number of items done so far.</param>
    /// <param name="cancel">Honoured between items.</param>
    /// <exception cref="OperationCanceledException">Stopped; what is left is found again.</exception>
    public static async ValueTask<RunTally> RunAsync(
        this IShardStep step,
        DateTimeOffset now,
        IProgress<int>? progress = null,
        CancellationToken cancel = default
    )
    {
        var (tally, parts) = (new RunTally(), new List<string>());
        var seen = 0;
        foreach (var shard in Storage.Shards.All)
        {
            var turn = new ShardTurn(shard, "", now, tally)
            {
                Stopping = cancel,
                Each = () => progress?.Report(Interlocked.Increment(ref seen)),
            };
            if (!await step.RunAsync(turn))
            {
                throw new OperationCanceledException("Stopped between two items.", cancel);
            }

            if (turn.Part?.Invoke() is { } part)
            {
                parts.Add(part);
            }
        }

        await step.CloseAsync(new FinishedRun(now, tally, parts));
        return tally;
    }
}
