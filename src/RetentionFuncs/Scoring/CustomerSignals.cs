using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Defections;
using RetentionFuncs.Scoring.Reasons;
using RetentionFuncs.Stocks;

namespace RetentionFuncs.Scoring;

/// <summary>What speaks of leaving beside the silence itself: parts of the custom that went already, and likely reasons.</summary>
/// <param name="Reasons">By weight.</param>
public sealed record CustomerSignals(IReadOnlyList<Defection> Defections, IReadOnlyList<LikelyReason> Reasons)
{
    public static CustomerSignals None { get; } = new([], []);

    /// <summary>The product that a dealer runs out of first; null when no stock is known.</summary>
    public ScarceProduct? Scarcest { get; init; }

    /// <summary>Whole days that it lasts for; null when no stock is known.</summary>
    public int? StockDays { get; init; }

    /// <summary>From what is in hand; asks no store.</summary>
    /// <param name="summary">Of what was known by <paramref name="at"/>.</param>
    /// <param name="stage">At that moment.</param>
    /// <param name="day">The day of <paramref name="at"/> in the business's zone.</param>
    /// <param name="refit">Brings the shop's own answers; null before the first.</param>
    /// <returns>None of a customer who refused profiling.</returns>
    public static CustomerSignals Of(
        CustomerPartition partition,
        PurchaseSummary summary,
        LapseStage? stage,
        DateTimeOffset at,
        DateOnly day,
        Refit? refit,
        string currency
    )
    {
        if (partition.Profile() is not { DoNotProfile: false } customer)
        {
            return None;
        }

        var facts = new ReasonFacts(
            customer.Kind,
            partition.Contacts().Count,
            summary.DaysUpTo(day),
            stage,
            partition.Experiences().Before(at),
            at
        )
        {
            Day = day,
        };
        var scarcest = partition.Stock().ScarcestOn(day);
        return new(PartialDefection.Of(summary, stage, day, currency), LikelyReasons.Of(facts, ReasonPriors.Of(refit?.ReasonAnswers)))
        {
            Scarcest = scarcest,
            StockDays = scarcest?.DaysLeftOn(day),
        };
    }
}
