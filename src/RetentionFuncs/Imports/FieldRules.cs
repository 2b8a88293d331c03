using RetentionFuncs.Clocks;

namespace RetentionFuncs.Imports;

/// <summary>How the fields of one file are read: what was declared, what the business has set, and the moment of the import.</summary>
internal sealed record FieldRules(
    BusinessCalendar Calendar,
    DateField Dates,
    AmountField Amounts,
    DateOrder? Order,
    string Currency,
    DateTimeOffset RecordedAt
)
{
    /// <summary>What the form of the file lets us take for granted.</summary>
    public FormAssumptions Assumes { get; init; } = FormAssumptions.None;

    /// <summary>For days that may well lie ahead: due, promised.</summary>
    public DateField DatesAhead { get; } = new(Calendar, Order, null);

    /// <summary>How far an order may lie ahead of the import: clocks differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromHours(24);

    public static FieldRules Of(
        ImportOptions options,
        BusinessCalendar calendar,
        string currency,
        DateTimeOffset recordedAt,
        FormAssumptions? assumed = null
    )
    {
        var assumes = assumed ?? FormAssumptions.None;
        var clock = assumes.Zone is { } zone && zone != calendar.ZoneId ? new BusinessCalendar(zone) : calendar;
        return new(
            calendar,
            new DateField(clock, options.Dates, options.AllowFuture ? null : recordedAt + Skew),
            new AmountField(options.Numbers ?? assumes.Numbers),
            options.Dates,
            options.Currency ?? assumes.Currency ?? currency,
            recordedAt
        )
        {
            Assumes = assumes,
        };
    }
}
