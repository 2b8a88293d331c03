namespace RetentionFuncs.Storage;

/// <summary>The loops over pages that every reader would otherwise write.</summary>
public static class RowStoreReading
{
    public static async IAsyncEnumerable<StoredRow> ReadAllAsync(this IRowStore store, PartitionId partition, RowRange range)
    {
        for (RowRange? next = range; next is { } current; )
        {
            var page = await store.ReadAsync(partition, current);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            next = page.Rest;
        }
    }

    /// <summary>Point read: the row, or null when it does not exist.</summary>
    public static async ValueTask<StoredRow?> ReadRowAsync(this IRowStore store, PartitionId partition, string key)
    {
        for (RowRange? next = RowRange.Single(key); next is { } current; )
        {
            var page = await store.ReadAsync(partition, current, 1);
            if (page.Rows.Count > 0)
            {
                return page.Rows[0];
            }

            next = page.Rest;
        }

        return null;
    }
}
