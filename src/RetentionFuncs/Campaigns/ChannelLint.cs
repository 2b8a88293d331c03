using RetentionFuncs.Customers;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Campaigns;

/// <summary>Looks whether a step's template suits its channel.</summary>
internal static class ChannelLint
{
    /// <summary>Chinese text messages of more units are billed as several; 70 in one, 67 each in a row.</summary>
    private const int OneSms = 70;

    public static void Check(DraftFolder folder, DraftCampaign draft)
    {
        foreach (var (step, at) in draft.Steps)
        {
            if (step is not JourneyStep.Message message || !folder.Templates.TryGetValue(message.Template, out var template))
            {
                continue;
            }

            foreach (var (locale, text) in template.Template.Locales)
            {
                if (message.Channel == Channel.Email && text.IsTextOnly)
                {
                    draft.File.Findings.Error(
                        at.Line,
                        at.Column,
                        new Phrase(
                            $"Step '{message.Id}' sends an e-mail, but template '{message.Template}' has no subject and no html in {locale}.",
                            $"步骤“{message.Id}”发送邮件，但模板“{message.Template}”的 {locale} 没有 subject 和 html。"
                        ),
                        new Phrase("Add them, or set channel: sms or phone.", "请补上，或设置 channel: sms 或 phone。")
                    );
                }

                Long(template, message, locale, text);
            }
        }
    }

    private static void Long(DraftTemplate template, JourneyStep.Message message, string locale, TemplateText text)
    {
        if (message.Channel != Channel.Sms || text.Text.Length <= OneSms * 4)
        {
            return;
        }

        var at = template.File.Fields.Node("locales")!;
        template.File.Findings.Warning(
            at.Line,
            at.Column,
            new Phrase(
                $"The text message in {locale} has about {text.Text.Length} characters and is billed as several.",
                $"{locale} 短信约 {text.Text.Length} 字，会按多条计费。"
            ),
            new Phrase($"Up to {OneSms} characters are one message.", $"不超过 {OneSms} 字算一条。")
        );
    }
}
