namespace RetentionFuncs.Scoring.Values;

/// <summary>How a business measures what customers are worth.</summary>
/// <param name="DefaultMargin">Profit as a share of net spend where costs are not known, 0 to 1; null: not set.</param>
/// <param name="HorizonDays">So many days ahead profit is expected for; at least one.</param>
/// <param name="YearlyDiscount">What money a year from now is worth less, 0 to 1: 0.1 means 1/1.1 of today's.</param>
public sealed record ValueSettings(decimal? DefaultMargin, TierShares Shares, int HorizonDays, decimal YearlyDiscount)
{
    public static ValueSettings Default { get; } = new(null, TierShares.Default, 365, 0.10m);

    public FalseKeyThresholds FalseKeys { get; init; } = FalseKeyThresholds.Default;
}

/// <summary>
/// Customers in the order of what they bring, most first: those who together bring the first <see cref="Key"/> of the whole are key, those
/// who fill it up to <see cref="Major"/> are major, and so on; what is left is ineffective. Shares of 1, strictly ascending.
/// </summary>
public sealed record TierShares(decimal Key, decimal Major, decimal Standard, decimal Maintenance)
{
    public static TierShares Default { get; } = new(0.50m, 0.80m, 0.95m, 0.99m);

    public bool AreAscending => Key > 0 && Key < Major && Major < Standard && Standard < Maintenance && Maintenance <= 1;
}

/// <summary>From where on a big buyer is called a false key account (playbook P6). Ours; a shop that knows better sets its own.</summary>
/// <param name="BulkShare">One purchase day brings at least this share of the year's net spend …</param>
/// <param name="BulkTimes">… and more than so many times the usual purchase day of the base.</param>
/// <param name="ProfitShare">A known profit rate at or below this share of the base's, or at or below zero.</param>
/// <param name="DiscountTimes">Discounts are at least so many times the base's share …</param>
/// <param name="DiscountOver">… and at least so much above it, as shares of the price before discount.</param>
/// <param name="ReturnShare">At least this share of gross spend was given back.</param>
/// <param name="LatePayments">At least so many payments late, or overdue and not made …</param>
/// <param name="LateShare">… and at least this share of all that are known of.</param>
public sealed record FalseKeyThresholds(
    decimal BulkShare,
    decimal BulkTimes,
    decimal ProfitShare,
    decimal DiscountTimes,
    decimal DiscountOver,
    decimal ReturnShare,
    int LatePayments,
    decimal LateShare
)
{
    public static FalseKeyThresholds Default { get; } = new(0.60m, 5, 0.25m, 2, 0.20m, 0.30m, 2, 0.20m);
}
