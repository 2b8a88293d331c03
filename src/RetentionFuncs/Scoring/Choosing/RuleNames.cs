using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>The rules as the literature and marketers call them.</summary>
public static class RuleNames
{
    public static Phrase Of(ScoreRule rule) =>
        rule switch
        {
            ScoreRule.Hiatus => new("days of silence", "沉默天数"),
            ScoreRule.OwnRhythm => new("own rhythm", "自身节奏"),
            _ => new($"{rule}/NBD", $"{rule}/NBD"),
        };

    public static ScoreRule RuleOf(BuyingModelKind kind) =>
        kind switch
        {
            BuyingModelKind.BG => ScoreRule.BG,
            BuyingModelKind.Pareto => ScoreRule.Pareto,
            _ => ScoreRule.MBG,
        };

    /// <summary>Null for a baseline.</summary>
    public static BuyingModelKind? KindOf(ScoreRule rule) =>
        rule switch
        {
            ScoreRule.MBG => BuyingModelKind.MBG,
            ScoreRule.BG => BuyingModelKind.BG,
            ScoreRule.Pareto => BuyingModelKind.Pareto,
            _ => null,
        };
}
