using RetentionFuncs.Campaigns;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>Campaign files to and from a running home.</summary>
internal static class ServerCampaigns
{
    /// <summary>
    /// Looks at what is on file there, says what it replaces, and applies on top of exactly that: whoever changes a campaign in between
    /// is not overwritten.
    /// </summary>
    public static async Task<int> ApplyAsync(ServerCall call)
    {
        var context = call.Context;
        var folder = call.Value("folder") is { } given ? context.PathOf(given) : context.Folder.Campaigns;
        var read = CampaignFiles.Read(folder);
        if (read.HasErrors)
        {
            Tell(context, read.Findings.Select(f => f.Describe(context.Language)));
            return context.Usage("Nothing was applied: mend the errors first.", "未应用任何内容：请先修正错误。");
        }

        var replaced = await ReplacedAsync(call, read);
        var files = CampaignFiles.Texts(folder).ToDictionary(t => t.File, t => t.Text, StringComparer.Ordinal);
        var answer = await call.Client.SendAsync(
            HttpMethod.Post,
            "campaigns/apply",
            ServerClient.JsonOf(new CampaignFilesContent(files)),
            ServerClient.Json,
            replaced
        );
        var applied = answer.Read<AppliedCampaigns>();
        Tell(context, applied.Findings);
        context.Print(CampaignDocuments.Heads(applied.Campaigns, context.Language));
        return applied.Findings.Count > 0 ? Exit.WithRefusals : Exit.Done;
    }

    public static async Task<int> LaunchAsync(ServerCall call)
    {
        var heads = new List<CampaignHead>();
        foreach (var key in call.Parsed.GetValue<string[]>("key")!)
        {
            var answer = await call.Client.SendAsync(HttpMethod.Post, $"campaigns/{ServerClient.Segment(key)}/launch");
            heads.AddRange(answer.Read<CampaignHead[]>());
            call.Context.Tell(CampaignDocuments.Audience(heads[^1]));
        }

        call.Context.Print(CampaignDocuments.Heads(heads, call.Context.Language));
        return Exit.Done;
    }

    public static async Task<int> ExportAsync(ServerCall call)
    {
        var answer = await call.Client.GetAsync($"campaigns/{call.Only()}/export");
        var texts = answer.Read<CampaignFilesContent>().Files.Select(f => new CampaignText(f.Key, f.Value)).ToArray();
        if (texts.Any(t => !CampaignFiles.IsFile(t.File)))
        {
            throw ServerRefusedException.NotOurs((int)answer.Status);
        }

        CampaignsCommand.TellExport(call.Context, CampaignFiles.Write(call.Context.Folder.Campaigns, texts));
        return Exit.Done;
    }

    private static async Task<IReadOnlyCollection<string>> ReplacedAsync(ServerCall call, CampaignFolder read)
    {
        var there = (await call.Client.GetAsync("campaigns")).Read<CampaignHead[]>().ToDictionary(h => h.Key, StringComparer.Ordinal);
        var seen = new List<string>();
        foreach (var version in read.Versions)
        {
            if (there.TryGetValue(version.Campaign.Key, out var head))
            {
                seen.Add(head.Version);
                if (head.Version != version.Hash)
                {
                    call.Context.Tell(
                        $"'{head.Key}': version {head.Version[..8]} there is replaced by {version.Hash[..8]}.",
                        $"“{head.Key}”：服务器上的版本 {head.Version[..8]} 将替换为 {version.Hash[..8]}。"
                    );
                }
            }
        }

        return seen;
    }

    private static void Tell(CommandContext context, IEnumerable<string> findings)
    {
        foreach (var finding in findings)
        {
            context.Err.WriteLine(finding);
        }
    }
}
