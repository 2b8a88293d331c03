using System.Globalization;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Explanations;

/// <summary>What a customer is worth, with every number it rests on.</summary>
/// <param name="Recorded">The tier on record by that day; null when there was none.</param>
/// <param name="Sentences">The tier and its criteria, then what speaks against key, for potential, and what is near.</param>
public sealed record ValueExplanation(ValueAssessment Value, TierStanding? Recorded, IReadOnlyList<Phrase> Sentences)
{
    /// <param name="recorded">As on file; passed over when it was recorded after the day.</param>
    public static ValueExplanation? Of(ValueAssessment? value, TierStanding? recorded)
    {
        if (value is null)
        {
            return null;
        }

        var known = recorded?.Since <= value.On ? recorded : null;
        return new ValueExplanation(value, known, [.. SentencesOf(value, known)]);
    }

    private static IEnumerable<Phrase> SentencesOf(ValueAssessment value, TierStanding? recorded)
    {
        yield return Tier(value, recorded);
        if (value.Lowered.Count > 0)
        {
            var (above, why) = (value.ByWorth.Name(), All(value.Lowered));
            yield return new($"Not {above.En}: {why.En}.", $"未列为{above.Zh}：{why.Zh}。");
        }

        if (value.FalseKeys.Select(f => f.Evidence).Except(value.Lowered).ToArray() is { Length: > 0 } unsaid)
        {
            var seen = All(unsaid);
            yield return new($"A false key account: {seen.En}.", $"假大户：{seen.Zh}。");
        }

        if (value.Potential is { } potential)
        {
            yield return new($"Has potential: {All(potential.Evidence).En}.", $"有潜力：{All(potential.Evidence).Zh}。");
        }

        if ((recorded is null ? value.Near : recorded.Near) is { } near)
        {
            var share = ((value.OfNext ?? 1) * 100).ToString("0", CultureInfo.InvariantCulture);
            yield return new($"Near {near.Name().En}: {share} % of what it takes.", $"接近{near.Name().Zh}：已达所需的 {share}%。");
        }
    }

    private static Phrase Tier(ValueAssessment value, TierStanding? recorded)
    {
        var tier = (recorded?.Tier ?? value.Tier).Name();
        var since = recorded?.Since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var now = recorded is not null && recorded.Tier != value.Tier ? value.Tier.Name() : null;
        var criteria = value.Criteria.Select(c => c.Sentence).ToArray();
        return new(
            $"Value {tier.En}{(since is null ? "" : $" since {since}")}{(now is null ? "" : $" (by today's numbers {now.En})")}: {string.Join("; ", criteria.Select(c => c.En))}.",
            $"价值层级：{tier.Zh}{(since is null ? "" : $"（自 {since}）")}{(now is null ? "" : $"，按今日数据为{now.Zh}")}。{string.Join("；", criteria.Select(c => c.Zh))}。"
        );
    }

    private static Phrase All(IEnumerable<Phrase> parts)
    {
        var all = parts.ToArray();
        return new(string.Join("; ", all.Select(p => p.En)), string.Join("；", all.Select(p => p.Zh)));
    }
}
