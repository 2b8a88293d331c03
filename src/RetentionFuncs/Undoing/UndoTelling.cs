using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Undoing;

/// <summary>Makes the account of one customer from the marks, and names what was left.</summary>
internal static class UndoTelling
{
    // Row prefix, kind, and where the shop's id stands in the row.
    private static readonly (string Prefix, string Kind, string Id)[] Kinds =
    [
        (CustomerPartition.OrderPrefix, "order", "orderId"),
        (CustomerPartition.ContactPrefix, "contact", "externalId"),
        (CustomerPartition.ProfileRow, "customer", "externalId"),
        (CustomerPartition.FactPrefix + "experience|", "experience", "eventId"),
        (CustomerPartition.FactPrefix + "stock|", "stock", "sku"),
    ];

    public static async ValueTask<UndoAccount> OfAsync(IRowStore store, CustomerKey key, IReadOnlyList<UndoRow> rows)
    {
        var ends = rows.Select(r => r.End!).ToList();
        var account = new UndoAccount(
            ends.Sum(e => e.Undone),
            ends.Sum(e => e.Changed.Count),
            ends.Sum(e => e.InUse.Count),
            0,
            ends.Sum(e => e.Denials)
        );
        return account.Changed + account.InUse == 0 ? account : account with { Left = await NamedAsync(store, key, ends) };
    }

    private static async ValueTask<IReadOnlyList<LeftRecord>> NamedAsync(IRowStore store, CustomerKey key, List<UndoEnd> ends)
    {
        var place = CustomerPartition.IdOf(key);
        var customer = (await store.ReadRowAsync(place, CustomerPartition.ProfileRow))?.Properties.Text("externalId") ?? "";
        var left = new List<LeftRecord>();
        var rows = ends.SelectMany(e =>
            e.Changed.Select(r => (Row: r, Because: UndoLeft.Changed)).Concat(e.InUse.Select(r => (Row: r, Because: UndoLeft.InUse)))
        );
        foreach (var (row, because) in rows.Take(UndoAccount.MostNamed))
        {
            var (_, kind, id) = Kinds.First(k => row.StartsWith(k.Prefix, StringComparison.Ordinal));
            var name = (await store.ReadRowAsync(place, row))?.Properties.TextOrNull(id) ?? "";
            left.Add(new LeftRecord(kind, name, customer, because));
        }

        return left;
    }
}
