using System.Globalization;

namespace RetentionFuncs.Scoring.Reasons;

/// <summary>
/// Baskets of an account that shrink across the board, which speaks of its own business; one family that stops speaks of a rival.
/// </summary>
internal static class BusinessSigns
{
    private const int LeastDays = 8;
    private const double ShrunkTo = 0.6;

    /// <summary>Of all pairs of an earlier and a later basket, those in which the later is smaller (Mann–Whitney).</summary>
    private const double Below = 0.85;

    /// <summary>Families of the earlier half that must still be bought in the later one.</summary>
    private const double StillBought = 0.6;

    public static Signs Shrinking(ReasonFacts facts)
    {
        var (summary, amounts) = (facts.Summary, facts.Summary.DayAmounts);
        if (facts.Kind != Customers.CustomerKind.Account || amounts.Count != summary.PurchaseDays.Count || amounts.Count < LeastDays)
        {
            return Signs.None;
        }

        var half = amounts.Count / 2;
        var (earlier, later) = (amounts.Take(half).Order().ToArray(), amounts.Skip(half).Order().ToArray());
        var (before, after) = (earlier[earlier.Length / 2], later[later.Length / 2]);
        var smaller = (double)later.Sum(l => earlier.Count(e => l < e)) / (earlier.Length * later.Length);
        var from = summary.PurchaseDays[half];
        var families = (summary.Traits?.Families ?? []).Where(f => f.FirstDay < from).ToList();
        var still = families.Count(f => f.LastDay >= from);
        if (before <= 0 || (double)(after / before) > ShrunkTo || smaller < Below || still < StillBought * families.Count)
        {
            return Signs.None;
        }

        var shrunk = 1 - (double)(after / before);
        var text = string.Create(CultureInfo.InvariantCulture, $"{before:0.00} → {after:0.00}");
        var (en, zh) =
            families.Count == 0
                ? ("", "")
                : ($"; {still} of {families.Count} earlier families still bought", $"；原有 {families.Count} 个品类中仍在采购 {still} 个");
        return new(
            Math.Min(0.7, shrunk) * amounts.Count / (amounts.Count + 4.0),
            [new($"baskets shrink across the board (typical basket {text}{en})", $"各品类采购量普遍缩减（典型单次采购额 {text}{zh}）")]
        );
    }
}
