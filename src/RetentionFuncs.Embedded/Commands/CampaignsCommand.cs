using System.CommandLine;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Campaign files in and out, and their life: lint, apply, list, show, launch, pause, stop, export.</summary>
internal static class CampaignsCommand
{
    public static Command Define(CommandLine line)
    {
        var command = new Command("campaigns", "Campaign files and their life.")
        {
            Folder(line, "lint", "Check campaign files; nothing is changed.", Lint),
            Folder(
                line,
                "apply",
                "Check campaign files and put them on file.",
                (c, d) => WithHome.ChangeAsync(c, home => ApplyAsync(c, home, d))
            ),
            Plain(line, "list", "All campaigns.", c => WithHome.ReadAsync(c, home => ListAsync(c, home))),
            Keyed(line, "show", "One campaign with its files' content.", (c, home, key) => ShowAsync(c, home, key)),
            CampaignLaunchCommand.Define(line),
            Keyed(
                line,
                "pause",
                "Enter no one and send nothing until it is launched again.",
                (c, home, key) => CommandAsync(c, home.Product.LaunchCampaign.PauseAsync(key)),
                changes: true
            ),
            Keyed(
                line,
                "stop",
                "End a campaign for good.",
                (c, home, key) => CommandAsync(c, home.Product.LaunchCampaign.StopAsync(key)),
                changes: true
            ),
            CampaignTestCommand.Define(line),
            Keyed(line, "export", "Write a campaign's current version as files into campaigns/.", ExportAsync),
        };
        return command;
    }

    private static Command Plain(CommandLine line, string name, string text, Func<CommandContext, Task<int>> act)
    {
        var command = new Command(name, text);
        line.Bind(command, (context, _) => act(context));
        return command;
    }

    private static Command Folder(CommandLine line, string name, string text, Func<CommandContext, string, Task<int>> act)
    {
        var folder = new Argument<string?>("folder")
        {
            Description = "Default: campaigns/ in the data folder.",
            DefaultValueFactory = _ => null,
        };
        var command = new Command(name, text) { folder };
        line.Bind(
            command,
            (context, parsed) => act(context, parsed.GetValue(folder) is { } given ? context.PathOf(given) : context.Folder.Campaigns)
        );
        return command;
    }

    private static Command Keyed(
        CommandLine line,
        string name,
        string text,
        Func<CommandContext, EmbeddedHome, string, Task<int>> act,
        bool changes = false
    )
    {
        var key = new Argument<string>("key") { Description = "The campaign's key." };
        var command = new Command(name, text) { key };
        line.Bind(
            command,
            (context, parsed) =>
                changes
                    ? WithHome.ChangeAsync(context, home => act(context, home, parsed.GetValue(key)!))
                    : WithHome.ReadAsync(context, home => act(context, home, parsed.GetValue(key)!))
        );
        return command;
    }

    private static Task<int> Lint(CommandContext context, string folder)
    {
        var read = CampaignFiles.Read(folder);
        TellFindings(context, read);
        if (context.Json)
        {
            context.Print(
                new
                {
                    campaigns = read.Versions.Select(v => v.Campaign.Key),
                    findings = read.Findings.Select(f => f.Describe(context.Language)),
                }
            );
        }
        else
        {
            context.Out.WriteLine(
                context.Say(
                    $"{read.Versions.Count} campaigns are fit to run, {read.Findings.Count} findings.",
                    $"{read.Versions.Count} 个活动可以运行，{read.Findings.Count} 条提示。"
                )
            );
        }

        return Task.FromResult(read.Findings.Count > 0 ? Exit.WithRefusals : Exit.Done);
    }

    private static async Task<int> ApplyAsync(CommandContext context, EmbeddedHome home, string folder)
    {
        var read = CampaignFiles.Read(folder, home.Product.Settings);
        TellFindings(context, read);
        if (read.HasErrors)
        {
            return context.Usage("Nothing was applied: mend the errors first.", "未应用任何内容：请先修正错误。");
        }

        var heads = new List<CampaignHead>();
        foreach (var part in read.Versions.Chunk(ApplyCampaigns.Most))
        {
            heads.AddRange(((ApplyEnding.Applied)await home.Product.ApplyCampaigns.RunAsync(part)).Heads);
        }

        Show(context, heads);
        return read.Findings.Count > 0 ? Exit.WithRefusals : Exit.Done;
    }

    /// <summary>A campaign that lies in the folder's files and is not on file yet is applied by its launch.</summary>
    /// <returns>Null when there is nothing to object.</returns>
    internal static async Task<int?> ApplyOneAsync(CommandContext context, EmbeddedHome home, string key)
    {
        var read = CampaignFiles.Read(home.Folder.Campaigns, home.Product.Settings);
        if (read.Versions.FirstOrDefault(v => v.Campaign.Key == key) is not { } version)
        {
            return null;
        }

        if (read.HasErrors)
        {
            TellFindings(context, read);
            return context.Usage("Nothing was applied: mend the errors first.", "未应用任何内容：请先修正错误。");
        }

        _ = await home.Product.ApplyCampaigns.RunAsync([version]);
        context.Tell($"Applied '{key}' from campaigns/.", $"已从 campaigns/ 应用“{key}”。");
        return null;
    }

    private static void TellFindings(CommandContext context, CampaignFolder read)
    {
        foreach (var finding in read.Findings)
        {
            context.Err.WriteLine(finding.Describe(context.Language));
        }
    }

    private static async Task<int> ListAsync(CommandContext context, EmbeddedHome home)
    {
        Show(context, (await home.Product.Campaigns.AllAsync()).Select(c => c.Head));
        return Exit.Done;
    }

    private static void Show(CommandContext context, IEnumerable<CampaignHead> heads) =>
        context.Print(CampaignDocuments.Heads(heads, context.Language));

    private static async Task<int> ShowAsync(CommandContext context, EmbeddedHome home, string key)
    {
        if (await home.Product.Campaigns.FindAsync(key) is not { } live)
        {
            return context.Usage($"There is no campaign '{key}'.", $"没有活动“{key}”。");
        }

        context.Print(CampaignDocuments.One(live, context.Language));
        return Exit.Done;
    }

    internal static async Task<int> CommandAsync(CommandContext context, ValueTask<CampaignCommand> doing)
    {
        switch (await doing)
        {
            case CampaignCommand.Done done:
                Show(context, [done.Head]);
                return Exit.Done;
            case CampaignCommand.Refused refused:
                return context.Usage(refused.Reason.En, refused.Reason.Zh);
            default:
                return Exit.Failed;
        }
    }

    private static async Task<int> ExportAsync(CommandContext context, EmbeddedHome home, string key)
    {
        if (await home.Product.Campaigns.FindAsync(key) is not { } live)
        {
            return context.Usage($"There is no campaign '{key}'.", $"没有活动“{key}”。");
        }

        TellExport(context, CampaignFiles.Write(context.Folder.Campaigns, live.Version));
        return Exit.Done;
    }

    internal static void TellExport(CommandContext context, CampaignExport export)
    {
        if (context.Json)
        {
            context.Print(export);
            return;
        }

        foreach (var file in export.Written)
        {
            context.Out.WriteLine(file);
        }
    }
}
