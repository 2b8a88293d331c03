using RetentionFuncs.Storage;

namespace RetentionFuncs.Keeping;

/// <summary>Takes rows away in commits of at most a hundred.</summary>
internal static class RowErasing
{
    /// <summary>Deletes every row whose key begins so; an empty prefix means the whole partition.</summary>
    /// <returns>How many there were.</returns>
    public static ValueTask<int> EraseRowsAsync(this IRowStore store, PartitionId partition, string prefix = "") =>
        store.EraseRowsAsync(partition, prefix.Length == 0 ? RowRange.All : RowRange.Prefix(prefix), _ => true);

    /// <summary>Deletes every row of the range for which the condition holds.</summary>
    public static async ValueTask<int> EraseRowsAsync(
        this IRowStore store,
        PartitionId partition,
        RowRange range,
        Func<StoredRow, bool> isTheirs
    )
    {
        var found = new List<string>();
        await foreach (var row in store.ReadAllAsync(partition, range))
        {
            if (isTheirs(row))
            {
                found.Add(row.Key);
            }
        }

        foreach (var part in found.Chunk(RowLimits.CommitRows))
        {
            await store.WriteAnyAsync(partition, [.. part.Select(k => new RowWrite(k, Expectation.Any, null))]);
        }

        return found.Count;
    }

    /// <summary>The texts of a row.</summary>
    public static IEnumerable<string> Texts(this PropertyBag bag) => bag.Entries.Select(e => e.Value).OfType<string>();
}
