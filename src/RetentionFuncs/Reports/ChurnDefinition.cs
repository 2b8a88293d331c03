using System.Globalization;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring;

namespace RetentionFuncs.Reports;

/// <summary>Whom the churn rate counts, in words: those who are Lapsed or Lost by the business's rule (playbook P2).</summary>
internal static class ChurnDefinition
{
    public static Phrase Of(LapseRule rule) =>
        rule switch
        {
            LapseRule.FixedDays f => new(
                $"share of customers without an order for {f.Bands.Lapsed} days or longer",
                $"{f.Bands.Lapsed} 天及以上没有下单的客户占比"
            ),
            LapseRule.ChanceOfReturn { Fitted: { } fitted } chance => new(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"share of customers whose chance of ordering within {fitted.HorizonDays} days has fallen to {100 * chance.Levels.Lapsed:0} % of what it was after their last order"
                ),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{fitted.HorizonDays} 天内回购概率已降至上次下单后水平的 {100 * chance.Levels.Lapsed:0}% 及以下的客户占比"
                )
            ),
            _ => new("share of customers silent far beyond their own rhythm", "沉默时间远超自身购买节奏的客户占比"),
        };
}
