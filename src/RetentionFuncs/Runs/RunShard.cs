using RetentionFuncs.Identity;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;

namespace RetentionFuncs.Runs;

/// <summary>
/// Works on one shard of a run for as long as a message may, keeps the position after each page, and asks to be called again while there
/// is more. Whoever finds all shards done closes the run; closing twice is closing once. Two copies of a message do no harm: the one
/// that keeps a page first goes on, the other stops.
/// </summary>
public sealed class RunShard(
    IRowStore store,
    IReadOnlyDictionary<RunKind, IShardStep> steps,
    RunOptions options,
    IIdSource ids,
    TimeProvider clock
) : IQueueHandler
{
    private readonly RunRows _rows = new(store);

    public async ValueTask<HandlerAnswer> HandleAsync(QueueMessage message)
    {
        if (!RunRef.TryParse(message.Ref, out var reference) || !steps.TryGetValue(reference.Kind, out var step))
        {
            return new HandlerAnswer.Park($"'{message.Ref}' is not a shard of a run that this program does");
        }

        if (await _rows.FindAsync(reference.Kind, reference.Period) is not { } run)
        {
            return new HandlerAnswer.Park($"no run {reference.Kind} {reference.Period} is on file");
        }

        if (run.State != RunState.UnderWay)
        {
            return HandlerAnswer.Finished;
        }

        var (row, expect) = await _rows.ShardAsync(run, reference.Shard);
        if (!row.Done)
        {
            var holding = new HeldShard(_rows, run, row with { Seq = Math.Max(row.Seq, message.Seq) }, expect, ids.NewId(), clock);
            if (await WorkAsync(step, run, holding) is { } unfinished)
            {
                return unfinished;
            }
        }

        await CloseIfLastAsync(step, run);
        return HandlerAnswer.Finished;
    }

    /// <returns>Null when the shard is done.</returns>
    private async ValueTask<HandlerAnswer?> WorkAsync(IShardStep step, RunRow run, HeldShard holding)
    {
        using var box = new TimeBox(clock, options);
        var turn = new ShardTurn(holding.Row.Shard, holding.Row.After, run.StartedAt, holding.Row.Tally)
        {
            Stopping = box.Token,
            Save = t => holding.SaveAsync(t, done: false),
            Each = box.Look,
        };
        var done = await step.RunAsync(turn);
        return holding.IsTaken ? HandlerAnswer.Finished
            : !done ? new HandlerAnswer.RetryAt(clock.GetUtcNow())
            : await holding.SaveAsync(turn, done: true) ? null
            : HandlerAnswer.Finished;
    }

    private async ValueTask CloseIfLastAsync(IShardStep step, RunRow run)
    {
        var (shards, parts) = await _rows.GatherAsync(run);
        if (shards.Count(s => s.Done) < Shards.Count)
        {
            return;
        }

        // Who closed it first may have begun to tidy up while this was read: then it says Done by now.
        if (await _rows.FindAsync(run.Kind, run.Period) is not { State: RunState.UnderWay })
        {
            return;
        }

        var tally = new RunTally();
        foreach (var shard in shards)
        {
            tally.Add(shard.Tally);
        }

        await step.CloseAsync(new FinishedRun(run.StartedAt, tally, parts));
        await _rows.EndAsync(run with { State = RunState.Done, EndedAt = clock.GetUtcNow(), Tally = tally });
        ProductMeter.RunFinished(run.Kind.ToString());
    }
}

/// <summary>A shard that this message works on, as it stands on file.</summary>
internal sealed class HeldShard(RunRows rows, RunRow run, ShardRow row, Expectation expect, string holder, TimeProvider clock)
{
    private Expectation _expect = expect;

    public ShardRow Row { get; private set; } = row;

    /// <summary>Somebody else kept a page of it: this copy is one too many.</summary>
    public bool IsTaken { get; private set; }

    /// <returns>False when somebody else goes on with it.</returns>
    public async ValueTask<bool> SaveAsync(ShardTurn turn, bool done)
    {
        var part = turn.Part?.Invoke();
        var next = Row with { After = turn.After, Page = Row.Page + 1, Done = done, Holder = holder, HeardAt = clock.GetUtcNow() };
        for (var i = 0; i < ContendedCommit.Tries; i++)
        {
            if (await rows.SaveAsync(run, next, _expect, part) is CommitResult.Applied applied)
            {
                return Keep(next, Expectation.At(applied.Versions[0]));
            }

            var (there, version) = await rows.ShardAsync(run, next.Shard);
            if (there.Holder == holder && there.Page == next.Page)
            {
                return Keep(next, version);
            }

            if (version != _expect)
            {
                IsTaken = true;
                return false;
            }
        }

        throw new StoreUnavailableException($"The position in shard {next.Shard} of {run.Kind} was not kept; it will be tried again.");
    }

    private bool Keep(ShardRow next, Expectation version)
    {
        (Row, _expect) = (next, version);
        return true;
    }
}

/// <summary>Says stop when the time is up or the host goes down; looked at between items, by the clock that is given.</summary>
internal sealed class TimeBox : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _length;
    private readonly DateTimeOffset _began;
    private readonly CancellationTokenSource _stop;

    public TimeBox(TimeProvider clock, RunOptions options)
    {
        (_clock, _length, _began) = (clock, options.TimeBox, clock.GetUtcNow());
        _stop = CancellationTokenSource.CreateLinkedTokenSource(options.Stopping);
    }

    public CancellationToken Token => _stop.Token;

    public void Dispose() => _stop.Dispose();

    /// <summary>A clock that was set back ends the box too: how long it has been is then not known.</summary>
    public void Look()
    {
        var now = _clock.GetUtcNow();
        if (now < _began || now - _began >= _length)
        {
            _stop.Cancel();
        }
    }
}
