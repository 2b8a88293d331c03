using System.Globalization;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Reasons;

/// <summary>What the orders speak for: forgotten, price, wants new things.</summary>
internal static class BuyingSigns
{
    private const double BoughtOnce = 0.6;

    /// <summary>Bad experiences weigh against having simply been forgotten.</summary>
    private const double NoHarm = 0.15;

    /// <summary>Families below this are no range to roam in.</summary>
    private const int LeastFamilies = 3;

    /// <summary>Bought once, silent past the usual, and nothing went wrong.</summary>
    public static Signs Forgot(ReasonFacts facts)
    {
        var summary = facts.Summary;
        if (
            summary.PurchaseDays.Count != 1
            || facts.Stage is not { } stage
            || !stage.IsLaterThan(LapseStage.Active)
            || ExperienceSigns.Dissatisfied(facts).Strength > NoHarm
        )
        {
            return Signs.None;
        }

        var on = summary.LastDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(
            BoughtOnce,
            [new($"bought once, on {on}, and nothing is known to have gone wrong", $"只在 {on} 买过一次，之后没有不愉快的记录")]
        );
    }

    /// <summary>At least half of the purchases with a discount or coupon; few purchases say little.</summary>
    public static Signs Price(ReasonFacts facts)
    {
        if (facts.Summary.Traits is not { Purchases: > 0 } t || 2 * t.DiscountedPurchases < t.Purchases)
        {
            return Signs.None;
        }

        var (n, of, rate) = (t.DiscountedPurchases, t.Purchases, Percent(t.DiscountRate));
        var evidence =
            n == of
                ? new Phrase(
                    $"has bought only with a discount or coupon ({n} of {of} orders, {rate} % off on average)",
                    $"只在有优惠时购买（{of} 单中 {n} 单用了折扣或优惠券，平均优惠 {rate}%）"
                )
                : new Phrase(
                    $"bought {n} of {of} orders with a discount or coupon ({rate} % off on average)",
                    $"{of} 单中有 {n} 单用了折扣或优惠券（平均优惠 {rate}%）"
                );
        return new((double)n / (of + 2), [evidence]);
    }

    /// <summary>Most returns brought a family never bought before, and most families were bought once only.</summary>
    public static Signs WantsNew(ReasonFacts facts)
    {
        var families = facts.Summary.Traits?.Families ?? [];
        var returns = facts.Summary.PurchaseDays.Count - 1;
        if (returns < 1 || families.Count < LeastFamilies)
        {
            return Signs.None;
        }

        var first = facts.Summary.FirstDay;
        var fresh = families.Select(f => f.FirstDay).Where(d => d > first).Distinct().Count();
        var once = families.Count(f => f.DayCount == 1);
        var (novelty, churn) = (Math.Min(1, (double)fresh / returns), (double)once / families.Count);
        return novelty < 0.5 || churn < 0.5
            ? Signs.None
            : new(
                novelty * churn * returns / (returns + 2.0),
                [
                    new(
                        $"{fresh} of {returns} returns brought a family never bought before; {once} of {families.Count} families were bought once only",
                        $"{returns} 次回购中有 {fresh} 次买了从没买过的品类；{families.Count} 个品类里有 {once} 个只买过一次"
                    ),
                ]
            );
    }

    private static string Percent(decimal rate) => (100 * rate).ToString("0", CultureInfo.InvariantCulture);
}
