using RetentionFuncs.Findings;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Values;

/// <summary>
/// What a customer is worth. Our rule: money (profit of the past year and expected profit of the horizon) ranks; a key account is
/// confirmed by two purchase days and by frequency (the usual of repeat buyers) or loyalty; false key accounts are kept below. Pure.
/// </summary>
public static class AssessValue
{
    /// <returns>Null while nothing was bought by that day.</returns>
    public static ValueAssessment? Of(PurchaseSummary summary, FittedModel? fitted, TierCutPoints cuts, ValueSignals signals, DateOnly day)
    {
        var known = summary.DaysUpTo(day);
        return known.HasPurchases ? Of(known.ToHistory(cuts.Currency), fitted, cuts, signals, day) : null;
    }

    /// <param name="history">With a purchase by that day; later ones do not count.</param>
    public static ValueAssessment Of(BuyingHistory history, FittedModel? fitted, TierCutPoints cuts, ValueSignals signals, DateOnly day)
    {
        var asOf = day.DayNumber;
        var year = BuyingYear.Of(history, asOf);
        var worth = ValueMoney.Of(history, year, asOf, fitted, cuts.Settings, cuts.ProfitRate);
        var of = new ValueCase(history, asOf, year, worth, RankedOf(history, year, worth, asOf, fitted, cuts), signals, fitted, cuts);
        var loyalty = Loyalty.Of(history, year, asOf, signals);
        var falseKeys = FindFalseKeys.Of(of);
        var byWorth = cuts.TierOf(worth.Total);
        var doubts = DoubtsOf(of, falseKeys, loyalty);
        var ranked = cuts.TierOf(of.Ranked);
        var tier = ranked == ValueTier.Key && doubts.Count > 0 ? ValueTier.Major : ranked;
        var pattern = history.PatternOn(asOf)!.Value;
        var chance = fitted?.ChanceOfReturn(pattern, fitted.GroupOf(history));
        return new ValueAssessment(
            day,
            cuts.Currency,
            tier,
            HoldsOf(of, falseKeys, loyalty),
            byWorth,
            tier == byWorth ? []
                : ranked == ValueTier.Key ? doubts
                : [OneOffBulk.Evidence(of)],
            NearOf(of, tier, ranked, doubts),
            tier < ValueTier.Key && cuts.CutOf(tier + 1) is { } next ? of.Ranked / next : null,
            worth,
            ReadCriteria.Of(of, loyalty),
            loyalty,
            falseKeys,
            FindPotential.Of(of, tier, chance),
            chance,
            fitted?.ModelFor(fitted.GroupOf(history))?.ChanceAlive(pattern),
            cuts.Version
        );
    }

    private static decimal RankedOf(
        BuyingHistory history,
        BuyingYear year,
        ValueMoney worth,
        int asOf,
        FittedModel? fitted,
        TierCutPoints cuts
    ) =>
        OneOffBulk.CutDown(history, year, cuts.UsualDayAmount, cuts.Settings.FalseKeys) is { } rest
            ? ValueMoney.Of(rest, BuyingYear.Of(rest, asOf), asOf, fitted, cuts.Settings, cuts.ProfitRate).Total
            : worth.Total;

    /// <summary>What speaks against a key account, besides money.</summary>
    private static List<Phrase> DoubtsOf(ValueCase of, IReadOnlyList<FalseKey> falseKeys, Loyalty loyalty)
    {
        var doubts = falseKeys.Select(f => f.Evidence).ToList();
        if (of.Year.DaysEver < 2)
        {
            doubts.Add(new("bought on one day only", "只在一天里买过"));
        }
        else if (of.Year.Days < of.Cuts.MedianPurchaseDays && !loyalty.IsLoyal)
        {
            doubts.Add(
                new(
                    $"{of.Year.Days} purchase days in the past year, fewer than the {of.Cuts.MedianPurchaseDays} of the usual repeat buyer, and not yet loyal",
                    $"近一年 {of.Year.Days} 天有购买，少于普通回头客的 {of.Cuts.MedianPurchaseDays} 天，也还看不出忠诚"
                )
            );
        }

        return doubts;
    }

    /// <summary>As the tier, with a tenth of leeway in money and frequency, so that nobody goes to and fro over a small thing.</summary>
    private static ValueTier HoldsOf(ValueCase of, IReadOnlyList<FalseKey> falseKeys, Loyalty loyalty)
    {
        var holds = of.Cuts.TierOf(of.Ranked, TierCutPoints.Ease);
        var seldom = of.Year.DaysEver < 2 || (of.Year.Days < of.Cuts.MedianPurchaseDays * TierCutPoints.Ease && !loyalty.IsLoyal);
        return holds == ValueTier.Key && (falseKeys.Count > 0 || seldom) ? ValueTier.Major : holds;
    }

    private static ValueTier? NearOf(ValueCase of, ValueTier tier, ValueTier ranked, List<Phrase> doubts)
    {
        if (tier != ranked || tier == ValueTier.Key)
        {
            return null;
        }

        var next = of.Cuts.TierOf(of.Ranked, TierCutPoints.Ease);
        return next <= tier || (next == ValueTier.Key && doubts.Count > 0) ? null : next;
    }
}
