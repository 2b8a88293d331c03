using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Reasons;

namespace RetentionFuncs.Segments;

/// <summary>Gathers what an audience may ask about one customer on one day.</summary>
public static class AudienceView
{
    /// <param name="stage">The recorded stage, or the one by definition on a past day.</param>
    /// <returns>Null while nothing was bought by that day.</returns>
    public static AudienceFacts? Of(
        Customer customer,
        IReadOnlyList<Contact> contacts,
        PurchaseSummary summary,
        LapseStage? stage,
        DateOnly day,
        string currency,
        RfmCutPoints? cutPoints,
        CustomerSignals signals,
        ValueFacts? value = null
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
            LikelyReason = LikelyReasons.Likeliest(signals.Reasons),
            PartialDefection = signals.Defections.Count > 0,
            DiscountShare = (int)(100 * (known.Traits?.DiscountedShare ?? 0)),
            Families = known.Traits?.Families.Count ?? 0,
            HasMobile = primary?.Number?.MayTakeSms == true,
            SmsConsent = primary?.SmsConsent?.State == ConsentState.Granted,
            PhoneConsent = primary?.PhoneConsent?.State == ConsentState.Granted,
            StockDays = signals.StockDays,
            Value = value,
        };
    }
}
