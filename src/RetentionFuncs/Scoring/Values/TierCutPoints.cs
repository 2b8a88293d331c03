using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Values;

/// <summary>
/// What one refit measured over all customers, so that one customer's tier can be told without reading the others. Money is in
/// <paramref name="Currency"/>; a customer is in a tier from its cut point on (the cut point included), so equal worth is one tier.
/// </summary>
/// <param name="Version">Of the refit.</param>
/// <param name="AsOf">The end of this day.</param>
/// <param name="Customers">With a purchase by then.</param>
/// <param name="Key">Least worth, one-off bulk purchases cut down, of those who together bring the first share; null while nobody brings anything. The next three likewise.</param>
/// <param name="KeyVolume">The same by net spend of the past year alone: who looks like a key account.</param>
/// <param name="MedianPurchaseDays">Purchase days of the past year, the lower median over repeat buyers who bought in it; null when there are none.</param>
/// <param name="ProfitRate">Profit per unit of net spend over customers whose costs are known; null when there are none.</param>
/// <param name="DiscountShare">Discounts as a share of prices before discount, over customers of whom it is known; null when there are none.</param>
/// <param name="UsualDayAmount">Lower median of the net spend of one purchase day; null without purchases.</param>
/// <param name="HighChance">A quarter of the customers have at least this chance of return, 0 to 1; null while nothing is fitted.</param>
/// <param name="Settings">What it was measured with: a change holds from the next refit on.</param>
public sealed record TierCutPoints(
    int Version,
    DateOnly AsOf,
    string Currency,
    int Customers,
    decimal? Key,
    decimal? Major,
    decimal? Standard,
    decimal? Maintenance,
    decimal? KeyVolume,
    int? MedianPurchaseDays,
    decimal? ProfitRate,
    decimal? DiscountShare,
    decimal? UsualDayAmount,
    double? HighChance,
    ValueLadder Frequency,
    ValueLadder Volume,
    ValueLadder Worth,
    ValueSettings Settings
)
{
    /// <summary>A tier is kept down to this share of its cut point, and is near from this share on.</summary>
    public const decimal Ease = 0.9m;

    /// <summary>Over the whole base at the end of a day; customers without a purchase by then are passed over.</summary>
    public static TierCutPoints Of(
        IReadOnlyList<BuyingHistory> histories,
        FittedModel? fitted,
        DateOnly asOf,
        string currency,
        ValueSettings settings
    ) => MeasureTiers.Of(histories, fitted, asOf, currency, settings);

    /// <summary>The least worth of a tier; null for ineffective, which has none, and while nobody brings anything.</summary>
    public decimal? CutOf(ValueTier tier) =>
        tier switch
        {
            ValueTier.Key => Key,
            ValueTier.Major => Major,
            ValueTier.Standard => Standard,
            ValueTier.Maintenance => Maintenance,
            _ => null,
        };

    /// <summary>By money alone. Whoever brings nothing, or less, is ineffective.</summary>
    /// <param name="ease">1, or <see cref="Ease"/> for the tier a customer keeps who has it already.</param>
    public ValueTier TierOf(decimal worth, decimal ease = 1)
    {
        for (var tier = ValueTier.Key; tier > ValueTier.Ineffective; tier--)
        {
            if (worth > 0 && CutOf(tier) is { } cut && worth >= cut * ease)
            {
                return tier;
            }
        }

        return ValueTier.Ineffective;
    }
}
