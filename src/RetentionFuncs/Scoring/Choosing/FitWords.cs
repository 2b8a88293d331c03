using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>Why a candidate is out of the contest, or not fitted by likelihood alone.</summary>
internal static class FitWords
{
    public static Phrase NoEarlier { get; } =
        new(
            "The history is too short to learn this baseline's curve before the holdout.",
            "历史数据太短，检验期之前没有足够的数据来拟合这条基准曲线。"
        );

    public static Phrase Held(Phrase note) =>
        new($"{note.En} Held by a weak pull towards usual values.", $"{note.Zh}已用一个很弱的先验把参数拉向常见取值。");

    public static Phrase NoteOf(ModelFit fit, BuyingModelKind kind, DateOnly at) =>
        fit switch
        {
            ModelFit.AtBound bound => new(
                $"Fitted as of {at:yyyy-MM-dd}, {bound.Parameter} ran to its bound: the data do not determine it.",
                $"用截至 {at:yyyy-MM-dd} 的数据拟合时，参数 {bound.Parameter} 到了边界，数据不足以确定它。"
            ),
            ModelFit.TooFewCustomers few => new(
                $"{few.Customers:N0} customers as of {at:yyyy-MM-dd}; a fit needs {few.Least:N0}.",
                $"截至 {at:yyyy-MM-dd} 只有 {few.Customers:N0} 位顾客，拟合至少需要 {few.Least:N0} 位。"
            ),
            ModelFit.NotConverged lost => new(
                $"The fit of {kind}/NBD as of {at:yyyy-MM-dd} found no top: {lost.Why}.",
                $"用截至 {at:yyyy-MM-dd} 的数据拟合 {kind}/NBD 没有收敛。"
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(fit), fit, "A fit that ended well needs no note."),
        };
}
