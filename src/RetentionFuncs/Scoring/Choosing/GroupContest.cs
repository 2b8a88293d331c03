using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>Whether markets or product families are better told by models of their own, shrunk towards the whole's.</summary>
internal static class GroupContest
{
    /// <summary>A grouping that lowered the holdout log loss, and by how much.</summary>
    public sealed record Won(ModelGrouping Grouping, double Gain, double Error);

    /// <summary>The better of the groupings that lower the log loss by more than one standard error of the paired difference, or null.</summary>
    public static Won? Run(
        Contender whole,
        BuyingModelKind kind,
        IReadOnlyList<HoldoutSplit> splits,
        HoldoutContest contest,
        BuyingHistory[] histories,
        double strength
    ) =>
        new[] { ModelGrouping.Market, ModelGrouping.Family }
            .Where(g => HasGroups(histories, g))
            .Select(g => (Grouping: g, Over: contest.Gain(Grouped(whole, kind, splits, histories, g, strength), whole)))
            .Where(t => t.Over.Gain > t.Over.Error)
            .OrderByDescending(t => t.Over.Gain)
            .Select(t => new Won(t.Grouping, t.Over.Gain, t.Over.Error))
            .FirstOrDefault();

    /// <summary>Models of the groups large enough whose fit ended well; the others are told by the whole.</summary>
    public static Dictionary<string, BuyingModel> Fit(
        IEnumerable<(BuyingPattern Pattern, string? Group)> customers,
        BuyingModel whole,
        double strength
    )
    {
        var models = new Dictionary<string, BuyingModel>(StringComparer.Ordinal);
        foreach (var group in customers.Where(c => c.Group is not null).GroupBy(c => c.Group!, c => c.Pattern, StringComparer.Ordinal))
        {
            if (
                group.Count() >= ChoiceOptions.LeastFitted
                && FitBuyingModel.Run(BuyingSample.Of(group), whole.Kind, new Shrinkage(whole, strength)) is ModelFit.Fitted fitted
            )
            {
                models[group.Key] = fitted.Model;
            }
        }

        return models;
    }

    public static string? GroupOf(BuyingHistory history, ModelGrouping grouping) => grouping.Pick(history.Market, history.Family);

    private static bool HasGroups(BuyingHistory[] histories, ModelGrouping grouping) =>
        histories
            .Select(h => GroupOf(h, grouping))
            .Where(g => g is not null)
            .GroupBy(g => g, StringComparer.Ordinal)
            .Count(g => g.Count() >= ChoiceOptions.LeastFitted) >= 2;

    private static Contender Grouped(
        Contender whole,
        BuyingModelKind kind,
        IReadOnlyList<HoldoutSplit> splits,
        BuyingHistory[] histories,
        ModelGrouping grouping,
        double strength
    )
    {
        var chances = new List<double[]>();
        for (var s = 0; s < splits.Count; s++)
        {
            var split = splits[s];
            var groups = Array.ConvertAll(split.Customers, c => GroupOf(histories[c], grouping));
            var all = HeldFit.Run(BuyingSample.Of(split.Patterns), kind, DateOnly.FromDayNumber(split.CalibrationEnd)).Model!;
            var own = Fit(split.Patterns.Zip(groups), all, strength);
            var stated = (double[])whole.Chances[s].Clone();
            for (var i = 0; i < stated.Length; i++)
            {
                stated[i] =
                    groups[i] is { } name && own.TryGetValue(name, out var model)
                        ? model.ChanceOfReturn(split.Patterns[i], split.HorizonDays)
                        : stated[i];
            }

            chances.Add(stated);
        }

        return new Contender(whole.Rule, chances, null);
    }
}
