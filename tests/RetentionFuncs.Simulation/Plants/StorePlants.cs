using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Plants;

/// <summary>A store that some commits pass through bent.</summary>
internal sealed class BentStore(IRowStore store, Func<PartitionId, IReadOnlyList<RowWrite>, ValueTask<CommitResult>> commit) : IRowStore
{
    public ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000) =>
        store.ReadAsync(partition, range, limit);

    public ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes) => commit(partition, writes);

    public static bool IsClaim(PartitionId partition, IReadOnlyList<RowWrite> writes) =>
        partition.Table == StoreTable.Customers
        && writes.Any(w => w.Key.StartsWith("touch|", StringComparison.Ordinal) && w.Properties?.TextOrNull("state") == "Sending");

    public static IReadOnlyList<RowWrite> Blind(IReadOnlyList<RowWrite> writes) =>
        [.. writes.Select(w => w with { Expect = Expectation.Any })];
}

/// <summary>The claim of the customer's row forgets which version it read.</summary>
internal sealed record ClaimWithoutVersion() : Plant("claim-without-version", Histories.Rule.AcceptedOnce)
{
    public override IRowStore Around(IRowStore store) =>
        new BentStore(store, (p, w) => store.CommitAsync(p, BentStore.IsClaim(p, w) ? BentStore.Blind(w) : w));
}

/// <summary>A claim whose answer was lost is taken for granted instead of read back.</summary>
internal sealed record AssumedClaim() : Plant("assumed-claim", Histories.Rule.ClaimedBeforeCalled)
{
    public override IRowStore Around(IRowStore store) =>
        new BentStore(
            store,
            async (p, w) =>
                await store.CommitAsync(p, w) is var result && result is CommitResult.Unknown && BentStore.IsClaim(p, w)
                    ? new CommitResult.Applied([.. w.Select(_ => new RowVersion("assumed"))])
                    : result
        );
}

/// <summary>The answer of the address's partition is not listened to.</summary>
internal sealed record DeafAddress() : Plant("deaf-address", Histories.Rule.ClaimedBeforeCalled)
{
    public override IRowStore Around(IRowStore store) =>
        new BentStore(
            store,
            async (p, w) =>
                await store.CommitAsync(p, w) is var result && p.Table == StoreTable.Addresses
                    ? new CommitResult.Applied([.. w.Select(_ => new RowVersion("assumed"))])
                    : result
        );
}

/// <summary>The cap slot is written over whatever stands on the address by then: a suppression may be wiped out.</summary>
internal sealed record SlotWithoutVersion() : Plant("slot-without-version", Histories.Rule.CapKept)
{
    public override IRowStore Around(IRowStore store) =>
        new BentStore(store, (p, w) => store.CommitAsync(p, p.Table == StoreTable.Addresses ? BentStore.Blind(w) : w));
}
