using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Values;

/// <summary>What a profit rate was taken from, best first.</summary>
public enum ProfitSource
{
    /// <summary>The customer's own lines with known cost.</summary>
    Own,

    /// <summary>The shop's setting.</summary>
    Setting,

    /// <summary>The rate measured over all customers whose costs are known.</summary>
    Base,

    /// <summary>Nothing is known: net spend stands for profit.</summary>
    Volume,
}

/// <summary>What a customer is worth: profit of the past 365 days and expected profit of the horizon, in the business's currency.</summary>
/// <param name="Expected">Discounted to today; null while no model is fitted.</param>
/// <param name="Rate">Profit per unit of net spend; 1 where <paramref name="Source"/> is <see cref="ProfitSource.Volume"/>.</param>
public readonly record struct ValueMoney(decimal Past, decimal? Expected, decimal Rate, ProfitSource Source)
{
    /// <summary>What customers are ranked by.</summary>
    public decimal Total => Past + (Expected ?? 0);

    /// <param name="baseRate">Measured over all customers; null when no costs are known.</param>
    public static ValueMoney Of(
        BuyingHistory history,
        BuyingYear year,
        int asOf,
        FittedModel? fitted,
        ValueSettings settings,
        decimal? baseRate
    )
    {
        var (rate, source) =
            history.ProfitRate is { } own ? (own, ProfitSource.Own)
            : settings.DefaultMargin is { } margin ? (margin, ProfitSource.Setting)
            : baseRate is { } known ? (known, ProfitSource.Base)
            : (1m, ProfitSource.Volume);
        var expected = ExpectedSpend.Of(history, asOf, fitted, settings);
        return new ValueMoney(Cents(year.Volume * rate), expected is { } spend ? Cents(spend * rate) : null, rate, source);
    }

    private static decimal Cents(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);
}
