using System.Globalization;
using RetentionFuncs.Findings;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Explanations;

/// <summary>How likely a customer is to order again, unfolded to what the number rests on.</summary>
public static class ChanceSentence
{
    /// <param name="day">The chance is that of its end.</param>
    /// <returns>Null when nothing was bought by then or no model gives a chance.</returns>
    public static Phrase? Of(PurchaseSummary summary, DateOnly day, FittedModel? fitted)
    {
        var known = summary.DaysUpTo(day);
        if (fitted is null || !known.HasPurchases || day < known.LastDay)
        {
            return null;
        }

        var (pattern, group) = (BuyingPattern.Of(known, day), fitted.GroupOf(known));
        var fresh = fitted.ChanceOfReturn(pattern.AfterSilence(Math.Min(1, pattern.Gap)), group);
        if (fitted.ChanceOfReturn(pattern, group) is not { } now || fresh is not { } then)
        {
            return null;
        }

        return new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Chance of ordering within {fitted.HorizonDays} days {Percent(now)} (was {Percent(then)} after the last order); {Rhythm(pattern).En}, silent for {pattern.Gap:0} {(pattern.Gap == 1 ? "day" : "days")}.{Basis(fitted, pattern, group).En}"
            ),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{fitted.HorizonDays} 天内再次下单的概率为 {Percent(now)}（上次下单后为 {Percent(then)}）；{Rhythm(pattern).Zh}，现已沉默 {pattern.Gap:0} 天。{Basis(fitted, pattern, group).Zh}"
            )
        );
    }

    private static Phrase Rhythm(BuyingPattern pattern)
    {
        var days = pattern.Repeats == 0 ? 0 : (int)Math.Round(pattern.Recency / pattern.Repeats);
        return pattern.Repeats == 0 ? new("has bought on one day so far", "目前只在一天里买过")
            : days <= 1 ? new("usually orders every day", "通常每天下单")
            : new($"usually orders every {days} days", $"通常每 {days} 天下一单");
    }

    private static Phrase Basis(FittedModel fitted, BuyingPattern pattern, string? group)
    {
        // BG/NBD cannot think that someone left after the first purchase: its certainty would only mislead.
        var told = fitted.ModelFor(group);
        var model = told is { Kind: BuyingModelKind.BG } && pattern.Repeats == 0 ? null : told;
        var alive = model is null ? "" : $" Still a customer by the model: {Percent(model.ChanceAlive(pattern))}.";
        var aliveZh = model is null ? "" : $"按模型仍是顾客的概率：{Percent(model.ChanceAlive(pattern))}。";
        var name = fitted.Chosen switch
        {
            ScoreRule.Hiatus => new Phrase("days of silence alone", "仅按沉默天数"),
            ScoreRule.OwnRhythm => new Phrase("own rhythm", "按自身购买节奏"),
            var rule => new Phrase($"{rule}/NBD", $"{rule}/NBD 模型"),
        };
        var from = string.Create(CultureInfo.InvariantCulture, $"{fitted.Customers:N0}");
        return new(
            $"{alive} ({name.En}, fit {fitted.Version} of {fitted.AsOf:yyyy-MM-dd} on {from} customers)",
            $"{aliveZh}（{name.Zh}，{fitted.AsOf:yyyy-MM-dd} 第 {fitted.Version} 次拟合，{from} 位顾客）"
        );
    }

    private static string Percent(double share) =>
        share is > 0 and < 0.01 ? "< 1 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
