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
    /// <summary>How far an order may lie ahead of the import: clocks differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromHours(24);

    public static FieldRules Of(ImportOptions options, BusinessCalendar calendar, string currency, DateTimeOffset recordedAt) =>
        new(
            calendar,
            new DateField(calendar, options.Dates, options.AllowFuture ? null : recordedAt + Skew),
            new AmountField(options.Numbers),
            options.Dates,
            options.Currency ?? currency,
            recordedAt
        );
}
