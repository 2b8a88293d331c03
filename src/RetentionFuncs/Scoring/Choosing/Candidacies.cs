using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>Fits the candidates on what was known at each calibration end, and has them state the chances of the horizon after it.</summary>
internal static class Candidacies
{
    /// <summary>A buying model is fitted on each split's own patterns, and so on nothing that came later.</summary>
    public static Contender OfModel(BuyingModelKind kind, IReadOnlyList<HoldoutSplit> splits)
    {
        var (chances, expected, note) = (new List<double[]>(), 0.0, (Phrase?)null);
        foreach (var split in splits)
        {
            var fit = HeldFit.Run(BuyingSample.Of(split.Patterns), kind, DateOnly.FromDayNumber(split.CalibrationEnd));
            if (fit.Model is not { } model)
            {
                return Contender.Out(RuleNames.RuleOf(kind), fit.Note!);
            }

            note ??= fit.Note;
            chances.Add(Array.ConvertAll(split.Patterns, p => model.ChanceOfReturn(p, split.HorizonDays)));
            expected += split.Patterns.Sum(p => model.ExpectedOrders(p, split.HorizonDays));
        }

        return new Contender(RuleNames.RuleOf(kind), chances, note) { ExpectedOrders = expected };
    }

    /// <summary>A baseline's curve is learned a horizon earlier, where the outcome was known at the calibration end.</summary>
    public static Contender OfBaseline(ScoreRule rule, HoldoutPlan plan, IReadOnlyList<BuyingHistory> histories)
    {
        if (plan.Earlier.Count == 0)
        {
            return Contender.Out(rule, FitWords.NoEarlier);
        }

        var chances = plan.Splits.Zip(plan.Earlier).Select(pair => ChancesAt(pair.First, pair.Second));
        return new Contender(rule, [.. chances], null);

        double[] ChancesAt(HoldoutSplit split, HoldoutSplit earlier)
        {
            var gap = BuyingCycle.PopulationGap(histories, split.CalibrationEnd);
            var curve = CurveOf(rule, earlier, gap);
            return Array.ConvertAll(split.Patterns, p => curve.At(FittedModel.FeatureOf(rule, p, gap)));
        }
    }

    public static ReturnCurve CurveOf(ScoreRule rule, HoldoutSplit split, decimal? populationGap) =>
        FitReturnCurve.Run(Array.ConvertAll(split.Patterns, p => FittedModel.FeatureOf(rule, p, populationGap)), split.Orders);
}
