using RetentionFuncs.Clocks;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;

namespace RetentionFuncs.Runs;

/// <summary>What a timer's call came to.</summary>
public abstract record RunStart
{
    private RunStart() { }

    /// <summary>One message a shard is queued.</summary>
    public sealed record Started(string Period) : RunStart;

    /// <summary>The run of this period is on file already: the timer fired twice.</summary>
    public sealed record AlreadyStarted(string Period) : RunStart;

    /// <summary>An earlier run of the kind goes on; shards that nobody was heard of are queued again.</summary>
    public sealed record UnderWay(string Period, int QueuedAgain) : RunStart;

    /// <summary>There is nothing to run for.</summary>
    public sealed record NotWanted : RunStart;
}

/// <summary>
/// Begins a run when a timer fires: one row that only one can insert, then one message a shard. Firing twice within a period starts it
/// once; a run under way is not overtaken. The start of a sweep also looks after stalled runs of every other kind, so that a lost
/// message costs half an hour and not a week.
/// </summary>
public sealed class StartRun(
    IRowStore store,
    IWorkQueue queue,
    IReadOnlyDictionary<RunKind, IShardStep> steps,
    BusinessCalendar calendar,
    RunOptions options,
    TimeProvider clock
)
{
    private readonly RunRows _rows = new(store);

    private sealed record Begun(RunRow Run, bool IsNew);

    /// <param name="cancel">Honoured between messages; what is not queued yet is queued later.</param>
    /// <exception cref="ArgumentException">No verb of this program does that kind.</exception>
    public async ValueTask<RunStart> RunAsync(RunKind kind, CancellationToken cancel = default)
    {
        if (!steps.TryGetValue(kind, out var step))
        {
            throw new ArgumentException($"No verb of this program does {kind}.", nameof(kind));
        }

        if (kind == RunKind.SweepOpenWork)
        {
            await LookAfterAsync(steps.Keys.Where(k => k != kind));
        }

        var now = clock.GetUtcNow();
        if (await LookAfterAsync(kind, now) is { } going)
        {
            return going;
        }

        var period = RunPeriods.Of(kind, now, calendar);
        if (await _rows.FindAsync(kind, period) is not null)
        {
            return new RunStart.AlreadyStarted(period);
        }

        if (!await step.IsWantedAsync())
        {
            // Looked and found nothing to do: as good as a finished run to whoever watches for silence.
            ProductMeter.RunFinished(kind.ToString());
            return new RunStart.NotWanted();
        }

        await _rows.PruneAsync(kind, RunPeriods.Of(kind, now - options.KeepFor, calendar));
        return await BeginAsync(new RunRow(kind, period, RunState.UnderWay, now, null, new RunTally()), cancel);
    }

    private async ValueTask<RunStart> BeginAsync(RunRow run, CancellationToken cancel)
    {
        var begun = await ContendedCommit.UntilAppliedAsync(async () =>
            await _rows.InsertAsync(run) switch
            {
                CommitResult.Applied => new Begun(run, true),
                _ => await _rows.FindAsync(run.Kind, run.Period) is { } there ? new Begun(there, there.StartedAt == run.StartedAt) : null,
            }
        );
        if (!begun.IsNew)
        {
            return new RunStart.AlreadyStarted(run.Period);
        }

        foreach (var shard in Shards.All)
        {
            cancel.ThrowIfCancellationRequested();
            await queue.EnqueueAsync(new RunRef(run.Kind, run.Period, shard).Message(0), run.StartedAt);
        }

        return new RunStart.Started(run.Period);
    }

    private async ValueTask LookAfterAsync(IEnumerable<RunKind> kinds)
    {
        foreach (var kind in kinds)
        {
            await LookAfterAsync(kind, clock.GetUtcNow());
        }
    }

    /// <returns>Null when no run of the kind is under way, or the one that was is given up.</returns>
    private async ValueTask<RunStart?> LookAfterAsync(RunKind kind, DateTimeOffset now)
    {
        if (await _rows.CurrentAsync(kind) is not { State: RunState.UnderWay } run)
        {
            return null;
        }

        if (now - run.StartedAt < options.QueueAgainAfter)
        {
            return new RunStart.UnderWay(run.Period, 0);
        }

        var shards = (await _rows.GatherAsync(run)).Shards.ToDictionary(s => s.Shard, StringComparer.Ordinal);
        var open = Shards.All.Select(s => shards.GetValueOrDefault(s) ?? ShardRow.New(s)).Where(s => !s.Done).ToArray();
        if (open.Any(s => now - (s.HeardAt ?? run.StartedAt) >= options.GiveUpAfter))
        {
            await _rows.EndAsync(run with { State = RunState.GivenUp, EndedAt = now, Tally = Sum(shards.Values) });
            return null;
        }

        // All done and not closed: one of them is asked to close.
        var asked = open.Length > 0 ? open : [shards[Shards.Name(0)]];
        var again = 0;
        foreach (var shard in asked.Where(s => now - Latest(run.StartedAt, s) >= options.QueueAgainAfter))
        {
            again += await QueueAgainAsync(run, shard.Shard, now) ? 1 : 0;
        }

        return new RunStart.UnderWay(run.Period, again);
    }

    private static DateTimeOffset Latest(DateTimeOffset started, ShardRow shard) =>
        new[] { started, shard.HeardAt ?? started, shard.QueuedAt ?? started }.Max();

    /// <summary>With a number that no copy has had: the next one may have been queued, and lost, by whoever worked on it last.</summary>
    private async ValueTask<bool> QueueAgainAsync(RunRow run, string shard, DateTimeOffset now)
    {
        var (row, expect) = await _rows.ShardAsync(run, shard);
        var again = row with { Seq = row.Seq + 2, QueuedAt = now };
        if (await _rows.SaveAsync(run, again, expect, null) is not CommitResult.Applied)
        {
            return false;
        }

        await queue.EnqueueAsync(new RunRef(run.Kind, run.Period, shard).Message(again.Seq), now);
        return true;
    }

    private static RunTally Sum(IEnumerable<ShardRow> shards)
    {
        var sum = new RunTally();
        foreach (var shard in shards)
        {
            sum.Add(shard.Tally);
        }

        return sum;
    }
}
