using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Stocks;

/// <summary>Puts on file what a dealer counted. The newest count of a product counts; an older one, or the same again, changes nothing.</summary>
public sealed class RecordStock(IRowStore store, InstanceSecret secret)
{
    private const int PerCommit = 45;
    private readonly CustomerIndex _index = new(store);

    private sealed record Answer(int Changed);

    /// <param name="counts">By day, the oldest first.</param>
    /// <param name="trail">The import that tells of it, so that it can be undone; null: nothing is kept.</param>
    /// <returns>How many counts said something new.</returns>
    public async ValueTask<int> RunAsync(string customerId, IReadOnlyList<StockCount> counts, UndoTrail? trail = null)
    {
        var changed = 0;
        foreach (var part in counts.Chunk(PerCommit))
        {
            changed += (await ContendedCommit.UntilAppliedAsync(() => TryAsync(customerId, part, trail))).Changed;
        }

        return changed;
    }

    private async ValueTask<Answer?> TryAsync(string customerId, StockCount[] counts, UndoTrail? trail)
    {
        var key = secret.CustomerKeyOf(customerId);
        var partition = await CustomerPartition.LoadAsync(store, key);
        var before = await ReadAllAsync(store, key);
        var after = new Dictionary<string, StockCount>(before.ToDictionary(b => b.Key, b => b.Value.Count), StringComparer.Ordinal);
        var changed = 0;
        foreach (var told in counts)
        {
            var row = StockRows.RowKey(told.Sku);
            var known = after.GetValueOrDefault(row);
            var count = told with
            {
                Since =
                    told.Since
                    ?? (
                        known?.On < told.On ? known.On
                        : known?.On == told.On ? known.Since
                        : null
                    ),
            };
            if (known is null || (known.On <= count.On && known != count))
            {
                after[row] = count;
                changed++;
            }
        }

        if (changed == 0)
        {
            return new Answer(0);
        }

        var notes = UndoNotes.For(trail);
        if (partition.Profile() is null)
        {
            await _index.AddAsync(key);
            partition.PutProfile(new Customer(key, customerId, CustomerKind.Account, null));
            notes?.Note(partition, CustomerPartition.ProfileRow, null);
        }

        foreach (var (row, count) in after.Where(a => before.GetValueOrDefault(a.Key)?.Count != a.Value))
        {
            var bag = StockRows.ToBag(count);
            partition.PutFact(row, bag);
            notes?.Note(row, before.GetValueOrDefault(row)?.Bag, bag);
        }

        partition.PutStock(StockStanding.Of(after.Values));
        notes?.PutTo(partition);
        return await partition.CommitAsync() is CommitResult.Applied ? new Answer(changed) : null;
    }

    internal sealed record OnFile(StockCount Count, PropertyBag Bag);

    /// <summary>The newest count of each product, by row.</summary>
    internal static async ValueTask<Dictionary<string, OnFile>> ReadAllAsync(IRowStore store, CustomerKey key)
    {
        var counts = new Dictionary<string, OnFile>(StringComparer.Ordinal);
        await foreach (var row in store.ReadAllAsync(CustomerPartition.IdOf(key), RowRange.Prefix(StockRows.Prefix)))
        {
            counts[row.Key] = new OnFile(StockRows.Read(row.Properties), row.Properties);
        }

        return counts;
    }
}
