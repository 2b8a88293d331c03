using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Imports;

/// <summary>What both forms of order files share: rows are gathered by customer, then by order.</summary>
internal abstract class OrderRules(InstanceSecret secret) : RowRules<OrderRow, CustomerOrders>
{
    public override string GroupOf(OrderRow row) => row.Customer;

    public override string KeyOf(string group) => secret.CustomerKeyOf(group).Value;

    public override int OrdersIn(CustomerOrders item) => item.Orders.Count(o => o.Rows > 0);

    public override ValueTask<ApplyOutcome> ApplyAsync(IImportSink sink, CustomerOrders item) => sink.ApplyOrdersAsync(item);

    public override Gathered<CustomerOrders> Gather(string group, string key, IReadOnlyList<OrderRow> rows)
    {
        var refused = new Dictionary<int, RowRefusal>();
        var skipped = new Dictionary<int, RowRefusal>();
        var noticed = new List<Wording>();
        var made = new List<(ImportedOrder Order, ContactUpdate? Contact)>();
        foreach (var lines in Enumerable.Range(0, rows.Count).GroupBy(i => rows[i].OrderId, StringComparer.Ordinal))
        {
            var places = SkipUnpaid([.. lines], rows, skipped);
            if (places.Count == 0)
            {
                continue;
            }

            var order = OrderLines.Join([.. places.Select(i => rows[i])], out var problem);
            if (order is null)
            {
                places.ForEach(i => refused.Add(i, problem!));
                continue;
            }

            var noSale = NoSale.Of(order);
            if (noSale is { } why)
            {
                places.ForEach(i => skipped.Add(i, new RowRefusal("", order.ExternalId, why)));
            }

            var said = places.Select(i => rows[i].Contact).FirstOrDefault(c => c is not null);
            made.Add((new ImportedOrder(order, noSale is null ? places.Count : 0), said));
            if (OrderLines.Repeats([.. places.Select(i => rows[i])]))
            {
                noticed.Add(new("an order has a line that is repeated word for word; both count", "同一订单有完全相同的行，每一行都计入"));
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
        contact =
            Consent is { } consent && sorted.Find(m => m.Order.Rows > 0).Order is { } first
                ? consent.AddTo(contact, first.Order.OccurredAt, RecordedAt)
                : contact;
        return new Gathered<CustomerOrders>(
            made.Count == 0 ? null : new CustomerOrders(new CustomerKey(key), group, [.. sorted.Select(m => Recorded(m.Order))], contact),
            refused,
            noticed
        )
        {
            Skipped = skipped,
        };
    }

    /// <summary>Takes out the rows that wait for their payment; with them all rows, when no other row speaks for the order.</summary>
    private static List<int> SkipUnpaid(List<int> places, IReadOnlyList<OrderRow> rows, Dictionary<int, RowRefusal> skipped)
    {
        if (!places.Exists(i => rows[i].IsUnpaid))
        {
            return places;
        }

        var isPaid = places.Exists(i => rows[i] is { IsHead: true, IsUnpaid: false });
        foreach (var i in places.Where(i => !isPaid || rows[i].IsUnpaid))
        {
            skipped.Add(i, new RowRefusal("", rows[i].OrderId, NoSale.Unpaid));
        }

        return [.. places.Where(i => !skipped.ContainsKey(i))];
    }

    /// <summary>The moment we learnt of the orders; set once for the run.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>A yes declared for all buyers of the file.</summary>
    public DeclaredConsent? Consent { get; init; }

    private ImportedOrder Recorded(ImportedOrder imported) => imported with { Order = imported.Order with { RecordedAt = RecordedAt } };
}
