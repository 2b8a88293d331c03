using System.CommandLine;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Embedded.Demo;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Reports;
using RetentionFuncs.Reports.HtmlReports;
using RetentionFuncs.Reports.TextReports;
using RetentionFuncs.Settings;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>A generated shop taken through the whole product, ending in a report with the hidden truth beside it.</summary>
internal static class DemoCommand
{
    private const string ShopName = "Linden & Leaf";

    public static Command Define(CommandLine line)
    {
        var seed = new Option<int>("--seed") { Description = "Another seed, another shop.", DefaultValueFactory = _ => 1 };
        var seeds = new Option<int>("--seeds")
        {
            Description = "Run so many shops and say how often the interval covers the truth.",
            DefaultValueFactory = _ => 1,
        };
        var command = new Command("demo", "A generated shop, 120 days on a moved clock, and the report.") { seed, seeds };
        line.Bind(
            command,
            (context, parsed) =>
                parsed.GetValue(seeds) > 1
                    ? DemoCoverage.RunAsync(context, parsed.GetValue(seed), parsed.GetValue(seeds))
                    : RunAsync(context, parsed.GetValue(seed)),
            here: true
        );
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, int seed)
    {
        var folder = context.Folder with
        {
            Path = Path.GetFileName(context.Folder.Path) == ".retention" ? context.Folder.Path + "-demo" : context.Folder.Path,
        };
        if (Directory.Exists(folder.Path))
        {
            if (!File.Exists(folder.In("demo")))
            {
                return context.Usage(
                    $"{folder.Path} exists and is not a demo folder; name another with --data.",
                    $"{folder.Path} 已存在且不是演示文件夹，请用 --data 指定其他位置。"
                );
            }

            // Refused while a program serves it.
            Stores.DataFolder.Hold(folder.Path).Dispose();
            Directory.Delete(folder.Path, recursive: true);
        }

        var since = Stopwatch.StartNew();
        var asOf = context.AsOfDay ?? new BusinessCalendar(DemoShop.Zone).DayOf(context.AsOfMoment ?? TimeProvider.System.GetUtcNow());
        var progress = new ProgressLine(context.Err, context.IsTerminal, context.Say("demo", "演示"), DemoShop.DaysToRun + 10);
        var report = await PlayAsync(folder, seed, asOf, progress);
        progress.End();
        var page = folder.In(Path.Combine("reports", "demo.html"));
        Directory.CreateDirectory(folder.Reports);
        await File.WriteAllTextAsync(page, HtmlReport.Write(report, context.Language));
        context.Out.WriteLine(context.Json ? ReportJson.Write(report) : TextReport.Write(report, context.Language));
        Where(context, folder, page, since.Elapsed);
        return Exit.Done;
    }

    /// <summary>Plays one shop to its end and reports.</summary>
    internal static async Task<RetentionReport> PlayAsync(
        HomeFolder folder,
        int seed,
        DateOnly asOf,
        ProgressLine? progress,
        bool throwaway = false
    )
    {
        Prepare(folder, seed);
        var files = folder.In("files");
        var shop = DemoShop.Generate(seed, asOf, files);
        var clock = new MovableClock(TimeProvider.System);
        DemoMessages messages = null!;
        using var home = await EmbeddedHome.OpenAsync(
            folder,
            new HomeOptions(clock) { WrapSender = sender => messages = new DemoMessages(sender), Throwaway = throwaway }
        );
        var run = new DemoRun(home, shop, messages, clock, files);
        await run.BeginAsync();
        progress?.Show(10);
        for (var i = 1; i <= run.Days; i++)
        {
            await run.DayAsync(shop.HistoryEnd.AddDays(i));
            progress?.Show(10 + i);
        }

        var campaigns = (await home.Product.Campaigns.AllAsync()).ToDictionary(c => c.Head.Key, c => c.Version.Campaign);
        return await home.Product.BuildReport.RunAsync(asOf, truth: new DemoTruth(run, campaigns).Of) with
        {
            Backtest = await BacktestCommand.PlayAsync(home, asOf, new()),
        };
    }

    private static void Prepare(HomeFolder folder, int seed)
    {
        Stores.SqliteDatabase.Open(folder.Path).Dispose();
        // The draw hangs on the secret: a seed is to give the same arms each time.
        File.WriteAllBytes(folder.Secret, SHA256.HashData(Encoding.UTF8.GetBytes($"retention demo {seed}")));
        File.WriteAllText(folder.In("demo"), "A generated shop. 'retention demo' makes it anew.\n");
        var settings =
            SettingsFile.Default(ShopName, DemoShop.Zone, DemoShop.Currency)
            + "\n# A trial: the reserved addresses of generated customers count as usable.\nsandbox: true\n";
        File.WriteAllText(folder.Settings, settings);
        ShippedCampaigns.WriteTo(
            folder.Campaigns,
            ShopName,
            "hello@linden-leaf.example",
            $"{ShopName}, Lindenweg 1, 10115 Berlin, Germany"
        );
        // Those who fell silent before the launch are let in day by day, as a shop that starts with a long list would.
        File.AppendAllText(Path.Combine(folder.Campaigns, "win-back.yaml"), "backlog: 20 per day\n");
    }

    private static void Where(CommandContext context, HomeFolder folder, string page, TimeSpan took)
    {
        var here = Path.GetRelativePath(Environment.CurrentDirectory, folder.Path);
        context.Tell(
            $"""

            Took {took.TotalSeconds:0} s. The report as a page: {page}
            The messages, to open in a mail program: {folder.Outbox}
            Look further with the folder:
              retention explain C00042 --data {here}
              retention tick --data {here}
              retention serve --data {here}
            """,
            $"""

            用时 {took.TotalSeconds:0} 秒。网页版报告：{page}
            发出的邮件（可用邮件程序打开）：{folder.Outbox}
            继续了解：
              retention explain C00042 --data {here} --lang zh
              retention tick --data {here}
              retention serve --data {here}
            """
        );
    }
}
