using RetentionFuncs.Customers;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Imports;

/// <summary>
/// Takes what an import has understood. Each call is for another customer (or product), up to 256 calls are under way at once, and
/// every call must do no harm when it comes again: after a crash the whole file is applied once more.
/// </summary>
public interface IImportSink
{
    ValueTask<ApplyOutcome> ApplyOrdersAsync(CustomerOrders orders);

    ValueTask<ApplyOutcome> ApplyCustomerAsync(CustomerRow customer);

    ValueTask<ApplyOutcome> ApplyProductAsync(ProductRow product);
}

/// <param name="UnchangedRows">How many of the item's rows told nothing new.</param>
/// <param name="RefusedBecause">Set when nothing of the item was applied, e.g. because the customer was erased: all its rows are refused.</param>
public sealed record ApplyOutcome(int UnchangedRows, Wording? RefusedBecause = null);

/// <summary>All orders that one file has for one customer, by their moment.</summary>
/// <param name="Contact">What the order rows say about the person, or null.</param>
public sealed record CustomerOrders(CustomerKey Key, string ExternalId, IReadOnlyList<ImportedOrder> Orders, ContactUpdate? Contact);

/// <param name="Rows">How many rows of the file made the order.</param>
public sealed record ImportedOrder(Order Order, int Rows);

/// <summary>What an order file says about the primary contact; null fields say nothing.</summary>
public sealed record ContactUpdate(EmailAddress? Email, string? Name, string? Phone, string? Country, string? Locale, Consent? EmailConsent)
{
    /// <summary>This one, with the gaps filled from an older one.</summary>
    public ContactUpdate Over(ContactUpdate older) =>
        new(
            Email ?? older.Email,
            Name ?? older.Name,
            Phone ?? older.Phone,
            Country ?? older.Country,
            Locale ?? older.Locale,
            EmailConsent ?? older.EmailConsent
        );

    internal static ContactUpdate? OrNothing(ContactUpdate update) =>
        update == new ContactUpdate(null, null, null, null, null, null) ? null : update;
}

/// <summary>One customer of a customers file with its contacts.</summary>
/// <param name="Contacts">At least one; exactly one of them is primary.</param>
/// <param name="Rows">How many rows of the file made it.</param>
public sealed record CustomerRow(Customer Customer, IReadOnlyList<Contact> Contacts, int Rows);

/// <param name="Rows">How many rows of the file made it.</param>
public sealed record ProductRow(Product Product, int Rows);
