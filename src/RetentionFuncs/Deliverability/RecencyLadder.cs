using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Deliverability;

/// <summary>Where a contact stands on the recency ladder.</summary>
public enum Rung
{
    Fresh,

    /// <summary>Silent for long: a small batch goes first.</summary>
    Long,

    /// <summary>Silent for too long: blocked unless the settings lift it.</summary>
    TooLong,
}

/// <summary>How long nothing has been heard of a contact.</summary>
public static class RecencyLadder
{
    public static Rung RungOf(
        PurchaseSummary summary,
        Contact contact,
        DateOnly today,
        BusinessCalendar calendar,
        RecencySettings settings
    ) =>
        HeardOn(summary, contact, calendar) is not { } heard ? Rung.Fresh
        : today.DayNumber - heard.DayNumber is var silent && silent >= settings.TooLongDays ? Rung.TooLong
        : silent >= settings.LongDays ? Rung.Long
        : Rung.Fresh;

    /// <summary>
    /// The last purchase day, or the day of an express yes where that is later and told with a date of its own: the day on which an old
    /// list was imported is no sign of life. Null when nothing is known.
    /// </summary>
    public static DateOnly? HeardOn(PurchaseSummary summary, Contact contact, BusinessCalendar calendar)
    {
        DateOnly? bought = summary.HasPurchases ? summary.LastDay : null;
        var consent = contact.EmailConsent;
        var tells =
            consent is { State: ConsentState.Granted, Basis: ConsentBasis.Express }
            && (bought is null || consent.OccurredAt < consent.RecordedAt);
        DateOnly? agreed = tells ? calendar.DayOf(consent!.OccurredAt) : null;
        return agreed is { } a && (bought is not { } b || a > b) ? agreed : bought;
    }
}
