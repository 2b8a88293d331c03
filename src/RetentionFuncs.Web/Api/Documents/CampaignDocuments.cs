using RetentionFuncs.Campaigns;
using RetentionFuncs.Explanations;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Web.Api.Documents;

/// <summary>Campaigns, told.</summary>
public static class CampaignDocuments
{
    public static Document Heads(IEnumerable<CampaignHead> heads, string language)
    {
        var all = heads.ToArray();
        return Document.Of(all, () => Document.Lines(all.Select(h => LineOf(h, language))));
    }

    /// <summary>One campaign with its files' content.</summary>
    public static Document One(LiveCampaign live, string language) =>
        new(
            () => CampaignVersionCodec.Write(live.Version),
            () =>
                Document.Lines([
                    LineOf(live.Head, language),
                    "  " + live.Version.Campaign.Audience,
                    .. live.Version.Campaign.Steps.Select(s => "  " + StepOf(s, language)),
                ])
        );

    /// <summary>What was put on file, and what was found in the files.</summary>
    public static Document Applied(IReadOnlyList<CampaignHead> heads, IReadOnlyList<LintFinding> findings, string language) =>
        Document.Of(
            new AppliedCampaigns(heads, [.. findings.Select(f => f.Describe(language))]),
            () => Document.Lines(heads.Select(h => LineOf(h, language)))
        );

    /// <summary>One version as files.</summary>
    public static Document Files(CampaignVersion version)
    {
        var texts = CampaignFiles.TextsOf(version);
        return Document.Of(
            new CampaignFilesContent(texts.ToDictionary(t => t.File, t => t.Text, StringComparer.Ordinal)),
            () => Document.Lines(texts.Select(t => t.File))
        );
    }

    /// <summary>How many people a campaign just launched may reach, and how many it leaves alone.</summary>
    public static Phrase Audience(CampaignHead head)
    {
        var backlog = BacklogSentences.AtLaunch(head);
        return new(
            $"{head.AudienceAtLaunch:N0} people fit the audience today; {head.ControlShare:P0} of those who enter are left alone for comparison."
                + (backlog is null ? "" : "\n" + backlog.En),
            $"目前有 {head.AudienceAtLaunch:N0} 人符合目标人群；进入活动者中 {head.ControlShare:P0} 作为对照组不打扰。"
                + (backlog is null ? "" : "\n" + backlog.Zh)
        );
    }

    private static string LineOf(CampaignHead head, string language)
    {
        string Say(string en, string zh) => new Phrase(en, zh).In(language);
        var launched = head.LaunchedAt is null
            ? ""
            : $"  {Say("since", "自")} {head.StartOn:yyyy-MM-dd}  {Say("control", "对照组")} {head.ControlShare:P0}";
        return $"{head.Key, -24} {StatusOf(head.Status).In(language), -8} {head.Version[..8]}{launched}";
    }

    private static Phrase StatusOf(CampaignStatus status) =>
        new(
            status.ToString(),
            status switch
            {
                CampaignStatus.Draft => "草稿",
                CampaignStatus.Live => "进行中",
                CampaignStatus.Paused => "已暂停",
                _ => "已结束",
            }
        );

    private static string StepOf(JourneyStep step, string language)
    {
        string Say(string en, string zh) => new Phrase(en, zh).In(language);
        return step switch
        {
            JourneyStep.Wait wait => Say($"wait {wait.Days} days", $"等待 {wait.Days} 天"),
            JourneyStep.Message { Offer: { } offer } message => $"{message.Id}: {message.Template}, "
                + Say($"{offer.Percent}% off for {offer.ValidDays} days", $"优惠 {offer.Percent}%，有效 {offer.ValidDays} 天"),
            JourneyStep.Message message => $"{message.Id}: {message.Template}",
            _ => step.Id,
        };
    }
}

/// <param name="Findings">One line each: file, line, column, what and what to do.</param>
public sealed record AppliedCampaigns(IReadOnlyList<CampaignHead> Campaigns, IReadOnlyList<string> Findings);

/// <param name="Files">Text by path relative to a campaign folder.</param>
public sealed record CampaignFilesContent(IReadOnlyDictionary<string, string> Files);
