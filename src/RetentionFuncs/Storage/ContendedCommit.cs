namespace RetentionFuncs.Storage;

/// <summary>The loop every optimistic writer needs: read, decide, commit; again when somebody else was there first.</summary>
public static class ContendedCommit
{
    /// <summary>How often a conflict is met with a fresh look before the work is given back to its queue; each look is a read and a commit.</summary>
    public const int Tries = 24;

    /// <summary>
    /// Runs <paramref name="attempt"/> until it returns something other than null (null = conflict or lost answer, look again).
    /// Only for work that is idempotent by meaning; the claim has its own rules.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Still contended or unanswered after all tries.</exception>
    public static async ValueTask<T> UntilAppliedAsync<T>(Func<ValueTask<T?>> attempt)
        where T : class
    {
        for (var i = 0; i < Tries; i++)
        {
            if (await attempt() is { } done)
            {
                return done;
            }
        }

        throw new StoreUnavailableException($"Not committed after {Tries} tries; the work will be tried again.");
    }

    /// <summary>Writes rows that may be written again without harm (inserts by meaning, deletions).</summary>
    /// <exception cref="StoreUnavailableException">No confirmed answer after all tries.</exception>
    public static async ValueTask WriteAnyAsync(this IRowStore store, PartitionId partition, params RowWrite[] writes)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (await store.CommitAsync(partition, writes) is CommitResult.Applied)
            {
                return;
            }
        }

        throw new StoreUnavailableException($"{partition} did not confirm a write after {Tries} tries.");
    }

    /// <summary>Puts one row whatever stands there.</summary>
    public static ValueTask PutAnyAsync(this IRowStore store, PartitionId partition, string key, PropertyBag bag) =>
        store.WriteAnyAsync(partition, new RowWrite(key, Expectation.Any, bag));

    /// <summary>Deletes one row whatever stands there.</summary>
    public static ValueTask DeleteAnyAsync(this IRowStore store, PartitionId partition, string key) =>
        store.WriteAnyAsync(partition, new RowWrite(key, Expectation.Any, null));
}
