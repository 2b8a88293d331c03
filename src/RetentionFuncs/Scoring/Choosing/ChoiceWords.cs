using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>Why a rule was chosen, with the figures, in a sentence or two.</summary>
internal static class ChoiceWords
{
    public static Phrase TooFew(int customers) =>
        new(
            $"No model yet: {customers:N0} customers, and a fit needs {ChoiceOptions.LeastFitted:N0}. Until then stages follow each customer's own rhythm, shrunk towards everybody's.",
            $"暂不建模：目前只有 {customers:N0} 位顾客，至少需要 {ChoiceOptions.LeastFitted:N0} 位。在此之前，阶段按每位顾客自己的购买节奏判断，数据少的顾客向整体平均节奏靠拢。"
        );

    public static Phrase NoneFitted(Phrase note) =>
        new(
            $"No model could be fitted. {note.En} Until one can, stages follow each customer's own rhythm, shrunk towards everybody's.",
            $"没有一个模型能拟合成功。{note.Zh}在此之前，阶段按每位顾客自己的购买节奏判断，数据少的顾客向整体平均节奏靠拢。"
        );

    public static Phrase Uncompared(ScoreRule rule, int horizonDays) =>
        new(
            $"{NameOf(rule).En} on all data, not compared: a comparison needs a history of at least twice {horizonDays} days, with {ChoiceOptions.LeastCompared} customers known {horizonDays} days ago, of whom {ChoiceOptions.LeastReturned} have ordered since.",
            $"选用方法：{NameOf(rule).Zh}，用全部数据拟合，未做比较。比较的前提是：历史至少有两个 {horizonDays} 天，{horizonDays} 天前已有至少 {ChoiceOptions.LeastCompared} 位顾客，其中至少 {ChoiceOptions.LeastReturned} 位此后又下过单。"
        );

    public static Phrase Forced(ScoreRule rule) =>
        new($"{NameOf(rule).En}, because it was asked for.", $"按指定选用方法：{NameOf(rule).Zh}。");

    public static Phrase Of(ChoiceVerdict verdict, HoldoutContest contest, int holdouts, int horizonDays)
    {
        var (name, own) = (NameOf(verdict.Chosen.Rule), contest.Judge(verdict.Chosen));
        var (periodsEn, periodsZh) = (
            holdouts == 1 ? $"a holdout of {horizonDays} days" : $"{holdouts} holdouts of {horizonDays} days",
            $"检验期 {holdouts} 段，各 {horizonDays} 天"
        );
        var loss = $"{own.LogLoss:0.0000} ± {own.LogLossError:0.0000}";
        if (verdict.Against is not { } against)
        {
            return new(
                $"{name.En}: the only candidate that could be fitted; log loss {loss} on {periodsEn}.",
                $"选用方法：{name.Zh}。只有它能拟合成功；{periodsZh}，对数损失 {loss}。"
            );
        }

        var (other, otherLoss) = (NameOf(against.Rule), $"{contest.Judge(against).LogLoss:0.0000}");
        var difference = $"{verdict.Gain:0.0000} ± {verdict.Error:0.0000}";
        return verdict.Displaced
            ? new(
                $"{name.En} replaces {other.En}: log loss {loss} against {otherLoss} on {periodsEn}, lower by {difference}, which is more than one standard error.",
                $"选用方法：{name.Zh}，取代：{other.Zh}。{periodsZh}，对数损失 {loss}，原方法 {otherLoss}，低 {difference}，超过一个标准误。"
            )
            : new(
                $"{name.En}: log loss {loss} on {periodsEn}; nothing else is lower by more than one standard error (nearest: {other.En} with {otherLoss}).",
                $"选用方法：{name.Zh}。{periodsZh}，对数损失 {loss}；其他方法都没有低出一个标准误以上，最接近的是：{other.Zh}（{otherLoss}）。"
            );
    }

    public static Phrase Grouped(Phrase why, GroupContest.Won won)
    {
        var gain = $"{won.Gain:0.0000} ± {won.Error:0.0000}";
        var (en, zh) = won.Grouping == ModelGrouping.Market ? ("Markets", "各市场") : ("Product families", "各商品品类");
        return new($"{why.En} {en} have models of their own: log loss lower by {gain}.", $"{why.Zh}{zh}单独建模：对数损失再低 {gain}。");
    }

    /// <summary>Said first when what should be the default is not there.</summary>
    public static Phrase After(Phrase note, Phrase why) => new($"{note.En} {why.En}", $"{note.Zh}{why.Zh}");

    private static Phrase NameOf(ScoreRule rule) => RuleNames.Of(rule);
}
