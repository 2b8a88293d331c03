using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Reasons;

/// <summary>Reasons as files, events and expressions write them, and as people read them.</summary>
public static class ReasonWords
{
    /// <summary>By word, in the order of the kinds.</summary>
    public static IReadOnlyDictionary<string, ReasonKind> All { get; } =
        new Dictionary<string, ReasonKind>(StringComparer.Ordinal)
        {
            ["forgot"] = ReasonKind.Forgot,
            ["price"] = ReasonKind.Price,
            ["wants_new"] = ReasonKind.WantsNew,
            ["dissatisfied"] = ReasonKind.Dissatisfied,
            ["business_change"] = ReasonKind.BusinessChange,
            ["relation"] = ReasonKind.Relation,
            ["other"] = ReasonKind.Other,
        };

    public static Phrase NameOf(ReasonKind kind) =>
        kind switch
        {
            ReasonKind.Forgot => new("forgot the shop", "忘了这家店"),
            ReasonKind.Price => new("price", "价格"),
            ReasonKind.WantsNew => new("wants new things", "喜欢尝新"),
            ReasonKind.Dissatisfied => new("dissatisfied", "不满意"),
            ReasonKind.BusinessChange => new("the business changed", "客户自身业务变化"),
            ReasonKind.Relation => new("the personal contact went", "对接人离开"),
            _ => new("something else", "其他原因"),
        };
}
