using RetentionFuncs.Orders;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Customers.Joining;

/// <summary>
/// Parts orders from a customer: they are the new id's, with their days and amounts, and the old one is folded anew without them. All else
/// stays where it is, since nobody has said whose it was. An id that was merged before lives again.
/// </summary>
public sealed class SplitCustomer(IRowStore store, MoveOrders moving, RemoveOrders remove)
{
    private const int PerCommit = 80;

    /// <param name="at">The moment the shop speaks for.</param>
    /// <returns>Orders that moved this time; those already moved are not counted.</returns>
    public async ValueTask<int> RunAsync(
        CustomerKey from,
        CustomerKey into,
        CustomerJoin.Split parted,
        DateTimeOffset at,
        DateTimeOffset now
    )
    {
        await store.DeleteAnyAsync(CustomerPartition.IdOf(from), CustomerForward.AbsorbedPrefix + into.Value);
        await ReviveAsync(into, at);
        var moved = 0;
        foreach (var part in parted.Orders.Distinct(StringComparer.Ordinal).Chunk(PerCommit))
        {
            var found = new List<Order>();
            foreach (var id in part)
            {
                if (await store.ReadRowAsync(CustomerPartition.IdOf(from), OrderRows.RowKey(id)) is { } row)
                {
                    found.Add(OrderRows.Read(row.Properties));
                }
            }

            await moving.CopyAsync(found, into, parted.Into, now);
            await remove.RunAsync(from, [.. found.Select(o => o.ExternalId)], now);
            moved += found.Count;
        }

        return moved;
    }

    private async ValueTask ReviveAsync(CustomerKey into, DateTimeOffset at) =>
        await ContendedCommit.UntilAppliedAsync(async () =>
        {
            var partition = await CustomerPartition.LoadAsync(store, into);
            if (CustomerForward.Of(partition) is not null)
            {
                partition.Delete(CustomerForward.RowKey);
                partition.Put(CustomerForward.PartedRow, new PropertyBag().Set("at", at));
            }

            return await partition.CommitAsync() is CommitResult.Applied ? partition : null;
        });
}
