using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Ports;

/// <summary>
/// The third store: in memory and linearizable, with the key order, limits and refusals of the two real ones. Every row is copied
/// in and frozen. It counts its work per table, so that a test can say what a verb costs.
/// </summary>
public sealed class SimRowStore : IRowStore
{
    private static readonly string[] ReadCalls = [.. Enum.GetNames<StoreTable>().Select(t => "store.read " + t)];
    private static readonly string[] CommitCalls = [.. Enum.GetNames<StoreTable>().Select(t => "store.commit " + t)];

    private readonly PortCalls _calls;
    private readonly Dictionary<PartitionId, SimPartition> _partitions = [];
    private readonly Dictionary<StoreTable, StoreWork> _work = Enum.GetValues<StoreTable>().ToDictionary(t => t, _ => new StoreWork());
    private long _versions;

    public SimRowStore(PortCalls calls) => _calls = calls;

    /// <summary>Most rows a page may hold; small values exercise the loops over pages.</summary>
    public int MaxPageRows { get; set; } = 1000;

    /// <summary>What a commit is about, for the name of its crash point; the table alone by default.</summary>
    public Func<PartitionId, IReadOnlyList<RowWrite>, string>? Describe { get; set; }

    /// <summary>Called after each applied commit with the partition and its writes: the history that a checker reads.</summary>
    public Action<PartitionId, IReadOnlyList<RowWrite>>? Committed { get; set; }

    /// <summary>A store without faults, delays or scheduler: every call is complete when it returns.</summary>
    public static SimRowStore Quiet() => new(PortCalls.Quiet);

    /// <summary>Work done on one table since the start or the last <see cref="ResetWork"/>.</summary>
    public StoreWork WorkOn(StoreTable table) => _work[table];

    /// <summary>Work done on all tables.</summary>
    public StoreWork Work => StoreWork.Sum(_work.Values);

    public void ResetWork()
    {
        foreach (var work in _work.Values)
        {
            work.Reset();
        }
    }

    /// <summary>Every row of a table in the order of partition and key, uncounted: for assertions.</summary>
    public IEnumerable<(PartitionId Partition, StoredRow Row)> Everything(StoreTable table) =>
        from partition in _partitions
        where partition.Key.Table == table
        orderby partition.Key.Key, StringComparer.Ordinal
        from row in partition.Value.Rows
        select (partition.Key, row);

    public ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, RowLimits.PageRows);
        RowLimits.CheckKey(partition.Key, "partition key");
        return _calls.Disturbs
            ? _calls.CallAsync(
                ReadCalls[(int)partition.Table],
                new CallSubject(partition.Key, range.From),
                PortFaults.OfReads,
                () => Read(partition, range, limit),
                () => throw NotAnswered(),
                NotAnswered
            )
            : new ValueTask<RowPage>(Read(partition, range, limit));
    }

    public ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        RowLimits.Check(partition, writes);
        var own = new RowWrite[writes.Count];
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = writes[i] with { Properties = writes[i].Properties?.Frozen() };
        }

        return _calls.Disturbs
            ? _calls.CallAsync(
                CommitCalls[(int)partition.Table] + Describe?.Invoke(partition, own),
                new CallSubject(partition.Key, own[0].Key),
                PortFaults.OfWrites,
                () => Commit(partition, own),
                () => new CommitResult.Unknown("the answer was lost"),
                NotAnswered
            )
            : new ValueTask<CommitResult>(Commit(partition, own));
    }

    /// <summary>A copy of everything as it stands, uncounted.</summary>
    public SavedRows Save() => new(_partitions.ToDictionary(p => p.Key, p => p.Value.Copy()));

    /// <summary>Back to a copy; versions go on counting, so that no writer of before finds the one it expects.</summary>
    public void PutBack(SavedRows saved)
    {
        _partitions.Clear();
        foreach (var (id, partition) in saved.Partitions)
        {
            _partitions[id] = partition.Copy();
        }
    }

    private static StoreUnavailableException NotAnswered() => new("The simulated store did not answer.");

    private RowPage Read(PartitionId id, RowRange range, int limit)
    {
        var page = _partitions.TryGetValue(id, out var partition)
            ? partition.Page(range, Math.Min(limit, MaxPageRows))
            : new RowPage([], null);
        _work[id.Table].Reads++;
        _work[id.Table].RowsRead += page.Rows.Count;
        return page;
    }

    private CommitResult Commit(PartitionId id, RowWrite[] writes)
    {
        var partition = _partitions.TryGetValue(id, out var known) ? known : new SimPartition();
        var work = _work[id.Table];
        work.Commits++;
        if (Array.Find(writes, w => !partition.Meets(w)) is { } unmet)
        {
            work.Conflicts++;
            return new CommitResult.Conflict(unmet.Key);
        }

        _partitions[id] = partition;
        work.RowsWritten += writes.Length;
        var versions = Array.ConvertAll(writes, w => partition.Apply(w, () => new RowVersion($"v{++_versions}")));
        Committed?.Invoke(id, writes);
        return new CommitResult.Applied(versions);
    }
}

/// <summary>What a store held at one moment.</summary>
public sealed class SavedRows
{
    internal SavedRows(IReadOnlyDictionary<PartitionId, SimPartition> partitions) => Partitions = partitions;

    internal IReadOnlyDictionary<PartitionId, SimPartition> Partitions { get; }
}
