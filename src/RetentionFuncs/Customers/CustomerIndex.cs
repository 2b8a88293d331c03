using RetentionFuncs.Storage;

namespace RetentionFuncs.Customers;

/// <summary>Who exists, by shard, for the few full passes (launch, rule change, refit, score, report).</summary>
public sealed class CustomerIndex(IRowStore store)
{
    /// <summary>Written before a customer's first row, so that a crash leaves a spare name and never a hidden customer.</summary>
    public ValueTask AddAsync(CustomerKey key) => store.PutAnyAsync(Of(Shards.Of(key)), key.Value, new PropertyBag());

    /// <summary>Removed after a customer's last row, so that a crash leaves a spare name.</summary>
    public ValueTask RemoveAsync(CustomerKey key) => store.DeleteAnyAsync(Of(Shards.Of(key)), key.Value);

    /// <summary>The customers of one shard in key order, from <paramref name="after"/> (excluded) on.</summary>
    public async IAsyncEnumerable<CustomerKey> ReadAsync(string shard, string after = "")
    {
        var from = after.Length == 0 ? "" : after + "\u0001";
        await foreach (var row in store.ReadAllAsync(Of(shard), new RowRange(from, null)))
        {
            yield return new CustomerKey(row.Key);
        }
    }

    public async IAsyncEnumerable<CustomerKey> ReadAllAsync()
    {
        foreach (var shard in Shards.All)
        {
            await foreach (var key in ReadAsync(shard))
            {
                yield return key;
            }
        }
    }

    private static PartitionId Of(string shard) => new(StoreTable.CustomerIndex, shard);
}
