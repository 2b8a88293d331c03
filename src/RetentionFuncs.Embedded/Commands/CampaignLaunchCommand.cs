using System.CommandLine;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Deliverability;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Findings;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Starts a campaign, unless the sending domain's records are known to be out of order.</summary>
internal static class CampaignLaunchCommand
{
    public static Command Define(CommandLine line)
    {
        var keys = new Argument<string[]>("key") { Description = "The campaigns' keys.", Arity = ArgumentArity.OneOrMore };
        var yes = new Option<bool>("--yes") { Description = "Launch although the sending domain's DNS records are not in order." };
        var command = new Command("launch", "Start campaigns, or go on with paused ones.") { keys, yes };
        line.Bind(
            command,
            (context, parsed) =>
                WithHome.ChangeAsync(context, home => RunAllAsync(context, home, parsed.GetValue(keys)!, parsed.GetValue(yes)))
        );
        return command;
    }

    /// <summary>One after another; the first that is refused ends it.</summary>
    private static async Task<int> RunAllAsync(CommandContext context, EmbeddedHome home, string[] keys, bool yes)
    {
        foreach (var key in keys)
        {
            if (await RunAsync(context, home, key, yes) is not Exit.Done and var status)
            {
                return status;
            }
        }

        return Exit.Done;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, string key, bool yes)
    {
        if (await home.Product.Campaigns.FindAsync(key) is null && await CampaignsCommand.ApplyOneAsync(context, home, key) is { } refused)
        {
            return refused;
        }

        if (await ObjectionAsync(context, home, key, yes) is { } objection)
        {
            return objection;
        }

        var progress = new ProgressLine(context.Err, context.IsTerminal, context.Say("customers", "顾客"));
        if (
            await home.Product.Campaigns.FindAsync(key) is { Version.Campaign.BacklogPerDay: > 0 }
            && await new Ticking(home).LastAsync() is null
        )
        {
            // It means to admit those who slipped before it began, and before the first look at the customers nobody is known to have.
            _ = await new Ticking(home).RunAsync(progress);
        }

        var command = await home.Product.LaunchCampaign.LaunchAsync(key, progress);
        progress.End();
        if (command is CampaignCommand.Done { Head: { } head })
        {
            context.Tell(CampaignDocuments.Audience(head));
        }

        return await CampaignsCommand.CommandAsync(context, ValueTask.FromResult(command));
    }

    /// <summary>Red findings of the newest <c>doctor dns</c>; without one nothing is known and nothing asked.</summary>
    private static async Task<int?> ObjectionAsync(CommandContext context, EmbeddedHome home, string key, bool yes)
    {
        if (
            await home.Product.Campaigns.FindAsync(key) is not { } live
            || await home.Product.DnsStandings.FindAsync(SendingDomain.Of(live.Version.Sender)) is not { Reds: > 0 } standing
        )
        {
            return null;
        }

        context.Tell(
            new Phrase(
                $"The DNS records of {standing.Domain}, checked on {standing.At:yyyy-MM-dd}, are not in order:\n{standing.Why.En}",
                $"{standing.Domain} 的 DNS 记录（{standing.At:yyyy-MM-dd} 检查）有问题：\n{standing.Why.Zh}"
            )
        );
        return yes
            ? null
            : context.Usage(
                "Nothing was launched. Mend them and run 'retention doctor dns FILE' again, or launch with --yes.",
                "未启动。请修正后重新运行 retention doctor dns 文件，或加 --yes 强行启动。"
            );
    }
}
