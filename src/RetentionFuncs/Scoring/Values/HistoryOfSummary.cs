using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Values;

/// <summary>A customer's summary as fits and tiers read it.</summary>
public static class HistoryOfSummary
{
    /// <summary>
    /// Money given back without naming its order lowers every day's amount alike; a summary of an older program, which knows no day's
    /// amount, has its spend spread evenly.
    /// </summary>
    /// <param name="currency">The business's; other currencies do not count.</param>
    public static BuyingHistory ToHistory(this PurchaseSummary summary, string currency) =>
        new(
            [.. summary.PurchaseDays.Select(d => d.DayNumber)],
            AmountsOf(summary, currency),
            ProfitRateOf(summary.Traits),
            summary.Market,
            summary.Traits?.FirstFamily,
            summary.Traits is { Lines: > 0 } told ? Math.Round(told.DiscountRate, 6) : null
        );

    /// <summary>A few costed lines among many say nothing of the rest: half of them must be.</summary>
    private static decimal? ProfitRateOf(BuyingTraits? traits) =>
        traits?.ProfitRate is { } rate && traits.LinesWithoutCost * 2 <= traits.Lines ? Math.Round(rate, 4) : null;

    private static decimal[] AmountsOf(PurchaseSummary summary, string currency)
    {
        var (net, days) = (summary.SpendIn(currency), summary.PurchaseDays.Count);
        if (summary.DayAmounts.Count != days)
        {
            return [.. Enumerable.Repeat(days == 0 ? 0 : net / days, days)];
        }

        var sum = summary.DayAmounts.Sum();
        var kept = sum > 0 && net < sum ? net / sum : 1;
        return kept == 1 ? [.. summary.DayAmounts] : [.. summary.DayAmounts.Select(a => a * kept)];
    }
}
