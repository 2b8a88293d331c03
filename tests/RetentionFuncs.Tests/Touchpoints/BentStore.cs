using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.Touchpoints;

/// <summary>How a commit goes wrong.</summary>
internal enum Bend
{
    None,

    /// <summary>Applied, and nobody hears of it.</summary>
    AppliedUnheard,

    /// <summary>Not applied, and nobody knows.</summary>
    LostUnheard,

    /// <summary>Refused: the store is away.</summary>
    Away,

    Conflict,
}

/// <summary>A store whose commits go wrong as a test says; it counts them by table.</summary>
internal sealed class BentStore(IRowStore inner) : IRowStore
{
    public Func<StoreTable, int, Bend> Bends { get; set; } = (_, _) => Bend.None;

    /// <summary>Comes to pass before a commit to that table.</summary>
    public Action<StoreTable>? Before { get; set; }

    public Dictionary<StoreTable, int> Commits { get; } = [];

    public ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000) =>
        inner.ReadAsync(partition, range, limit);

    public async ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        Before?.Invoke(partition.Table);
        var number = Commits[partition.Table] = Commits.GetValueOrDefault(partition.Table) + 1;
        switch (Bends(partition.Table, number))
        {
            case Bend.AppliedUnheard:
                await inner.CommitAsync(partition, writes);
                return new CommitResult.Unknown("unheard");
            case Bend.LostUnheard:
                return new CommitResult.Unknown("unheard");
            case Bend.Away:
                throw new StoreUnavailableException("away");
            case Bend.Conflict:
                return new CommitResult.Conflict(writes[0].Key);
            default:
                return await inner.CommitAsync(partition, writes);
        }
    }
}
