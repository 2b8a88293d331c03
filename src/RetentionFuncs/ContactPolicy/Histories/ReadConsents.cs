using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;

namespace RetentionFuncs.ContactPolicy.Histories;

/// <summary>A customer's consent history and whether it is still as it was written.</summary>
/// <param name="Entries">Oldest first; those whose payload was dropped by an erasure are left out.</param>
/// <param name="Count">Rows of the chain, those without payload included.</param>
/// <param name="BrokenAt">The first number at which the chain does not hold, or null when it is whole.</param>
public sealed record ConsentHistory(IReadOnlyList<ConsentEntry> Entries, int Count, int? BrokenAt)
{
    public bool IsWhole => BrokenAt is null;
}

/// <summary>
/// Reads and verifies consent histories. A row that was changed, taken out, put in or moved breaks the chain there; rows taken off its end
/// are missed by the state row. Only who has the instance's secret can tell, and only they could forge.
/// </summary>
public sealed class ReadConsents(IRowStore store, InstanceSecret secret)
{
    public async ValueTask<ConsentHistory> RunAsync(CustomerKey customer)
    {
        var partition = CustomerPartition.IdOf(customer);
        var state = (await store.ReadRowAsync(partition, CustomerPartition.ConsentsRow))?.Properties;
        var rows = new List<PropertyBag>();
        var range = new RowRange(CustomerPartition.ConsentPrefix, CustomerPartition.ConsentPrefix + "~");
        await foreach (var row in store.ReadAllAsync(partition, range))
        {
            rows.Add(row.Properties);
        }

        return new ConsentHistory([.. rows.Where(ConsentRows.HasPayload).Select(ConsentRows.Read)], rows.Count, BrokenAt(rows, state));
    }

    private int? BrokenAt(IReadOnlyList<PropertyBag> rows, PropertyBag? state)
    {
        var before = ConsentRows.Beginning;
        for (var i = 0; i < rows.Count; i++)
        {
            if (!Holds(rows[i], i + 1, before, state?.TextOrNull("salt")))
            {
                return i + 1;
            }

            before = rows[i].Text("seal");
        }

        var isEnd = (state?.IntegerOr("count", 0) ?? 0) == rows.Count && (state?.TextOrNull("head") ?? ConsentRows.Beginning) == before;
        return isEnd ? null : rows.Count + 1;
    }

    /// <summary>A payload without the salt it was hashed with proves nothing, and a salt without payload is what an erasure forgot.</summary>
    private bool Holds(PropertyBag row, int number, string before, string? salt) =>
        row.IntegerOr("number", 0) == number
        && row.TextOrNull("before") == before
        && row.TextOrNull("payload") is { } payload
        && row.TextOrNull("seal") == ConsentRows.Seal(secret, before, number, payload)
        && (!ConsentRows.HasPayload(row) || (salt is not null && ConsentRows.PayloadHash(row, salt) == payload));
}
