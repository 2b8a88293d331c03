using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Segments;

/// <summary>Gathers what an audience may ask about one customer on one day.</summary>
public static class AudienceView
{
    /// <summary>From what is in hand; asks no store.</summary>
    /// <returns>Null of nobody on file, and while nothing was bought by that day.</returns>
    public static AudienceFacts? Of(
        CustomerPartition partition,
        LapseStage? stage,
        Refit? refit,
        DateTimeOffset at,
        DateOnly day,
        string currency
    )
    {
        var summary = partition.Summary();
        return partition.Profile() is { } customer
            ? Of(
                customer,
                partition.Contacts(),
                summary,
                stage,
                day,
                currency,
                refit?.CutPoints,
                () => CustomerSignals.Of(partition, summary, stage, at, day, refit, currency),
                () => ValueFacts.Of(partition, summary, refit, at, day, partition.Tier()?.Tier)
            )
            : null;
    }

    /// <param name="stage">The recorded stage, or the one by definition on a past day.</param>
    /// <param name="signals">Asked at most once, and only by expressions that speak of signals.</param>
    /// <param name="value">Likewise.</param>
    /// <returns>Null while nothing was bought by that day.</returns>
    public static AudienceFacts? Of(
        Customer customer,
        IReadOnlyList<Contact> contacts,
        PurchaseSummary summary,
        LapseStage? stage,
        DateOnly day,
        string currency,
        RfmCutPoints? cutPoints,
        Func<CustomerSignals> signals,
        Func<ValueFacts?> value
    )
    {
        var known = summary.DaysUpTo(day);
        if (!known.HasPurchases || stage is not { } at)
        {
            return null;
        }

        var primary = contacts.Primary();
        var score = cutPoints is null ? null : RfmScorer.RankOf(known, day, cutPoints);
        return new AudienceFacts(
            at,
            Math.Max(0, known.SilenceOn(day)),
            known.Orders,
            known.PurchaseDays.Count,
            known.SpendIn(currency),
            Math.Max(0, day.DayNumber - known.FirstDay.DayNumber),
            score?.RecencyRank ?? 0,
            score?.FrequencyRank ?? 0,
            score?.MonetaryRank ?? 0,
            primary?.Country,
            primary?.Locale,
            customer.Kind,
            contacts.Any(c => c.Email is not null),
            primary?.EmailConsent?.State == ConsentState.Granted
        )
        {
            SignalsWhenAsked = () => SignalFacts.Of(signals()),
            ValueWhenAsked = value,
            DiscountShare = (int)(100 * (known.Traits?.DiscountedShare ?? 0)),
            Families = known.Traits?.Families.Count ?? 0,
            HasMobile = primary?.Number?.MayTakeSms == true,
            SmsConsent = primary?.SmsConsent?.State == ConsentState.Granted,
            PhoneConsent = primary?.PhoneConsent?.State == ConsentState.Granted,
        };
    }
}
