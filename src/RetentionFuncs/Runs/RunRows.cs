using System.Globalization;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Runs;

public enum RunState
{
    UnderWay,
    Done,

    /// <summary>A shard could not be worked on for too long; what it left is found by the next run.</summary>
    GivenUp,
}

/// <summary>One run of a kind.</summary>
/// <param name="Tally">Of all shards, once it is done.</param>
public sealed record RunRow(RunKind Kind, string Period, RunState State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, RunTally Tally);

/// <summary>How far one shard of a run has come.</summary>
/// <param name="Page">Counts the times the position was kept, from 0.</param>
/// <param name="Seq">Highest number of a message that worked on it or was queued for it.</param>
/// <param name="Holder">Who kept it last: a lost answer is settled by reading this back.</param>
/// <param name="HeardAt">When somebody last worked on it, or null.</param>
/// <param name="QueuedAt">When it was last queued again, or null.</param>
internal sealed record ShardRow(
    string Shard,
    string After,
    int Page,
    int Seq,
    bool Done,
    string? Holder,
    DateTimeOffset? HeardAt,
    DateTimeOffset? QueuedAt,
    RunTally Tally
)
{
    public static ShardRow New(string shard) => new(shard, "", 0, 0, false, null, null, null, new RunTally());

    public PropertyBag ToBag() =>
        new PropertyBag()
            .Set("after", After)
            .Set("page", Page)
            .Set("seq", Seq)
            .Set("done", Done)
            .Set("holder", Holder)
            .Set("heardAt", HeardAt)
            .Set("queuedAt", QueuedAt)
            .Set("tally", Tally.ToJson());

    public static ShardRow Read(string shard, PropertyBag bag) =>
        new(
            shard,
            bag.Text("after"),
            (int)bag.Integer("page"),
            (int)bag.Integer("seq"),
            bag.Flag("done"),
            bag.TextOrNull("holder"),
            bag.InstantOrNull("heardAt"),
            bag.InstantOrNull("queuedAt"),
            RunTally.Read(bag.TextOrNull("tally"))
        );
}

/// <summary>
/// Runs on file: one partition a kind, in it <c>current</c> (the newest period), a row per period, one per shard of a run under way, and
/// what its pages handed in.
/// </summary>
public sealed class RunRows(IRowStore store)
{
    private const string CurrentRow = "current";

    /// <summary>The newest run of a kind, or null before the first.</summary>
    public async ValueTask<RunRow?> CurrentAsync(RunKind kind) =>
        await store.ReadRowAsync(Of(kind), CurrentRow) is { } row ? await FindAsync(kind, row.Properties.Text("period")) : null;

    public async ValueTask<RunRow?> FindAsync(RunKind kind, string period) =>
        await store.ReadRowAsync(Of(kind), period) is { } row ? Read(kind, row) : null;

    /// <summary>Every run of a kind that is still on file, oldest first.</summary>
    public async IAsyncEnumerable<RunRow> ReadAsync(RunKind kind)
    {
        await foreach (var row in store.ReadAllAsync(Of(kind), new RowRange("", CurrentRow)))
        {
            if (!row.Key.Contains('|', StringComparison.Ordinal))
            {
                yield return Read(kind, row);
            }
        }
    }

    /// <summary>Puts a new run on file unless one of that period is there.</summary>
    internal ValueTask<CommitResult> InsertAsync(RunRow run) =>
        store.CommitAsync(
            Of(run.Kind),
            [
                new RowWrite(run.Period, Expectation.Absent, ToBag(run)),
                new RowWrite(CurrentRow, Expectation.Any, new PropertyBag().Set("period", run.Period)),
            ]
        );

    /// <summary>Ends a run; ending it again changes nothing that matters.</summary>
    internal async ValueTask EndAsync(RunRow run)
    {
        await store.PutAnyAsync(Of(run.Kind), run.Period, ToBag(run));
        await ForgetAsync(run.Kind, RowRange.Prefix(run.Period + "|"));
    }

    /// <summary>Drops what is older than that period.</summary>
    internal ValueTask PruneAsync(RunKind kind, string before) => ForgetAsync(kind, new RowRange("", before));

    internal async ValueTask<(ShardRow Row, Expectation Expect)> ShardAsync(RunRow run, string shard)
    {
        var row = await store.ReadRowAsync(Of(run.Kind), KeyOf(run, shard));
        return row is null
            ? (ShardRow.New(shard), Expectation.Absent)
            : (ShardRow.Read(shard, row.Properties), Expectation.At(row.Version));
    }

    /// <summary>Keeps a shard's position and, in the same commit, what its page handed in.</summary>
    internal ValueTask<CommitResult> SaveAsync(RunRow run, ShardRow shard, Expectation expect, string? part)
    {
        var key = KeyOf(run, shard.Shard);
        var write = new RowWrite(key, expect, shard.ToBag());
        return part is null
            ? store.CommitAsync(Of(run.Kind), [write])
            : store.CommitAsync(
                Of(run.Kind),
                [
                    write,
                    new RowWrite(
                        $"{key}|{shard.Page.ToString("000000", CultureInfo.InvariantCulture)}",
                        Expectation.Any,
                        new PropertyBag().SetLong("part", part)
                    ),
                ]
            );
    }

    /// <summary>The shards that have been worked on, and every part in order.</summary>
    internal async ValueTask<(IReadOnlyList<ShardRow> Shards, IReadOnlyList<string> Parts)> GatherAsync(RunRow run)
    {
        var (shards, parts) = (new List<ShardRow>(), new List<string>());
        await foreach (var row in store.ReadAllAsync(Of(run.Kind), RowRange.Prefix(run.Period + "|")))
        {
            var names = row.Key.Split('|');
            if (names.Length == 2)
            {
                shards.Add(ShardRow.Read(names[1], row.Properties));
            }
            else
            {
                parts.Add(row.Properties.LongTextOf("part"));
            }
        }

        return (shards, parts);
    }

    private async ValueTask ForgetAsync(RunKind kind, RowRange range)
    {
        var keys = new List<string>();
        await foreach (var row in store.ReadAllAsync(Of(kind), range))
        {
            keys.Add(row.Key);
        }

        foreach (var chunk in keys.Chunk(RowLimits.CommitRows))
        {
            await store.WriteAnyAsync(Of(kind), [.. chunk.Select(k => new RowWrite(k, Expectation.Any, null))]);
        }
    }

    private static PartitionId Of(RunKind kind) => new(StoreTable.Control, $"runs|{kind}");

    private static string KeyOf(RunRow run, string shard) => $"{run.Period}|{shard}";

    private static PropertyBag ToBag(RunRow run) =>
        new PropertyBag()
            .Set("state", run.State)
            .Set("startedAt", run.StartedAt)
            .Set("endedAt", run.EndedAt)
            .Set("tally", run.Tally.ToJson());

    private static RunRow Read(RunKind kind, StoredRow row) =>
        new(
            kind,
            row.Key,
            row.Properties.Choice<RunState>("state"),
            row.Properties.Instant("startedAt"),
            row.Properties.InstantOrNull("endedAt"),
            RunTally.Read(row.Properties.TextOrNull("tally"))
        );
}
