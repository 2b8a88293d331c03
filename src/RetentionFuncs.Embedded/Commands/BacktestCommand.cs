using System.CommandLine;
using System.Globalization;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Reports.HtmlReports;
using RetentionFuncs.Scoring.Backtests;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Plays past decisions over the shop's own history. Writes nothing but the files it is given.</summary>
internal static class BacktestCommand
{
    public static Command Define(CommandLine line)
    {
        var horizon = new Option<string?>("--horizon")
        {
            Description = "Chances and false alarms within so many days; default: the cycle.",
        };
        var from = new Option<string?>("--from") { Description = "First decision date, yyyy-MM-dd; default: twelve decisions back." };
        var html = new Option<string?>("--html") { Description = "Write the page to this file as well." };
        var svg = new Option<string?>("--svg") { Description = "Write the picture to this file as well." };
        var command = new Command("backtest", "Would each rule have found, on past days, the customers who later left?")
        {
            horizon,
            from,
            html,
            svg,
        };
        line.Bind(
            command,
            (context, parsed) =>
            {
                if (!ScoreFitting.TryReadDays(parsed.GetValue(horizon), out var days))
                {
                    return Task.FromResult(context.Usage(ScoreFitting.HorizonHint.En, ScoreFitting.HorizonHint.Zh));
                }

                if (!TryReadDay(parsed.GetValue(from), out var first))
                {
                    return Task.FromResult(context.Usage("--from: write a day as yyyy-MM-dd.", "--from：请写日期，格式 yyyy-MM-dd。"));
                }

                var files = new Files(PathOf(context, parsed.GetValue(html)), PathOf(context, parsed.GetValue(svg)));
                return WithHome.ReadAsync(context, home => RunAsync(context, home, new BacktestOptions(days, first), files));
            }
        );
        return command;
    }

    private sealed record Files(string? Html, string? Svg);

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, BacktestOptions options, Files files)
    {
        var progress = new ProgressLine(context.Err, context.IsTerminal, context.Say("customers", "顾客"));
        var asOf = context.AsOfIn(home);
        var test = await PlayAsync(home, asOf, options, progress);
        var document = BacktestDocument.Of(test, context.Language);
        if (files.Html is { } page)
        {
            Write(context, page, document.Html!());
        }

        if (files.Svg is { } picture)
        {
            if (BacktestChart.Write(test, context.Language) is { Length: > 0 } drawn)
            {
                Write(context, picture, drawn);
            }
            else
            {
                context.Tell("No picture: there is nothing to draw.", "没有可画的数据，未生成图片。");
            }
        }

        context.Print(document);
        return Exit.Done;
    }

    /// <summary>Plays the past decisions of the folder's customers.</summary>
    internal static async Task<Backtest> PlayAsync(EmbeddedHome home, DateOnly asOf, BacktestOptions options, ProgressLine? progress = null)
    {
        var histories = await home.Product.FitModel.HistoriesAsync(asOf, progress);
        progress?.End();
        var settled = options with { HorizonDays = options.HorizonDays ?? home.Product.Choice.HorizonDays };
        return RunBacktest.Run(histories, asOf, settled, home.Product.Settings.Currency);
    }

    private static void Write(CommandContext context, string file, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        context.Tell($"Written: {file}", $"已写入：{file}");
    }

    private static string? PathOf(CommandContext context, string? file) => file is null ? null : context.PathOf(file);

    private static bool TryReadDay(string? text, out DateOnly? day)
    {
        day = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : null;
        return text is null || day is not null;
    }
}
