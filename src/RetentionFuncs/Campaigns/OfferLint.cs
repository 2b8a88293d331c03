using RetentionFuncs.Findings;

namespace RetentionFuncs.Campaigns;

/// <summary>Looks whether what a template says about an offer and what its steps promise agree.</summary>
internal static class OfferLint
{
    public static void Check(DraftFolder folder, DraftCampaign draft)
    {
        foreach (var (step, at) in draft.Steps)
        {
            if (step is not JourneyStep.Message message || !folder.Templates.TryGetValue(message.Template, out var template))
            {
                continue;
            }

            if (message.Offer is null)
            {
                Unpromised(draft, message, template);
            }
            else
            {
                Unsaid(draft, message, template, at.Line, at.Column);
            }
        }
    }

    private static void Unpromised(DraftCampaign draft, JourneyStep.Message message, DraftTemplate template)
    {
        foreach (var use in template.Uses.Where(u => u.Name.NeedsOffer && !u.Guarded))
        {
            template.File.Findings.Error(
                use.Line,
                use.Column,
                new Phrase(
                    $"'{use.Name.Name}' has no value: step '{message.Id}' of campaign '{draft.Campaign.Key}' carries no offer.",
                    $"“{use.Name.Name}”没有值：活动“{draft.Campaign.Key}”的步骤“{message.Id}”没有优惠。"
                ),
                new Phrase(
                    "Give the step an offer, or put the sentence between {{#if offer_code}} and {{/if}}.",
                    "请给这一步加上 offer，或把这句话放在 {{#if offer_code}} 和 {{/if}} 之间。"
                )
            );
        }
    }

    private static void Unsaid(DraftCampaign draft, JourneyStep.Message message, DraftTemplate template, int line, int column)
    {
        foreach (var (locale, words) in template.Template.Locales)
        {
            foreach (var part in words.IsTextOnly ? (ReadOnlySpan<string>)["text"] : ["text", "html"])
            {
                if (!Says(template, locale, part, "offer_code"))
                {
                    draft.File.Findings.Error(
                        line,
                        column,
                        new Phrase(
                            $"The step promises an offer, but the {locale} {part} of '{message.Template}' never shows offer_code.",
                            $"这一步有优惠，但模板“{message.Template}”的 {locale} {part} 里没有 offer_code。"
                        ),
                        new Phrase("Write {{offer_code}} where the customer looks for it.", "请在顾客容易看到的地方写上 {{offer_code}}。")
                    );
                }
                else if (!Says(template, locale, part, "offer_ends"))
                {
                    draft.File.Findings.Warning(
                        line,
                        column,
                        new Phrase(
                            $"The {locale} {part} of '{message.Template}' does not say when the offer ends.",
                            $"模板“{message.Template}”的 {locale} {part} 没有写优惠截止日期。"
                        ),
                        new Phrase("Write {{offer_ends}}.", "请写上 {{offer_ends}}。")
                    );
                }
            }
        }
    }

    private static bool Says(DraftTemplate template, string locale, string part, string name) =>
        template.Uses.Any(u =>
            string.Equals(u.Locale, locale, StringComparison.Ordinal)
            && string.Equals(u.Part, part, StringComparison.Ordinal)
            && string.Equals(u.Name.Name, name, StringComparison.Ordinal)
        );
}
