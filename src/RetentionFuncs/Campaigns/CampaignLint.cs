using RetentionFuncs.Findings;
using RetentionFuncs.Settings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Campaigns;

/// <summary>Looks at how the files of a folder fit together.</summary>
internal static class CampaignLint
{
    public static void Check(DraftFolder folder, BusinessSettings? business)
    {
        foreach (var draft in folder.Campaigns.Values)
        {
            JourneyLint.Check(draft);
            Sender(folder, draft);
            Templates(folder, draft);
            Locales(folder, draft);
            OfferLint.Check(folder, draft);
            ChannelLint.Check(folder, draft);
            ConfirmationLint.Check(folder, draft);
        }

        Rivals([.. folder.Campaigns.Values]);
        Unused(folder);
        if (business is not null)
        {
            Fallback(folder, business.Locale);
            ShopUrl(folder, business);
            Topics(folder, business);
            foreach (var template in folder.Templates.Values)
            {
                ImageLint.CheckHosts(template, business.ImageHosts);
            }
        }
    }

    private static void Sender(DraftFolder folder, DraftCampaign draft)
    {
        if (!folder.Exists("senders/" + draft.Campaign.Sender))
        {
            Missing(draft.File.Findings, draft.At("sender"), "senders", draft.Campaign.Sender, [.. folder.Senders.Keys]);
        }
    }

    private static void Templates(DraftFolder folder, DraftCampaign draft)
    {
        foreach (var (step, at) in draft.Steps)
        {
            if (step is JourneyStep.Message message && !folder.Exists("templates/" + message.Template))
            {
                var place = ((YamlMap)at).Find("template") ?? at;
                Missing(draft.File.Findings, place, "templates", message.Template, [.. folder.Templates.Keys]);
            }
        }
    }

    private static void Missing(FindingList findings, YamlNode at, string room, string key, IReadOnlyList<string> known) =>
        findings.Error(
            at.Line,
            at.Column,
            new Phrase($"There is no file {room}/{key}.yaml.", $"找不到文件 {room}/{key}.yaml。"),
            known.Count == 0 ? null : NearestName.Hint(key, known)
        );

    /// <summary>A journey speaks one language to one person, so all its templates speak the same ones.</summary>
    private static void Locales(DraftFolder folder, DraftCampaign draft)
    {
        var templates = TemplatesOf(folder, draft).ToList();
        var all = templates
            .SelectMany(t => t.Template.Locales.Keys)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        foreach (var template in templates)
        {
            if (all.Except(template.Template.Locales.Keys, StringComparer.Ordinal).ToList() is { Count: > 0 } missing)
            {
                var list = string.Join(", ", missing);
                var at = template.File.Fields.Node("locales")!;
                template.File.Findings.Error(
                    at.Line,
                    at.Column,
                    new Phrase(
                        $"The locale {list} is missing here, but other templates of campaign '{draft.Campaign.Key}' have it.",
                        $"这里缺少语言 {list}，而活动“{draft.Campaign.Key}”的其他模板有。"
                    ),
                    new Phrase(
                        "Write it in all templates of the campaign or in none, or a journey changes its language halfway.",
                        "同一活动的模板语言要一致，否则顾客会前后收到不同语言的信。"
                    )
                );
            }
        }
    }

    private static IEnumerable<DraftTemplate> TemplatesOf(DraftFolder folder, DraftCampaign draft) =>
        draft
            .Campaign.Messages.Select(m => m.Template)
            .Distinct(StringComparer.Ordinal)
            .Select(key => folder.Templates.GetValueOrDefault(key))
            .OfType<DraftTemplate>();

    /// <summary>Two campaigns that want the same person at the same moment with the same right: chance would decide.</summary>
    private static void Rivals(IReadOnlyList<DraftCampaign> campaigns)
    {
        for (var i = 0; i < campaigns.Count; i++)
        {
            foreach (var other in campaigns.Take(i))
            {
                var (mine, theirs) = (campaigns[i].Campaign, other.Campaign);
                if (mine.Priority == theirs.Priority && Overlap(mine, theirs) && SameTrigger(mine.Trigger, theirs.Trigger))
                {
                    var at = campaigns[i].At("trigger");
                    campaigns[i]
                        .File.Findings.Warning(
                            at.Line,
                            at.Column,
                            new Phrase(
                                $"Campaign '{theirs.Key}' has the same trigger and the same priority, so nothing decides which goes first.",
                                $"活动“{theirs.Key}”的触发条件和优先级都相同，无法决定谁先发。"
                            ),
                            new Phrase("Give one of them a higher priority.", "请给其中一个更高的 priority。")
                        );
                }
            }
        }
    }

