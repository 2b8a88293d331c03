using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Values;

/// <summary>Net spend to be expected over the horizon, discounted to today by quarters of it.</summary>
internal static class ExpectedSpend
{
    private const int Steps = 4;
    private const double Most = 1e15;

    /// <summary>Expects one of a mean of one, whatever the repeats: counts discounted purchases where no spread of spend is fitted.</summary>
    private static readonly SpendModel One = new(1, 2, 1);

    /// <returns>Null while no model is fitted, or before the first purchase.</returns>
    public static decimal? Of(BuyingHistory history, int asOf, FittedModel? fitted, ValueSettings settings)
    {
        if (fitted?.ModelFor(fitted.GroupOf(history)) is not { } model || history.PatternOn(asOf) is not { } pattern)
        {
            return null;
        }

        var step = settings.HorizonDays / (double)Steps;
        var discount = ValueHorizon.PerStep((double)settings.YearlyDiscount, BuyingYear.Length / step);
        var horizon = new ValueHorizon(Steps, step, discount, 1);
        var spend = fitted.Spend is { } spread
            ? CustomerValue.Of(model, spread, pattern, Mean(history, 1, pattern.Repeats) ?? spread.PopulationMean, horizon).Margin
            : CustomerValue.Of(model, One, pattern, 1, horizon).Margin * (Mean(history, 0, pattern.Repeats + 1) ?? 0);
        return double.IsFinite(spend) ? (decimal)Math.Clamp(spend, 0, Most) : null;
    }

    /// <summary>Of so many amounts from one on, at least zero; null when they are none or not known.</summary>
    private static double? Mean(BuyingHistory history, int from, int count)
    {
        if (count == 0 || history.Amounts.Length < from + count)
        {
            return null;
        }

        var sum = 0m;
        foreach (var amount in history.Amounts.AsSpan(from, count))
        {
            sum += amount;
        }

        return Math.Max(0, (double)(sum / count));
    }
}
