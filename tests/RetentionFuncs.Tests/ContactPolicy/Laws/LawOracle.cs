using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Tests.ContactPolicy.Laws;

/// <summary>What one line of the requirements is asked of: plain facts, no type of the table.</summary>
internal sealed record Case(
    string? Country,
    Channel Channel,
    MessagePurpose Purpose,
    bool Asked,
    bool Yes,
    ConsentBasis Basis,
    bool Confirmed,
    DateOnly AnsweredOn,
    DateOnly? Bought,
    bool MarketedBefore,
    int? AgeToday,
    bool IsBirthday,
    SuppressionReason? Objection,
    bool OnABreak,
    DateOnly Today
);

/// <summary>
/// A second reading of the law, line by line from the requirements (L9 to L16, L18) and from nothing in the program: it shares no table
/// and no arithmetic with what it checks.
/// </summary>
internal static class LawOracle
{
    private static readonly string[] Union =
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "IS",
        "LI",
        "NO",
    ];

    public static bool MayGoOut(Case c)
    {
        // L18: no birthday message to the under-age, by market.
        if (c.IsBirthday && c.AgeToday is { } age)
        {
            if (c.Country is "US" or "GB" && age < 13)
                return false;
            if (c.Country is "CN" or "CA" && age < 14)
                return false;
            if ((c.Country is "DE" or "IE" || Union.Contains(c.Country)) && age < 16)
                return false;
            if (c.Country is not ("US" or "GB" or "CN" or "CA" or "DE" or "IE") && !Union.Contains(c.Country) && age < 18)
                return false;
        }

        // A mailbox that does not exist gets nothing at all.
        if (c.Objection == SuppressionReason.HardBounce)
            return false;

        // Service is no marketing.
        if (c.Purpose == MessagePurpose.Service)
            return true;

        // L4, L7, L11, L13: an objection is absolute; who keeps care messages refused offers only; a break is a break.
        if (c.Objection is SuppressionReason.Unsubscribed or SuppressionReason.Manual or SuppressionReason.Complaint)
            return false;
        if (c.Objection == SuppressionReason.NoOffers && c.Purpose == MessagePurpose.Promotion)
            return false;
        if (c.OnABreak)
            return false;
        if (c.Asked && !c.Yes)
            return false;

        // Calls to consumers: a clear yes everywhere (in the US for texts too: TCPA).
        if (c.Channel == Channel.Phone)
            return c.Asked && c.Basis == ConsentBasis.Express;

        if (c.Country == "US")
        {
            // L9: CAN-SPAM is opt-out.
            if (c.Channel == Channel.Email)
                return true;
            return c.Asked && c.Basis == ConsentBasis.Express;
        }

        if (!c.Asked)
            return false;

        // L15: express only.
        if (c.Country == "CN")
            return c.Basis == ConsentBasis.Express;

        if (c.Country == "CA")
        {
            // L10: express; a purchase within two years; an inquiry within six months.
            if (c.Basis == ConsentBasis.Express)
                return true;
            if (c.Basis == ConsentBasis.Inquiry)
                return Within(c.AnsweredOn, 0, 6, c.Today);
            return c.Bought is { } sale && Within(sale, 2, 0, c.Today);
        }

        if (c.Country == "DE")
        {
            // L12: the accepted proof is double opt-in; else existing customers only.
            if (c.Basis == ConsentBasis.Express && c.Confirmed)
                return true;
            if (c.Basis is ConsentBasis.Express or ConsentBasis.SoftOptIn)
                return c.Bought is not null;
            return false;
        }

        if (c.Country == "IE")
        {
            // L11: the first mail within twelve months of the sale.
            if (c.Basis == ConsentBasis.Express)
                return true;
            if (c.Basis != ConsentBasis.SoftOptIn || c.Bought is null)
                return false;
            return c.MarketedBefore || Within(c.Bought.Value, 1, 0, c.Today);
        }

        if (c.Country == "GB" || Union.Contains(c.Country))
        {
            // L11: soft opt-in needs a sale.
            if (c.Basis == ConsentBasis.Express)
                return true;
            return c.Basis == ConsentBasis.SoftOptIn && c.Bought is not null;
        }

        // Everywhere else, and where nobody knows: a clear yes.
        return c.Basis == ConsentBasis.Express;
    }

    /// <summary>Whether the same day so many years and months later is still to come; a day that its month lacks is its month's last.</summary>
    private static bool Within(DateOnly from, int years, int months, DateOnly today)
    {
        var (year, month) = (from.Year + years, from.Month + months);
        if (month > 12)
        {
            (year, month) = (year + 1, month - 12);
        }

        var last =
            month is 4 or 6 or 9 or 11 ? 30
            : month != 2 ? 31
            : year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29
            : 28;
        var day = from.Day < last ? from.Day : last;
        return (today.Year * 10_000) + (today.Month * 100) + today.Day < (year * 10_000) + (month * 100) + day;
    }
}
