using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Campaigns;

/// <summary>Looks at campaigns that ask for a confirmation: they sell nothing, and their mail has the link; others do not have it.</summary>
internal static class ConfirmationLint
{
    private const string Name = "confirm_url";

    public static void Check(DraftFolder folder, DraftCampaign draft)
    {
        var asks = draft.Campaign.Trigger is CampaignTrigger.ConsentRequested;
        foreach (var (step, at) in draft.Steps)
        {
            if (step is JourneyStep.Message message)
            {
                if (asks)
                {
                    Step(draft, message, at);
                }

                if (folder.Templates.GetValueOrDefault(message.Template) is { } template)
                {
                    Link(template, asks);
                }
            }
        }
    }

    private static void Step(DraftCampaign draft, JourneyStep.Message message, YamlNode at)
    {
        if (message.Purpose == MessagePurpose.Service && message.Channel == Channel.Email && message.To == Contact.Primary)
        {
            return;
        }

        draft.File.Findings.Error(
            at.Line,
            at.Column,
            new Phrase(
                "Who has not confirmed yet may not be sent marketing: this message must be an e-mail with purpose service, to the primary contact.",
                "对方确认之前不能收到营销信息：这条消息必须是发给 primary 的邮件，且 purpose 为 service。"
            ),
            new Phrase("Write purpose: service, and ask for nothing but the confirmation.", "请写 purpose: service，内容只请对方确认订阅。")
        );
    }

    private static void Link(DraftTemplate template, bool asks)
    {
        var uses = template.Uses.Where(u => u.Name.Name is Name).ToList();
        if (!asks)
        {
            foreach (var use in uses.Where(u => !u.Guarded))
            {
                template.File.Findings.Error(
                    use.Line,
                    use.Column,
                    new Phrase(
                        $"'{Name}' has a value only in a campaign with the trigger consent_requested.",
                        $"“{Name}”只在触发条件为 consent_requested 的活动里有值。"
                    )
                );
            }

            return;
        }

        foreach (var locale in template.Template.Locales.Keys)
        {
            foreach (var part in new[] { "text", "html" }.Where(p => !uses.Any(u => u.Locale == locale && u.Part == p)))
            {
                var at = template.File.Fields.Node("locales")!;
                template.File.Findings.Error(
                    at.Line,
                    at.Column,
                    new Phrase(
                        $"The {part} part for {locale} has no {{{{{Name}}}}}, so nobody could confirm.",
                        $"{locale} 的 {part} 里没有 {{{{{Name}}}}}，对方无法确认。"
                    )
                );
            }
        }
    }
}
