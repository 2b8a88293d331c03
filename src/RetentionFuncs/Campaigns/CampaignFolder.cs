using RetentionFuncs.Findings;

namespace RetentionFuncs.Campaigns;

/// <summary>One file of a campaign folder.</summary>
/// <param name="File">Path relative to the folder with forward slashes: <c>win-back.yaml</c>, <c>templates/hello.yaml</c>, <c>senders/shop.yaml</c>.</param>
public sealed record CampaignText(string File, string Text);

/// <summary>What a campaign folder holds, as far as it could be read, and everything that is wrong with it.</summary>
/// <param name="Versions">Every campaign that has no error in its own file, its templates or its sender, in the order of keys.</param>
/// <param name="Campaigns">Every campaign whose own file has no error, in the order of keys.</param>
/// <param name="Findings">In the order of files, lines and columns.</param>
public sealed record CampaignFolder(
    IReadOnlyList<CampaignVersion> Versions,
    IReadOnlyList<Campaign> Campaigns,
    IReadOnlyDictionary<string, SenderProfile> Senders,
    IReadOnlyDictionary<string, MessageTemplate> Templates,
    IReadOnlyList<LintFinding> Findings
)
{
    public bool HasErrors => Findings.Any(f => f.IsError);
}