    private static bool SameTrigger(CampaignTrigger one, CampaignTrigger two) =>
        one is CampaignTrigger.DateList mine && two is CampaignTrigger.DateList theirs ? mine.Dates.Intersect(theirs.Dates).Any()
        : one is CampaignTrigger.TierMoved up && two is CampaignTrigger.TierMoved other
            ? up.Direction == other.Direction && (up.To is null || other.To is null || up.To == other.To)
        : one == two;

    /// <summary>Start included, end excluded.</summary>
    private static bool Overlap(Campaign one, Campaign two) =>
        (one.Start ?? DateOnly.MinValue) < (two.End ?? DateOnly.MaxValue)
        && (two.Start ?? DateOnly.MinValue) < (one.End ?? DateOnly.MaxValue);

    private static void Unused(DraftFolder folder)
    {
        if (folder.Findings.Any(f => f.IsError))
        {
            return;
        }

        var used = folder.Campaigns.Values.SelectMany(c => c.Campaign.Messages).Select(m => m.Template).ToHashSet(StringComparer.Ordinal);
        foreach (var (_, template) in folder.Templates.Where(t => !used.Contains(t.Key)))
        {
            template.File.Findings.Warning(0, 0, new Phrase("No campaign uses this template.", "没有活动使用这个模板。"));
        }
    }

    private static void Topics(DraftFolder folder, BusinessSettings business)
    {
        foreach (var draft in folder.Campaigns.Values)
        {
            if (draft.Campaign.Topic is { } topic && business.Topics.All(t => t.Key != topic))
            {
                var at = draft.At("topic");
                draft.File.Findings.Error(
                    at.Line,
                    at.Column,
                    new Phrase($"The settings know no topic '{topic}'.", $"设置里没有“{topic}”这个话题。"),
                    business.Topics.Count == 0
                        ? new Phrase("Name it under 'topics' in retention.yaml.", "请在 retention.yaml 的 topics 下添加。")
                        : NearestName.Hint(topic, [.. business.Topics.Select(t => t.Key)])
                );
            }
        }
    }

    private static void Fallback(DraftFolder folder, string locale)
    {
        var language = locale.Split('-')[0];
        foreach (var template in folder.Templates.Values)
        {
            if (!template.Template.Locales.Keys.Any(l => string.Equals(l.Split('-')[0], language, StringComparison.OrdinalIgnoreCase)))
            {
                var at = template.File.Fields.Node("locales")!;
                template.File.Findings.Error(
                    at.Line,
                    at.Column,
                    new Phrase(
                        $"The business's own locale {locale} is missing, so many contacts would have no text.",
                        $"缺少店铺默认语言 {locale}，很多收件人会没有可用的文字。"
                    )
                );
            }
        }
    }

    private static void ShopUrl(DraftFolder folder, BusinessSettings business)
    {
        if (!string.IsNullOrWhiteSpace(business.ShopUrl))
        {
            return;
        }

        foreach (var template in folder.Templates.Values)
        {
            foreach (var use in template.Uses.Where(u => u.Name.Name is "shop_url" && !u.Guarded))
            {
                template.File.Findings.Error(
                    use.Line,
                    use.Column,
                    new Phrase(
                        "'shop_url' has no value: the settings name no shop on the web.",
                        "“shop_url”没有值：设置里没有填写店铺网址。"
                    ),
                    new Phrase(
                        "Set shop_url in retention.yaml, or put the sentence between {{#if shop_url}} and {{/if}}.",
                        "请在 retention.yaml 里填写 shop_url，或把这句话放在 {{#if shop_url}} 和 {{/if}} 之间。"
                    )
                );
            }
        }
    }
}
