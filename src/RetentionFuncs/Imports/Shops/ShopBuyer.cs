using RetentionFuncs.Customers;
using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports.Shops;

/// <summary>Who bought, as an order row tells it. What the shop has masked with asterisks is left out: it is many people's.</summary>
/// <param name="Id">Null when the row does not tell one.</param>
internal sealed record ShopBuyer(string? Id, ContactUpdate Contact)
{
    private static readonly Wording Masked = new(
        "is masked with asterisks and left out; export the file with whole data",
        "被星号隐藏，未采用；如有权限请导出完整信息"
    );

    private static readonly ImportColumn[] Numbers = [BuyerMobile, Mobile, Phone];

    /// <param name="byEmail">Whether the e-mail address is the id, else the member name; without it, the telephone number.</param>
    public static ShopBuyer Of(RowView row, bool byEmail)
    {
        var country = CountryOf(row, Country) ?? CountryOf(row, ShippingCountry) ?? row.Rules.Assumes.Country;
        var number = NumberOf(row, country);
        var (first, last) = (Unmasked(row, Name), Unmasked(row, LastName));
        var contact = new ContactUpdate(
            row.Email(Email, isStrict: false),
            first is not null && last is not null ? $"{first} {last}" : first ?? last,
            number?.Value,
            country,
            row.Code(Locale, PlaceFields.TryLocale) ?? row.Rules.Assumes.Locale,
            null
        )
        {
            Zone = row.Rules.Assumes.Zone,
        };
        return new ShopBuyer(
            !byEmail ? Unmasked(row, CustomerId) ?? number?.Local
                : row.IsEmpty(Email) ? number?.Value
                : row.Raw(Email).ToLowerInvariant(),
            contact
        );
    }

    /// <summary>The first of the row's numbers that is one.</summary>
    private static PhoneNumber? NumberOf(RowView row, string? country)
    {
        foreach (var column in Numbers)
        {
            if (Unmasked(row, column) is not { } text)
            {
                continue;
            }

            if (PhoneNumber.TryParse(text, country, out var number, out var problem))
            {
                return number;
            }

            row.Notice(column, new($"left out, because it {problem.En}", $"未采用：{problem.Zh}"), text);
        }

        return null;
    }

    private static string? Unmasked(RowView row, ImportColumn column)
    {
        if (row.Text(column) is not { } text)
        {
            return null;
        }

        if (!text.Contains('*', StringComparison.Ordinal))
        {
            return text;
        }

        row.Notice(column, Masked, text);
        return null;
    }

    private static string? CountryOf(RowView row, ImportColumn column)
    {
        if (row.Text(column) is not { } text)
        {
            return null;
        }

        if (PlaceFields.TryCountry(text, out var country, out var problem))
        {
            return country;
        }

        row.Notice(column, new($"left out, because it {problem.En}", $"未采用：{problem.Zh}"), text);
        return null;
    }
}
