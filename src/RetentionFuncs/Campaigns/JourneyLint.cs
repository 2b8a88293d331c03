using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Campaigns;

/// <summary>Looks at one campaign's trigger, times and steps.</summary>
internal static class JourneyLint
{
    public static void Check(DraftCampaign draft)
    {
        Period(draft);
        Reach(draft);
        TierReach(draft);
        Waits(draft);
        Budget(draft);
        FirstOffer(draft);
        var (campaign, findings) = (draft.Campaign, draft.File.Findings);
        if (campaign.AttributionDays <= campaign.JourneyDays)
        {
            var at = draft.At("attribution");
            findings.Warning(
                at.Line,
                at.Column,
                new Phrase(
                    $"Orders count for {campaign.AttributionDays} days, but the last step comes after {campaign.JourneyDays}: its effect would not be seen.",
                    $"订单只统计 {campaign.AttributionDays} 天，而最后一步在第 {campaign.JourneyDays} 天之后，它的效果看不到。"
                ),
                new Phrase("Make attribution longer than all waits together.", "请让 attribution 长于所有等待之和。")
            );
        }
    }

    private static void Period(DraftCampaign draft)
    {
        var campaign = draft.Campaign;
        if (campaign.Start is { } start && campaign.End is { } end && end <= start)
        {
            Error(
                draft,
                "end",
                new Phrase("The end is not after the start.", "结束日期不晚于开始日期。"),
                new Phrase("The end is the first day on which no one enters any more.", "end 是不再有人进入的第一天。")
            );
        }

        if (campaign.Trigger is not CampaignTrigger.DateList list)
        {
            return;
        }

        var outside = list.Dates.Where(d => d < campaign.Start || d >= campaign.End).ToList();
        if (outside.Count > 0)
        {
            var days = string.Join(", ", outside.Select(d => d.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
            Error(draft, "trigger", new Phrase($"The campaign does not run on {days}.", $"{days} 不在活动期间内。"));
        }
    }

    private static void Reach(DraftCampaign draft)
    {
        if (draft.Campaign.Trigger is CampaignTrigger.StageEntered entered && !draft.Audience.CouldMatchAt(entered.Stage))
        {
            var stage = CampaignWords.WordOf(CampaignWords.Stages, entered.Stage);
            Error(
                draft,
                "audience",
                new Phrase(
                    $"No customer who has just become {stage} can be in this audience.",
                    $"刚进入 {stage} 阶段的顾客不可能符合这个受众条件。"
                ),
                new Phrase("Change the audience or the trigger.", "请修改受众或触发条件。")
            );
        }
    }

    private static void TierReach(DraftCampaign draft)
    {
        if (draft.Campaign.Trigger is not CampaignTrigger.TierMoved { To: { } to, Direction: var direction })
        {
            return;
        }

        var tier = to.Name();
        if (to == (direction == TierDirection.Down ? ValueTier.Key : ValueTier.Ineffective))
        {
            Error(
                draft,
                "trigger",
                direction == TierDirection.Down
                    ? new($"No tier is above {tier.En}, so nobody moves down to it.", $"“{tier.Zh}”之上没有更高层级，不会有人降到这里。")
                    : new($"No tier is below {tier.En}, so nobody rises to it.", $"“{tier.Zh}”之下没有更低层级，不会有人升到这里。"),
                new Phrase("Write another tier, or leave 'to' out for any.", "请换一个层级；不限层级时可省略 to。")
            );
        }
        else if (direction != TierDirection.Near && !draft.Audience.CouldMatchAt(to))
        {
            Error(
                draft,
                "audience",
                new Phrase(
                    $"No customer who has just become {tier.En} can be in this audience.",
                    $"刚成为{tier.Zh}的顾客不可能符合这个受众条件。"
                ),
                new Phrase("Change the audience or the trigger.", "请修改受众或触发条件。")
            );
        }
    }

    private static void Waits(DraftCampaign draft)
    {
        for (var i = 0; i < draft.Steps.Count; i++)
        {
            var (step, at) = draft.Steps[i];
            if (step is JourneyStep.Wait && i == draft.Steps.Count - 1)
            {
                Warn(
                    draft,
                    at,
                    "Nothing comes after this wait, so it is never reached for anything.",
                    "这次等待之后没有步骤，不会有任何作用。",
                    "Take it out.",
                    "请删掉。"
                );
            }

            if (step is JourneyStep.Message && i > 0 && draft.Steps[i - 1].Step is JourneyStep.Message)
            {
                Warn(
                    draft,
                    at,
                    "This message goes out together with the one before it.",
                    "这条消息会和上一条同时发出。",
                    "Put a wait between them.",
                    "请在两条之间加一次等待。"
                );
            }
        }
    }

    private static void Budget(DraftCampaign draft)
    {
        var messages = draft.Steps.Where(s => s.Step is JourneyStep.Message).ToList();
        if (draft.Campaign.MessageBudget is { } budget && budget < messages.Count)
        {
            var at = messages[budget].At;
            draft.File.Findings.Error(
                at.Line,
                at.Column,
                new Phrase($"A budget of {budget} messages never reaches this step.", $"预算只有 {budget} 条，永远轮不到这一步。"),
                new Phrase("Raise budget.messages or take the step out.", "请提高 budget.messages，或删掉这一步。")
            );
        }
    }

    private static void FirstOffer(DraftCampaign draft)
    {
        if (
            draft.Campaign.Job == CampaignJob.WinBack
            && draft.Steps.FirstOrDefault(s => s.Step is JourneyStep.Message)
                // On the phone a person listens first, and then decides whether to offer it.
                is { Step: JourneyStep.Message { Offer: not null, Channel: not Customers.Channel.Phone }, At: var at }
        )
        {
            Warn(
                draft,
                at,
                "The first thing a lapsed customer hears is a discount. That draws deal hunters and teaches waiting for the next one.",
                "一上来就给折扣，吸引来的多是只看价格的人，还会让顾客养成等优惠的习惯。",
                "Begin with a check-in without offer, and bring the offer later.",
                "先问候、不带优惠，后面再给优惠。"
            );
        }
    }

    private static void Error(DraftCampaign draft, string key, Phrase message, Phrase? hint = null)
    {
        var at = draft.At(key);
        draft.File.Findings.Error(at.Line, at.Column, message, hint);
    }

    private static void Warn(DraftCampaign draft, YamlNode at, string en, string zh, string hintEn, string hintZh) =>
        draft.File.Findings.Warning(at.Line, at.Column, new Phrase(en, zh), new Phrase(hintEn, hintZh));
}
