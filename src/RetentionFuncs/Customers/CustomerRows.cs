using RetentionFuncs.Storage;

namespace RetentionFuncs.Customers;

/// <summary>Profile and contacts as rows of the customer's partition.</summary>
public static class CustomerRows
{
    public static Customer? Profile(this CustomerPartition partition) =>
        partition.Find(CustomerPartition.ProfileRow) is { } bag
            ? new Customer(
                partition.Key,
                bag.Text("externalId"),
                bag.Choice<CustomerKind>("kind"),
                bag.TextOrNull("name"),
                bag.Flag("doNotProfile")
            )
            : null;

    public static void PutProfile(this CustomerPartition partition, Customer customer) =>
        partition.Put(
            CustomerPartition.ProfileRow,
            new PropertyBag()
                .Set("externalId", customer.ExternalId)
                .Set("kind", customer.Kind)
                .Set("name", customer.Name)
                .Set("doNotProfile", customer.DoNotProfile)
        );

    public static IReadOnlyList<Contact> Contacts(this CustomerPartition partition) =>
        [.. partition.WithPrefix(CustomerPartition.ContactPrefix).Select(row => Read(row.Key, row.Value))];

    /// <summary>The primary contact, else the first; null without any.</summary>
    public static Contact? Primary(this IReadOnlyList<Contact> contacts) =>
        contacts.FirstOrDefault(c => c.Is(Contact.Primary)) ?? (contacts.Count > 0 ? contacts[0] : null);

    public static Contact? ContactBy(this CustomerPartition partition, ContactKey key) =>
        partition.Find(CustomerPartition.ContactPrefix + key.Value) is { } bag
            ? Read(CustomerPartition.ContactPrefix + key.Value, bag)
            : null;

    /// <summary>The person the draw is about, stored when the contact's address was first seen; null without an address.</summary>
    public static PersonKey? PersonOf(this CustomerPartition partition, ContactKey contact) =>
        partition.Find(CustomerPartition.ContactPrefix + contact.Value)?.TextOrNull("person") is { } person ? new PersonKey(person) : null;

    public static void PutContact(this CustomerPartition partition, Contact contact, PersonKey? person) =>
        partition.Put(
            CustomerPartition.ContactPrefix + contact.Key.Value,
            new PropertyBag()
                .Set("externalId", contact.ExternalId)
                .Set("roles", string.Join(' ', contact.Roles))
                .Set("name", contact.Name)
                .Set("email", contact.Email?.Value)
                .Set("phone", contact.Phone)
                .Set("country", contact.Country)
                .Set("locale", contact.Locale)
                .Set("zone", contact.Zone)
                .Set("birthYear", contact.Birthday?.Year?.ToString(System.Globalization.CultureInfo.InvariantCulture))
                .Set("birthday", contact.Birthday is { } b ? $"{b.Month:00}-{b.Day:00}" : null)
                .Set("person", person?.Value)
                .Set("toldAt", contact.ToldAt)
                .SetConsent("consent", contact.EmailConsent)
                .SetConsent("smsConsent", contact.SmsConsent)
                .SetConsent("phoneConsent", contact.PhoneConsent)
                .Set("request", contact.Request?.Id)
                .Set("requestAddress", contact.Request?.Address.Value)
                .Set("requestSource", contact.Request?.Source)
                .Set("requestWords", contact.Request?.Words)
                .Set("requestedAt", contact.Request?.RequestedAt)
                .Set("requestConfirmedAt", contact.Request?.ConfirmedAt)
        );

    private static Contact Read(string rowKey, PropertyBag bag) =>
        new(
            new ContactKey(rowKey[CustomerPartition.ContactPrefix.Length..]),
            bag.Text("externalId"),
            bag.Text("roles").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            bag.TextOrNull("name"),
            EmailAddress.TryParse(bag.TextOrNull("email"), out var email, out _) ? email : null,
            bag.TextOrNull("phone"),
            bag.TextOrNull("country"),
            bag.TextOrNull("locale"),
            bag.TextOrNull("zone"),
            BirthdayOf(bag),
            ConsentOf(bag, "consent")
        )
        {
            ToldAt = bag.InstantOrNull("toldAt"),
            SmsConsent = ConsentOf(bag, "smsConsent"),
            PhoneConsent = ConsentOf(bag, "phoneConsent"),
            Request = RequestOf(bag),
        };

    private static ConsentRequest? RequestOf(PropertyBag bag) =>
        bag.TextOrNull("request") is { } id
            ? new ConsentRequest(
                id,
                new AddressKey(bag.Text("requestAddress")),
                bag.Text("requestSource"),
                bag.TextOrNull("requestWords"),
                bag.Instant("requestedAt"),
                bag.InstantOrNull("requestConfirmedAt")
            )
            : null;

    private static Birthday? BirthdayOf(PropertyBag bag) =>
        bag.TextOrNull("birthday") is { } text
            ? new Birthday(
                bag.TextOrNull("birthYear") is { } year ? int.Parse(year, System.Globalization.CultureInfo.InvariantCulture) : null,
                int.Parse(text.AsSpan(0, 2), System.Globalization.CultureInfo.InvariantCulture),
                int.Parse(text.AsSpan(3, 2), System.Globalization.CultureInfo.InvariantCulture)
            )
            : null;

    private static Consent? ConsentOf(PropertyBag bag, string name) =>
        bag.Has(name)
            ? new Consent(
                bag.Choice<ConsentState>(name),
                bag.Choice<ConsentBasis>(name + "Basis"),
                bag.Text(name + "Source"),
                bag.Instant(name + "At"),
                bag.Instant(name + "RecordedAt")
            )
            {
                ConfirmedAt = bag.InstantOrNull(name + "ConfirmedAt"),
                Words = bag.TextOrNull(name + "Words"),
            }
            : null;

    private static PropertyBag SetConsent(this PropertyBag bag, string name, Consent? consent) =>
        consent is null
            ? bag
            : bag.Set(name, consent.State)
                .Set(name + "Basis", consent.Basis)
                .Set(name + "Source", consent.Source)
                .Set(name + "At", consent.OccurredAt)
                .Set(name + "RecordedAt", consent.RecordedAt)
                .Set(name + "ConfirmedAt", consent.ConfirmedAt)
                .Set(name + "Words", consent.Words);
}
