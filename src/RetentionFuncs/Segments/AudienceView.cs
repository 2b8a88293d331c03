using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;

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
        RfmCutPoints? cutPoints
    )
    {
        var known = summary.DaysUpTo(day);
        if (!known.HasPurchases || stage is not { } at)
        {
            return null;
        }

        var primary = contacts.FirstOrDefault(c => c.Is(Contact.Primary)) ?? (contacts.Count > 0 ? contacts[0] : null);
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
        );
    }
}
