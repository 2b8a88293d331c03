using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Segments;

/// <summary>What the newest refit says of one customer's worth and chances.</summary>
/// <param name="Tier">On record, or by definition where none is or on a past day.</param>
/// <param name="Worth">Profit of the past year plus <paramref name="ExpectedProfit"/>, in the business's currency.</param>
/// <param name="ExpectedProfit">Over the horizon, discounted, in the business's currency; null while nothing is fitted.</param>
/// <param name="ChanceOfReturn">0 to 1; null while nothing is fitted.</param>
/// <param name="ChanceAlive">0 to 1; for people to see, not to pick by.</param>
public sealed record ValueFacts(
    ValueTier Tier,
    decimal Worth,
    decimal? ExpectedProfit,
    bool IsFalseKey,
    bool HasPotential,
    bool IsLoyal,
    double? ChanceOfReturn,
    double? ChanceAlive
)
{
    /// <summary>From what is in hand; asks no store.</summary>
    /// <param name="summary">Of what was known by <paramref name="at"/>.</param>
    /// <param name="recorded">The tier on record; null, as on a past day, asks for the one by definition.</param>
    /// <returns>Null before a refit told tiers, before the first purchase, and of a customer who refused profiling.</returns>
    public static ValueFacts? Of(
        CustomerPartition partition,
        PurchaseSummary summary,
        Refit? refit,
        DateTimeOffset at,
        DateOnly day,
        ValueTier? recorded
    ) =>
        CustomerWorth.Of(partition, summary, refit, at, day) is { } value
            ? new ValueFacts(
                recorded ?? value.Tier,
                value.Worth.Total,
                value.Worth.Expected,
                value.FalseKeys.Count > 0,
                value.Potential is not null,
                value.Loyalty.IsLoyal,
                value.ChanceOfReturn,
                value.ChanceAlive
            )
            : null;
}
