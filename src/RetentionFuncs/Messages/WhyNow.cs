using System.Globalization;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Explanations;
using RetentionFuncs.Findings;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Messages;

/// <summary>One line for a person of ours who is about to call: what happened, and how this customer buys.</summary>
internal static class WhyNow
{
    public static Phrase Of(Campaign campaign, PurchaseSummary summary, DateOnly day, string currency)
    {
        var trigger = TriggerOf(campaign);
        if (!summary.HasPurchases)
        {
            return trigger;
        }

        var spend = summary.SpendIn(currency).ToString("#,0.##", CultureInfo.InvariantCulture);
        var last = summary.LastDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var silent = Math.Max(0, summary.SilenceOn(day));
        return new(
            $"{trigger.En}; last order {last}, {silent} days ago; {summary.Orders} orders, {spend} {currency} in all",
            $"{trigger.Zh}；上次下单 {last}，已过 {silent} 天；累计 {summary.Orders} 单、{spend} {currency}"
        );
    }

    private static Phrase TriggerOf(Campaign campaign) =>
        campaign.Trigger switch
        {
            CampaignTrigger.StageEntered(var stage) => StageOf(stage),
            CampaignTrigger.DaysAfterOrder(var days) => new($"{days} days after an order", $"下单后第 {days} 天"),
            CampaignTrigger.BirthdayCame => new("birthday", "生日"),
            CampaignTrigger.TierMoved { Direction: TierDirection.Up } => new("worth more than before", "客户价值上升"),
            CampaignTrigger.TierMoved => new("worth less than before", "客户价值下降"),
            CampaignTrigger.DateList => new("planned for this day", "计划内的日期"),
            _ => new(campaign.Titles.GetValueOrDefault("en") ?? campaign.Key, campaign.Titles.GetValueOrDefault("zh-CN") ?? campaign.Key),
        };

    private static Phrase StageOf(LapseStage stage) => new($"{stage.ToString().ToLowerInvariant()} now", $"进入“{StageNames.Zh(stage)}”");
}
