using RetentionFuncs.Customers;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Imports;

/// <summary>
/// Takes what an import has understood. Each call is for another customer (or product, or address), up to 256 calls are under way at once, and
/// every call must do no harm when it comes again: after a crash the whole file is applied once more.
/// </summary>
public interface IImportSink
{
    ValueTask<ApplyOutcome> ApplyOrdersAsync(CustomerOrders orders);

    ValueTask<ApplyOutcome> ApplyCustomerAsync(CustomerRow customer);

    ValueTask<ApplyOutcome> ApplyProductAsync(ProductRow product);

    ValueTask<ApplyOutcome> ApplyResultAsync(ResultRow result);

    ValueTask<ApplyOutcome> ApplyFactsAsync(ImportedFacts facts);

    /// <summary>Called before anything of a file is applied, once in each slice.</summary>
    void Begin(ImportRun run) { }
}

/// <param name="UnchangedRows">How many of the item's rows told nothing new.</param>
/// <param name="RefusedBecause">Set when nothing of the item was applied, e.g. because the customer was erased: all its rows are refused.</param>
public sealed record ApplyOutcome(int UnchangedRows, Wording? RefusedBecause = null)
{
    /// <summary>Refused, and what stood in the rows is told nobody again: the person was erased.</summary>
    public static ApplyOutcome Erased { get; } =
        new(0, new("was erased at the person's wish and is not taken in again", "已应本人要求删除，不再重新导入")) { IsWithheld = true };

    /// <summary>Whether the rows' text is left out of the report and of the file of refused rows.</summary>
    public bool IsWithheld { get; init; }
}

/// <summary>All orders that one file has for one customer, by their moment.</summary>
/// <param name="Contact">What the order rows say about the person, or null.</param>
public sealed record CustomerOrders(CustomerKey Key, string ExternalId, IReadOnlyList<ImportedOrder> Orders, ContactUpdate? Contact);

/// <param name="Rows">How many accepted rows of the file made the order; 0 when its rows were skipped because it is no sale.</param>
public sealed record ImportedOrder(Order Order, int Rows);

/// <summary>What an order file says about the primary contact; null fields say nothing.</summary>
public sealed record ContactUpdate(EmailAddress? Email, string? Name, string? Phone, string? Country, string? Locale, Consent? EmailConsent)
{
    public Consent? SmsConsent { get; init; }

    public Consent? PhoneConsent { get; init; }

    /// <summary>IANA zone.</summary>
    public string? Zone { get; init; }

    /// <summary>The channels whose consent was declared for the whole file: it never takes the place of a no.</summary>
    public IReadOnlyList<Channel> Declared { get; init; } = [];

    public Consent? ConsentFor(Channel channel) =>
        channel switch
        {
            Channel.Email => EmailConsent,
            Channel.Sms => SmsConsent,
            _ => PhoneConsent,
        };

    /// <summary>This one, with the gaps filled from an older one.</summary>
    public ContactUpdate Over(ContactUpdate older) =>
        new(
            Email ?? older.Email,
            Name ?? older.Name,
            Phone ?? older.Phone,
            Country ?? older.Country,
            Locale ?? older.Locale,
            EmailConsent ?? older.EmailConsent
        )
        {
            SmsConsent = SmsConsent ?? older.SmsConsent,
            PhoneConsent = PhoneConsent ?? older.PhoneConsent,
            Zone = Zone ?? older.Zone,
        };

    internal static ContactUpdate? OrNothing(ContactUpdate update) =>
        update == new ContactUpdate(null, null, null, null, null, null) ? null : update;
}

/// <summary>One customer of a customers file with its contacts.</summary>
/// <param name="Contacts">At least one; exactly one of them is primary.</param>
/// <param name="Rows">How many rows of the file made it.</param>
public sealed record CustomerRow(Customer Customer, IReadOnlyList<Contact> Contacts, int Rows);

/// <param name="Rows">How many rows of the file made it.</param>
public sealed record ProductRow(Product Product, int Rows);

/// <summary>What a list says of one contact that was handed off.</summary>
/// <param name="Results">Empty while nobody has filled it in.</param>
/// <param name="Rows">How many rows of the file made it.</param>
public sealed record ResultRow(Touchpoints.TouchRef Touch, IReadOnlyList<HandOffs.OutcomeNews> Results, int Rows);
