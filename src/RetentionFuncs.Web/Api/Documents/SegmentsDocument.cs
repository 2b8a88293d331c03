using RetentionFuncs.Campaigns;
using RetentionFuncs.Explanations;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Segments;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>Who is in which tier, stage, group and audience, told.</summary>
public static class SegmentsDocument
{
    public static Document Of(SegmentCounts counts, string language) =>
        Document.Of(ContentOf(counts, language), () => Document.Lines(counts.Asked?.Ids ?? LinesOf(counts, language)));

    private static object ContentOf(SegmentCounts counts, string language) =>
        new
        {
            counts.AsOf,
            counts.Customers,
            counts.Tiers,
            counts.FalseKeys,
            counts.WithPotential,
            counts.Loyal,
            counts.Stages,
            counts.Groups,
            Campaigns = counts.Campaigns.Select(c => new
            {
                c.Key,
                Title = c.Title?.In(language),
                c.Status,
                c.Audience,
                c.Customers,
                c.Reachable,
            }),
            Asked = counts.Asked is { } asked
                ? new
                {
                    asked.Audience,
                    asked.Customers,
                    asked.Reachable,
                    asked.Ids,
                }
                : null,
        };

    private static IEnumerable<string> LinesOf(SegmentCounts counts, string language)
    {
        string Say(string en, string zh) => new Phrase(en, zh).In(language);
        yield return Say(
            $"{counts.AsOf:yyyy-MM-dd}: {counts.Customers:N0} customers.",
            $"{counts.AsOf:yyyy-MM-dd}：{counts.Customers:N0} 位顾客。"
        );
        if (counts.Asked is { } asked)
        {
            yield return "";
            yield return asked.Audience;
            yield return "  " + Sizes(asked, Say);
        }

        yield return "";
        yield return Say("Value tiers", "价值层级");
        foreach (var line in TierLines.Of(counts.Tiers, language))
        {
            yield return line;
        }

        if (counts.FalseKeys is { } falseKeys)
        {
            yield return Say(
                $"  false key accounts {falseKeys:N0}; with potential {counts.WithPotential:N0}; loyal {counts.Loyal:N0}",
                $"  假大户 {falseKeys:N0}；有潜力 {counts.WithPotential:N0}；忠诚 {counts.Loyal:N0}"
            );
        }

        yield return "";
        yield return Say("Stages", "流失阶段");
        foreach (var (stage, count) in counts.Stages)
        {
            yield return $"  {Say(stage.ToString(), StageNames.Zh(stage)), -18} {count, 9:N0}";
        }

        yield return "";
        yield return Say("RFM groups", "RFM 分组");
        foreach (var (group, count) in counts.Groups)
        {
            yield return $"  {group.NameIn(language), -18} {count, 9:N0}";
        }

        yield return "";
        yield return Say("Audiences of campaigns", "活动受众");
        foreach (var campaign in counts.Campaigns)
        {
            yield return $"  {campaign.Title!.In(language)} [{campaign.Key}, {StatusOf(campaign.Status, Say)}]: {Sizes(campaign, Say)}";
            yield return $"    {campaign.Audience}";
        }
    }

    private static string Sizes(AudienceCount count, Func<string, string, string> say) =>
        say(
            $"{count.Customers:N0} customers, {count.Reachable:N0} of them with address and consent",
            $"{count.Customers:N0} 位顾客，其中 {count.Reachable:N0} 位可联系且同意接收"
        );

    private static string StatusOf(CampaignStatus? status, Func<string, string, string> say) =>
        status switch
        {
            CampaignStatus.Draft => say("draft", "草稿"),
            CampaignStatus.Live => say("live", "进行中"),
            CampaignStatus.Paused => say("paused", "已暂停"),
            _ => say("stopped", "已结束"),
        };
}

/// <summary>Tiers as lines of a table, for more than one document.</summary>
internal static class TierLines
{
    public static IEnumerable<string> Of(IReadOnlyDictionary<ValueTier, TierScore>? tiers, string language)
    {
        string Say(string en, string zh) => new Phrase(en, zh).In(language);
        if (tiers is null)
        {
            yield return Say("  come with the first refit", "  首次拟合后给出");
            yield break;
        }

        foreach (var (tier, score) in tiers)
        {
            var share = score.ShareOfWorth is { } part ? $"{part:P1}" : "–";
            var churn = score.ChurnRate is { } rate ? $"{rate:P1}" : "–";
            yield return Say(
                $"  {tier.Name().En, -18} {score.Customers, 9:N0}  {share, 7} of the value  churn rate {churn}",
                $"  {tier.Name().Zh, -10} {score.Customers, 9:N0}  占价值 {share, 7}  流失率 {churn}"
            );
        }
    }
}
