using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Plants;

/// <summary>A store that some commits pass through bent.</summary>
internal sealed class BentStore(IRowStore store, Func<PartitionId, IReadOnlyList<RowWrite>, ValueTask<CommitResult>> commit) : IRowStore
{
    public ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000) =>
        store.ReadAsync(partition, range, limit);

    public ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes) => commit(partition, writes);

    public static bool IsClaim(PartitionId partition, IReadOnlyList<RowWrite> writes) => Writes(partition, writes, "Sending");

    public static bool Writes(PartitionId partition, IReadOnlyList<RowWrite> writes, string state) =>
        partition.Table == StoreTable.Customers && writes.Any(w => IsTouch(w.Key) && w.Properties?.TextOrNull("state") == state);

    public static bool IsTouch(string key) => key.StartsWith("touch|", StringComparison.Ordinal);

    public static IReadOnlyList<RowWrite> Blind(IReadOnlyList<RowWrite> writes) =>
        [.. writes.Select(w => w with { Expect = Expectation.Any })];

    public static CommitResult Pretended(IReadOnlyList<RowWrite> writes) =>
        new CommitResult.Applied([.. writes.Select(_ => new RowVersion("pretended"))]);
}

/// <summary>Some writes are changed, left out or, when null comes back, not made at all; the caller is told that all was done.</summary>
internal sealed record BentWrites(
    string Name,
    Rule Breaks,
    string What,
    Func<PlantSite, PartitionId, IReadOnlyList<RowWrite>, IReadOnlyList<RowWrite>?> Bend
) : Plant(Name, Breaks, What)
{
    public override IRowStore Around(IRowStore store, PlantSite site) =>
        new BentStore(
            store,
            async (partition, writes) =>
            {
                var bent = Bend(site, partition, writes);
                if (ReferenceEquals(bent, writes))
                {
                    return await store.CommitAsync(partition, writes);
                }

                if (bent is null || bent.Count == 0)
                {
                    return BentStore.Pretended(writes);
                }

                return await store.CommitAsync(partition, bent) is var result && result is CommitResult.Applied applied
                    ? new CommitResult.Applied([.. writes.Select(w => VersionOf(w, bent, applied))])
                    : result;
            }
        );

    private static RowVersion VersionOf(RowWrite write, IReadOnlyList<RowWrite> bent, CommitResult.Applied applied)
    {
        var at = bent.Select(b => b.Key).ToList().IndexOf(write.Key);
        return at < 0 ? new RowVersion("pretended") : applied.Versions[at];
    }
}

/// <summary>Some answers to commits are heard wrong.</summary>
internal sealed record BentAnswers(
    string Name,
    Rule Breaks,
    string What,
    Func<PartitionId, IReadOnlyList<RowWrite>, CommitResult, CommitResult> Bend
) : Plant(Name, Breaks, What)
{
    public override IRowStore Around(IRowStore store, PlantSite site) =>
        new BentStore(store, async (p, w) => Bend(p, w, await store.CommitAsync(p, w)));
}

/// <summary>Some rows are read other than they are; what is written back is put right again, so that only the reader is fooled.</summary>
internal sealed record BentReads(
    string Name,
    Rule Breaks,
    string What,
    Func<PlantSite, PartitionId, StoredRow, PropertyBag?> Bend,
    Func<PartitionId, RowWrite, RowWrite?>? Restore = null
) : Plant(Name, Breaks, What)
{
    public override IRowStore Around(IRowStore store, PlantSite site) => new Bent(store, site, this);

    private sealed class Bent(IRowStore store, PlantSite site, BentReads plant) : IRowStore
    {
        public async ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000)
        {
            var page = await store.ReadAsync(partition, range, limit);
            return page with
            {
                Rows =
                [
                    .. page
                        .Rows.Select(r => plant.Bend(site, partition, r) is { } bag ? r with { Properties = bag } : null)
                        .OfType<StoredRow>(),
                ],
            };
        }

        public async ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes)
        {
            if (plant.Restore is not { } restore || !site.Sends)
            {
                return await store.CommitAsync(partition, writes);
            }

            RowWrite?[] restored = [.. writes.Select(w => restore(partition, w))];
            var result = await store.CommitAsync(partition, [.. restored.OfType<RowWrite>()]);
            if (result is not CommitResult.Applied applied)
            {
                return result;
            }

            var versions = new Queue<RowVersion>(applied.Versions);
            return new CommitResult.Applied([.. restored.Select(w => w is null ? new RowVersion("left out") : versions.Dequeue())]);
        }
    }
}
