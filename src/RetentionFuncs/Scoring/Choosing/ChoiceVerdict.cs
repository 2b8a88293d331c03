using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>Which rule a contest ends with.</summary>
/// <param name="Model">The best buying model; null when none could be fitted.</param>
/// <param name="Chosen">That model, or a baseline that was better.</param>
/// <param name="Against">What the chosen rule displaced, or what came nearest to displacing it; null when it stood alone.</param>
/// <param name="Gain">How much lower the chosen rule's log loss is than that of <paramref name="Against"/>.</param>
/// <param name="Displaced">Whether <paramref name="Against"/> held the place and lost it.</param>
internal sealed record ChoiceVerdict(Contender? Model, Contender Chosen, Contender? Against, double Gain, double Error, bool Displaced)
{
    /// <summary>A log loss lower by less than this, in nats per customer, is a difference nobody would notice, however certain.</summary>
    private const double LeastGain = 0.001;

    /// <summary>
    /// MBG/NBD is the default and stays unless another model's log loss is lower by more than one standard error of the paired
    /// difference, and by <see cref="LeastGain"/>; a baseline replaces the model by the same rule. Where MBG/NBD could not be fitted, BG, Pareto, own rhythm and days of
    /// silence hold its place in that order.
    /// </summary>
    /// <returns>Null when nothing competes.</returns>
    public static ChoiceVerdict? Of(IReadOnlyList<Contender> contenders, HoldoutContest contest)
    {
        Contender[] inOrder = [.. contenders.Where(c => c.Competes).OrderBy(c => RankOf(c.Rule))];
        if (inOrder.Length == 0)
        {
            return null;
        }

        var models = inOrder.Where(c => RuleNames.KindOf(c.Rule) is not null).ToList();
        var baselines = inOrder.Except(models).ToList();
        if (models.Count == 0)
        {
            return Best(baselines[0], baselines.Skip(1), contest) with { Model = null };
        }

        var model = Best(models[0], models.Skip(1), contest);
        var final = Best(model.Chosen, baselines, contest);
        return final.Displaced ? final with { Model = model.Chosen } : Nearer(model, final);
    }

    /// <summary>A displaced model is told before a baseline that failed to displace.</summary>
    private static ChoiceVerdict Nearer(ChoiceVerdict model, ChoiceVerdict final) =>
        (model.Displaced || final.Against is null || (model.Against is not null && model.Gain < final.Gain) ? model : final) with
        {
            Model = model.Chosen,
        };

    private static ChoiceVerdict Best(Contender incumbent, IEnumerable<Contender> challengers, HoldoutContest contest)
    {
        var tried = challengers.Select(c => (Challenger: c, Over: contest.Gain(c, incumbent))).OrderByDescending(t => t.Over.Gain).ToList();
        if (tried.Count == 0)
        {
            return new ChoiceVerdict(incumbent, incumbent, null, 0, 0, false);
        }

        var better = tried.Where(t => t.Over.Gain > Math.Max(t.Over.Error, LeastGain)).ToList();
        return better.Count > 0
            ? new ChoiceVerdict(better[0].Challenger, better[0].Challenger, incumbent, better[0].Over.Gain, better[0].Over.Error, true)
            : new ChoiceVerdict(incumbent, incumbent, tried[0].Challenger, -tried[0].Over.Gain, tried[0].Over.Error, false);
    }

    private static int RankOf(ScoreRule rule) =>
        rule switch
        {
            ScoreRule.MBG => 0,
            ScoreRule.BG => 1,
            ScoreRule.Pareto => 2,
            ScoreRule.OwnRhythm => 3,
            _ => 4,
        };
}
