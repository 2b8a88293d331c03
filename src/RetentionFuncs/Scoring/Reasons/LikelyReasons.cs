using System.Globalization;
using RetentionFuncs.Experiences;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Reasons;

/// <summary>
/// Reason hypotheses from what was seen, each with its weight and its evidence. The weights of single signs are judgements of how far
/// such a sign carries (playbook P3, P13), not shares from a survey; how common a reason is, only the shop's own answers say.
/// </summary>
public static class LikelyReasons
{
    /// <summary>An answer just given; all evidence stays below it.</summary>
    private const double OwnAnswer = 0.95;

    private const double MostEvidence = 0.9;

    /// <summary>Reasons with any evidence, by weight; empty when nothing speaks for one.</summary>
    public static IReadOnlyList<LikelyReason> Of(ReasonFacts facts, ReasonPriors priors)
    {
        var answer = facts.Experiences.NewestReason;
        var fresh = answer is null ? 0 : Fading.WeightOf(answer, facts.At);
        var reasons = new List<LikelyReason>();
        foreach (var kind in Enum.GetValues<ReasonKind>())
        {
            var signs = SignsOf(kind, facts);
            var weight = Math.Min(MostEvidence, priors.Weigh(kind, signs.Strength)) * (1 - fresh);
            if (fresh > 0 && answer!.Reason == kind)
            {
                reasons.Add(
                    new LikelyReason(kind, OwnAnswer * fresh + ((1 - OwnAnswer * fresh) * weight), [Said(answer), .. signs.Evidence], true)
                );
            }
            else if (weight > 0)
            {
                reasons.Add(new LikelyReason(kind, weight, signs.Evidence, false));
            }
        }

        return [.. reasons.OrderByDescending(r => r.Weight).ThenBy(r => r.Kind)];
    }

    /// <summary>The likeliest reason, when it is likely enough to act on.</summary>
    public static ReasonKind? Likeliest(IReadOnlyList<LikelyReason> reasons) =>
        reasons.Count > 0 && reasons[0].Weight >= LikelyReason.Likely ? reasons[0].Kind : null;

    private static Signs SignsOf(ReasonKind kind, ReasonFacts facts) =>
        kind switch
        {
            ReasonKind.Forgot => BuyingSigns.Forgot(facts),
            ReasonKind.Price => BuyingSigns.Price(facts),
            ReasonKind.WantsNew => BuyingSigns.WantsNew(facts),
            ReasonKind.Dissatisfied => ExperienceSigns.Dissatisfied(facts),
            ReasonKind.BusinessChange => BusinessSigns.Shrinking(facts).And(PaymentSigns.Unpaid(facts)),
            ReasonKind.Relation => ExperienceSigns.Relation(facts),
            _ => Signs.None,
        };

    private static Phrase Said(Experience answer)
    {
        var (on, name) = (answer.OccurredAt.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ReasonWords.NameOf(answer.Reason!.Value));
        return new($"said so when asked on {on}: {name.En}", $"{on} 回访时本人表示：{name.Zh}");
    }
}
