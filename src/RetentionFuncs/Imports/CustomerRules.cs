using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>One row of a customers file: a customer and one of its contacts.</summary>
/// <param name="Roles">Parted by <c>;</c>, so that rows compare by value.</param>
internal sealed record ContactRow(
    string Customer,
    CustomerKind? Kind,
    string? Account,
    bool DoNotProfile,
    string ContactId,
    string Roles,
    string? Name,
    EmailAddress? Email,
    string? Phone,
    string? Country,
    string? Locale,
    string? Zone,
    Birthday? Birthday,
    Consent? Consent
);

/// <summary>
/// A customers file: one row for a person, one row for each contact of an account. The same contact twice with the same data is one;
/// with different data both rows are refused, because nobody can tell which is right.
/// </summary>
/// <param name="source">The file's name: where a consent is said to come from when the file does not say.</param>
internal sealed class CustomerRules(InstanceSecret secret, string source) : RowRules<ContactRow, CustomerRow>
{
    public override ContactRow Read(RowView row) =>
        new(
            row.Id(CustomerId),
            row.Choice(Kind, ChoiceFields.KindOf),
            row.Text(Account),
            row.Choice(DoNotProfile, ChoiceFields.FlagOf) ?? false,
            row.IsEmpty(ContactId) ? Contact.Primary : row.Id(ContactId),
            RolesOf(row),
            row.Text(Name),
            row.Email(Email, isStrict: true),
            row.Text(Phone),
            row.Code(Country, PlaceFields.TryCountry),
            row.Code(Locale, PlaceFields.TryLocale),
            row.Code(ImportColumn.TimeZone, PlaceFields.TryZone),
            BirthdayOf(row),
            ConsentOf(row)
        );

    public override string GroupOf(ContactRow row) => row.Customer;

    public override string KeyOf(string group) => secret.CustomerKeyOf(group).Value;

    public override int OrdersIn(CustomerRow item) => 0;

    public override ValueTask<ApplyOutcome> ApplyAsync(IImportSink sink, CustomerRow item) => sink.ApplyCustomerAsync(item);

    public override Gathered<CustomerRow> Gather(string group, string key, IReadOnlyList<ContactRow> rows)
    {
        var refused = new Dictionary<int, RowRefusal>();
        if (rows.Select(r => (r.Kind, r.Account, r.DoNotProfile)).Distinct().Count() > 1)
        {
            RefuseAll(Enumerable.Range(0, rows.Count), "customer_id", group);
            return new Gathered<CustomerRow>(null, refused, []);
        }

        var kept = new List<ContactRow>();
        foreach (var same in Enumerable.Range(0, rows.Count).GroupBy(i => rows[i].ContactId, StringComparer.Ordinal))
        {
            if (same.Select(i => rows[i]).Distinct().Count() == 1)
            {
                kept.Add(rows[same.First()]);
            }
            else
            {
                RefuseAll(same, same.Key == Contact.Primary ? "customer_id" : "contact_id", same.Key == Contact.Primary ? group : same.Key);
            }
        }

        return new Gathered<CustomerRow>(
            kept.Count == 0 ? null : Make(group, new CustomerKey(key), kept, rows.Count - refused.Count),
            refused,
            []
        );

        void RefuseAll(IEnumerable<int> places, string column, string value)
        {
            foreach (var place in places)
            {
                refused.Add(
                    place,
                    new RowRefusal(
                        column,
                        value,
                        new("stands in the file more than once with different data", "在文件中出现多次且内容不同")
                    )
                );
            }
        }
    }

    private CustomerRow Make(string group, CustomerKey key, List<ContactRow> rows, int count)
    {
        var first = rows[0];
        var isAccount = first.Kind == CustomerKind.Account || (first.Kind is null && (first.Account is not null || rows.Count > 1));
        var name = first.Account ?? (isAccount ? null : first.Name);
        var customer = new Customer(key, group, isAccount ? CustomerKind.Account : CustomerKind.Person, name, first.DoNotProfile);
        var primary = rows.FindIndex(r => r.ContactId == Contact.Primary || IsPrimary(r));
        return new CustomerRow(customer, [.. rows.Select((r, i) => ContactOf(r, key, i == Math.Max(primary, 0)))], count);
    }

    private Contact ContactOf(ContactRow row, CustomerKey key, bool isPrimary)
    {
        var others = row.Roles.Split(';', StringSplitOptions.RemoveEmptyEntries).Where(r => r != Contact.Primary);
        return new Contact(
            secret.ContactKeyOf(key, row.ContactId),
            row.ContactId,
            isPrimary ? [Contact.Primary, .. others] : [.. others],
            row.Name,
            row.Email,
            row.Phone,
            row.Country,
            row.Locale,
            row.Zone,
            row.Birthday,
            row.Consent
        );
    }

    private static bool IsPrimary(ContactRow row) => row.Roles.Split(';').Contains(Contact.Primary);

    private static string RolesOf(RowView row)
    {
        var text = row.Text(Role);
        if (text is null)
        {
            return "";
        }

        if (ChoiceFields.RolesOf(text, out var problem) is { } roles)
        {
            return string.Join(';', roles);
        }

        row.Refuse(Role, problem);
        return "";
    }

    private static Birthday? BirthdayOf(RowView row)
    {
        var text = row.Text(ImportColumn.Birthday);
        if (text is null)
        {
            return null;
        }

        if (BirthdayField.TryRead(text, row.Rules.Order, row.Rules.RecordedAt.Year, out var birthday, out var problem))
        {
            return birthday;
        }

        row.Refuse(ImportColumn.Birthday, problem);
        return null;
    }

    private Consent? ConsentOf(RowView row)
    {
        var said = row.Choice(ImportColumn.Consent, ChoiceFields.ConsentOf);
        var at = row.Date(ConsentAt, isMandatory: false)?.At;
        var from = row.Text(ConsentSource) ?? source;
        return said is { } consent
            ? new Consent(consent.State, consent.Basis, from, at ?? row.Rules.RecordedAt, row.Rules.RecordedAt)
            : null;
    }
}
