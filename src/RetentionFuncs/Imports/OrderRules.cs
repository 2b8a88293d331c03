using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Imports;

/// <summary>What both forms of order files share: rows are gathered by customer, then by order.</summary>
internal abstract class OrderRules(InstanceSecret secret) : RowRules<OrderRow, CustomerOrders>
{
    public override string GroupOf(OrderRow row) => row.Customer;

    public override string KeyOf(string group) => secret.CustomerKeyOf(group).Value;

    public override int OrdersIn(CustomerOrders item) => item.Orders.Count;

    public override ValueTask<ApplyOutcome> ApplyAsync(IImportSink sink, CustomerOrders item) => sink.ApplyOrdersAsync(item);

    public override Gathered<CustomerOrders> Gather(string group, string key, IReadOnlyList<OrderRow> rows)
    {
        var refused = new Dictionary<int, RowRefusal>();
        var noticed = new List<Wording>();
        var made = new List<(ImportedOrder Order, ContactUpdate? Contact)>();
        foreach (var lines in Enumerable.Range(0, rows.Count).GroupBy(i => rows[i].OrderId, StringComparer.Ordinal))
        {
            var places = lines.ToList();
            var order = OrderLines.Join([.. places.Select(i => rows[i])], out var problem);
            if (order is null)
            {
                places.ForEach(i => refused.Add(i, problem!));
                continue;
            }

            made.Add((new ImportedOrder(order, places.Count), places.Select(i => rows[i].Contact).FirstOrDefault(c => c is not null)));
            if (OrderLines.Repeats([.. places.Select(i => rows[i])]))
            {
                noticed.Add(
                    new("orders with a line that is repeated word for word; both lines count", "个订单有完全相同的行；每一行都计入")
                );
            }
        }

        var sorted = made.OrderBy(m => m.Order.Order.OccurredAt).ThenBy(m => m.Order.Order.ExternalId, StringComparer.Ordinal).ToList();
        var contact = sorted
            .Select(m => m.Contact)
            .Aggregate(
                (ContactUpdate?)null,
                (older, newer) =>
                    newer is null ? older
                    : older is null ? newer
                    : newer.Over(older)
            );
        return new Gathered<CustomerOrders>(
            made.Count == 0 ? null : new CustomerOrders(new CustomerKey(key), group, [.. sorted.Select(m => Recorded(m.Order))], contact),
            refused,
            noticed
        );
    }

    /// <summary>The moment we learnt of the orders; set once for the run.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    private ImportedOrder Recorded(ImportedOrder imported) => imported with { Order = imported.Order with { RecordedAt = RecordedAt } };
}
