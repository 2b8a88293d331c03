using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>
/// Fits a business's models on its whole history and chooses what gives its chances of return: by log loss on stretches of its own
/// history that nothing was fitted on. Pure, and the same to the last bit whatever order customers come in.
/// </summary>
public static class ChooseModel
{
    /// <summary>Three parameters are known to a fraction of a percent from so many; more only take time.</summary>
    private const int SpendCap = 200_000;

    /// <param name="histories">Of customers with a purchase; purchase days after <paramref name="asOf"/> are not read.</param>
    /// <param name="asOf">The end of this day.</param>
    /// <param name="version">What the fit will be known by.</param>
    public static FittedModel Run(IReadOnlyList<BuyingHistory> histories, DateOnly asOf, ChoiceOptions options, int version)
    {
        var known = HistoryOrder.Sorted(UpTo(histories, asOf.DayNumber));
        var horizon = options.HorizonDays ?? BuyingCycle.HorizonOf(known);
        var unfitted = new FittedModel(
            version,
            asOf,
            known.Length,
            horizon,
            ScoreRule.OwnRhythm,
            ChoiceWords.TooFew(known.Length),
            null,
            null,
            null,
            SpendOf(known),
            BuyingCycle.PopulationGap(known),
            [],
            ModelGrouping.None,
            new Dictionary<string, BuyingModel>()
        );
        return known.Length < ChoiceOptions.LeastFitted ? unfitted : Fit(unfitted, known, options);
    }

    private static FittedModel Fit(FittedModel unfitted, BuyingHistory[] known, ChoiceOptions options)
    {
        var sample = BuyingSample.Of(known.Select(h => h.PatternOn(unfitted.AsOf.DayNumber)!.Value));
        var compared = HistoryOrder.Sample(known, options.SampleCap);
        if (ModelComparison.Of(compared, unfitted.AsOf, unfitted.HorizonDays, options.Holdouts) is not { } comparison)
        {
            return FinalFit.Uncompared(unfitted, sample, options.Forced ?? BuyingModelKind.MBG, options.Forced is not null);
        }

        var shown = unfitted with { Candidates = comparison.Candidates, Holdouts = comparison.Periods };
        return options.Forced is { } forced
            ? FinalFit.Forced(shown, sample, forced)
            : FinalFit.Compared(shown, sample, known, comparison, options);
    }

    private static SpendModel? SpendOf(BuyingHistory[] known) =>
        FitSpendModel.Run(HistoryOrder.Sample(known, SpendCap).Select(RepeatSpend)) is SpendFit.Fitted { Model: var spend } ? spend : null;

    /// <summary>The first purchase day is left out: it is often unlike the rest, and frequency counts repeats.</summary>
    private static (int Repeats, double Mean) RepeatSpend(BuyingHistory history)
    {
        var (count, sum) = (0, 0m);
        for (var i = 1; i < history.Amounts.Length; i++)
        {
            (count, sum) = history.Amounts[i] > 0 ? (count + 1, sum + history.Amounts[i]) : (count, sum);
        }

        return (count, count == 0 ? 0 : (double)(sum / count));
    }

    private static BuyingHistory[] UpTo(IReadOnlyList<BuyingHistory> histories, int day)
    {
        var known = new List<BuyingHistory>(histories.Count);
        foreach (var history in histories)
        {
            var count = history.CountUpTo(day);
            if (count == history.Days.Length && count > 0)
            {
                known.Add(history);
            }
            else if (count > 0)
            {
                known.Add(history.Cut(count));
            }
        }

        return [.. known];
    }
}
