using RetentionFuncs.Findings;

namespace RetentionFuncs.Segments;

/// <summary>Names that ask what a customer is worth. Before the first refit tiers and chances are unknown, and the flags are no.</summary>
internal static class ValueFields
{
    private static readonly FactKind.Flag Flag = new();
    private static readonly FactKind.Whole Percent = new(0, 100, new Phrase("a percentage", "百分数"));

    public static IReadOnlyList<AudienceField> All { get; } =
    [
        AudienceFields.Of(
            "value_tier",
            new FactKindOfTiers(),
            "ineffective < maintenance < standard < major < key",
            "价值层级，依次为无效、维持、一般、重点、关键",
            f => (int?)f.Value?.Tier
        ),
        AudienceFields.Of(
            "expected_profit",
            new FactKind.Amount(),
            "profit expected of the next year, in the business's currency",
            "未来一年预计利润（店铺货币）",
            f => f.Value?.ExpectedProfit
        ),
        AudienceFields.Of(
            "chance_of_return",
            Percent,
            "0 to 100: how likely an order is within the usual cycle",
            "0–100，在通常周期内再次下单的可能性",
            f => OfHundred(f.Value?.ChanceOfReturn)
        ),
        AudienceFields.Of(
            "chance_alive",
            Percent,
            "0 to 100: still a customer by the model; for looking at, pick people by chance_of_return",
            "0–100，按模型仍是顾客的概率；仅供查看，选人请用 chance_of_return",
            f => OfHundred(f.Value?.ChanceAlive)
        ),
        AudienceFields.Of(
            "false_key",
            Flag,
            "buys like a key account, but is none",
            "假大户：看似关键客户，实则不是",
            f => f.Value?.IsFalseKey == true ? 1 : 0
        ),
        AudienceFields.Of(
            "potential",
            Flag,
            "small, with signs of growth",
            "规模小但有成长迹象",
            f => f.Value?.HasPotential == true ? 1 : 0
        ),
        AudienceFields.Of("loyal", Flag, "two or more signs of loyalty", "有两项以上忠诚迹象", f => f.Value?.IsLoyal == true ? 1 : 0),
    ];

    private static decimal? OfHundred(double? share) => share is { } known ? Math.Round((decimal)known * 100, 1) : null;
}
