using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>All candidates held against the same stretches of the business's own history.</summary>
/// <param name="Histories">The customers the plan's cases are positions in.</param>
internal sealed record ModelComparison(
    BuyingHistory[] Histories,
    HoldoutPlan Plan,
    HoldoutContest Contest,
    IReadOnlyList<Contender> Contenders
)
{
    public IReadOnlyList<Candidate> Candidates => [.. Contenders.Select(Contest.Judge)];

    public IReadOnlyList<HoldoutPeriod> Periods =>
        [.. Plan.Splits.Select(s => new HoldoutPeriod(DateOnly.FromDayNumber(s.CalibrationEnd), s.Customers.Length, s.Returned))];

    public Contender Of(ScoreRule rule) => Contenders.Single(c => c.Rule == rule);

    /// <summary>Null when there is too little history, or too few customers in it, to compare by.</summary>
    public static ModelComparison? Of(BuyingHistory[] histories, DateOnly asOf, int horizonDays, int holdouts)
    {
        var plan = HoldoutPlan.Of(histories, asOf.DayNumber, horizonDays, holdouts);
        if (plan.Splits.Count == 0)
        {
            return null;
        }

        var (held, mbg) = WhereDefaultFits(plan);
        Contender[] contenders =
        [
            mbg,
            Candidacies.OfModel(BuyingModelKind.BG, held.Splits),
            Candidacies.OfModel(BuyingModelKind.Pareto, held.Splits),
            Candidacies.OfBaseline(ScoreRule.OwnRhythm, held, histories),
            Candidacies.OfBaseline(ScoreRule.Hiatus, held, histories),
        ];
        return new ModelComparison(histories, held, new HoldoutContest(held.Splits, histories.Length), contenders);
    }

    /// <summary>An old stretch on which the default cannot be fitted is left out, so that the shop's beginnings do not decide its present.</summary>
    private static (HoldoutPlan Plan, Contender Default) WhereDefaultFits(HoldoutPlan plan)
    {
        var all = Candidacies.OfModel(BuyingModelKind.MBG, plan.Splits);
        for (var count = plan.Splits.Count - 1; count > 0 && !all.Competes; count--)
        {
            var newest = plan.Newest(count);
            if (Candidacies.OfModel(BuyingModelKind.MBG, newest.Splits) is { Competes: true } fewer)
            {
                return (newest, fewer);
            }
        }

        return (plan, all);
    }
}
