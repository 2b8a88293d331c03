using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Reports;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>What the campaigns were worth, in the terminal and as a page.</summary>
internal static class ReportCommand
{
    public static Command Define(CommandLine line)
    {
        var campaign = new Argument<string?>("campaign")
        {
            Description = "One campaign's key; default: all.",
            DefaultValueFactory = _ => null,
        };
        var html = new Option<string?>("--html") { Description = "Write the page to this file as well." };
        var command = new Command("report", "Stages, churn, and what each campaign was worth against its control group.")
        {
            campaign,
            html,
        };
        line.Bind(
            command,
            (context, parsed) =>
                WithHome.ReadAsync(
                    context,
                    home =>
                        RunAsync(context, home, parsed.GetValue(campaign), parsed.GetValue(html) is { } page ? context.PathOf(page) : null)
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, string? only, string? html)
    {
        if (only is not null && await home.Product.Campaigns.FindAsync(only) is null)
        {
            return context.Usage($"There is no campaign '{only}'.", $"没有活动“{only}”。");
        }

        var asOf = context.AsOfIn(home);
        var report = await home.Product.BuildReport.RunAsync(asOf, only);
        // The page shows whether the rule would have found those who left; the terminal has a verb of its own for it.
        Tell(context, html is null ? report : report with { Backtest = await BacktestCommand.PlayAsync(home, asOf, new()) }, html);
        return Exit.Done;
    }

    internal static void Tell(CommandContext context, RetentionReport report, string? html)
    {
        var document = ReportDocument.Of(report, context.Language);
        if (html is not null)
        {
            WritePage(context, html, document.Html!());
        }

        context.Print(document);
    }

    internal static void WritePage(CommandContext context, string file, string page)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, page);
        context.Tell($"The report as a page: {file}", $"网页版报告：{file}");
    }
}
