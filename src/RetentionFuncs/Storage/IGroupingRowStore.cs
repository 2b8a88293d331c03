namespace RetentionFuncs.Storage;

/// <summary>
/// A store that lets independent commits share one flush to the disk. It is told which commits claim a touchpoint, because a crash
/// leaves every claim of the group it interrupts in doubt: at most eight claims share a flush.
/// </summary>
public interface IGroupingRowStore : IRowStore
{
    /// <summary>As <see cref="IRowStore.CommitAsync"/>, for the commit that turns a touchpoint from Planned into Sending.</summary>
    ValueTask<CommitResult> CommitClaimAsync(PartitionId partition, IReadOnlyList<RowWrite> writes);
}

/// <summary>Lets the verb that claims say so to any store.</summary>
public static class ClaimCommits
{
    /// <summary>Commits a claim; a store that groups nothing commits it like anything else.</summary>
    public static ValueTask<CommitResult> CommitClaimAsync(this IRowStore store, PartitionId partition, IReadOnlyList<RowWrite> writes) =>
        store is IGroupingRowStore grouping ? grouping.CommitClaimAsync(partition, writes) : store.CommitAsync(partition, writes);
}
