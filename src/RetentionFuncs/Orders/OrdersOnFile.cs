using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Orders;

/// <param name="News">Orders not on file so, the newer versions of known ones included.</param>
/// <param name="Before">The rows of those replaced, as they stood, by row key.</param>
internal sealed record OrderChange(IReadOnlyList<Order> News, IReadOnlyDictionary<string, PropertyBag> Before)
{
    public int Replaced => Before.Count;
}

/// <summary>Which of some orders are news to a customer's partition.</summary>
internal static class OrdersOnFile
{
    private readonly record struct OnFile(PropertyBag Row)
    {
        public string Content => Row.Text("content");

        public DateTimeOffset? ToldAt => Row.InstantOrNull("toldAt");
    }

    public static async ValueTask<OrderChange> CompareAsync(IRowStore store, CustomerPartition partition, Order[] orders)
    {
        // Without a summary there is no order on file, which spares a first import all these reads.
        if (partition.Find(CustomerPartition.SummaryRow) is null)
        {
            return new OrderChange(orders, new Dictionary<string, PropertyBag>());
        }

        var known = await KnownAsync(store, partition.Key, orders);
        var news = new List<Order>();
        var before = new Dictionary<string, PropertyBag>(StringComparer.Ordinal);
        foreach (var order in orders)
        {
            if (!known.TryGetValue(OrderRows.RowKey(order.ExternalId), out var onFile))
            {
                news.Add(order);
            }
            else if (onFile.Content != OrderRows.ContentOf(order) && !(order.ToldAt < onFile.ToldAt))
            {
                news.Add(order with { ToldAt = order.ToldAt ?? onFile.ToldAt });
                before[OrderRows.RowKey(order.ExternalId)] = onFile.Row;
            }
        }

        return new OrderChange(news, before);
    }

    /// <summary>What is on file by row key: by point reads for a few orders, by one range for many.</summary>
    private static async ValueTask<Dictionary<string, OnFile>> KnownAsync(IRowStore store, CustomerKey key, Order[] orders)
    {
        var known = new Dictionary<string, OnFile>(StringComparer.Ordinal);
        var partition = CustomerPartition.IdOf(key);
        if (orders.Length > 3)
        {
            await foreach (var row in store.ReadAllAsync(partition, RowRange.Prefix(CustomerPartition.OrderPrefix)))
            {
                known[row.Key] = new OnFile(row.Properties);
            }

            return known;
        }

        foreach (var rowKey in orders.Select(o => OrderRows.RowKey(o.ExternalId)))
        {
            if (await store.ReadRowAsync(partition, rowKey) is { } row)
            {
                known[rowKey] = new OnFile(row.Properties);
            }
        }

        return known;
    }
}
