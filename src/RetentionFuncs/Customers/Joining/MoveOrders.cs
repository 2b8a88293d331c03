using RetentionFuncs.Orders;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Customers.Joining;

/// <summary>Moves orders from one customer to another; each is on file there before it goes here.</summary>
public sealed class MoveOrders(IRowStore store, RecordOrders orders)
{
    private const int PerCommit = 80;

    /// <summary>All of them. An order that both have stays as it was told later.</summary>
    /// <param name="intoId">An external id that leads to <paramref name="into"/>.</param>
    /// <returns>How many moved.</returns>
    public async ValueTask<int> RunAsync(CustomerKey from, CustomerKey into, string intoId, DateTimeOffset now)
    {
        var all = new List<Order>();
        await foreach (var order in RecordOrders.ReadAllAsync(store, from))
        {
            all.Add(order);
        }

        foreach (var part in all.Chunk(PerCommit))
        {
            await CopyAsync(part, into, intoId, now);
            var gone = part.Select(o => new RowWrite(OrderRows.RowKey(o.ExternalId), Expectation.Any, null));
            await store.WriteAnyAsync(CustomerPartition.IdOf(from), [.. gone]);
        }

        return all.Count;
    }

    /// <summary>Puts them on file there, unless it knows them by a later word or has them from a file already.</summary>
    public async ValueTask CopyAsync(IEnumerable<Order> some, CustomerKey into, string intoId, DateTimeOffset now)
    {
        var news = new List<Order>();
        foreach (var order in some)
        {
            var row = await store.ReadRowAsync(CustomerPartition.IdOf(into), OrderRows.RowKey(order.ExternalId));
            if (row is null || order.ToldAt > (row.Properties.InstantOrNull("toldAt") ?? DateTimeOffset.MinValue))
            {
                news.Add(order);
            }
        }

        if (news.Count > 0)
        {
            await orders.RunAsync(intoId, news, now);
        }
    }
}
