using System.CommandLine;
using RetentionFuncs.Clocks;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Bulk;
using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary><c>score --orders FILE</c>: fits and scores everybody in a file of orders. Imports nothing and needs no data folder.</summary>
internal static class OrderFileScoring
{
    private const int AtRiskShown = 20;

    /// <summary>Larger files are worked through in temporary files, so that memory does not grow with them.</summary>
    private const long LargestInMemory = 1L << 30;

    public static void Offer(Command command)
    {
        command.Add(
            new Option<string?>("--orders") { Description = "Score the customers of this CSV of orders instead, without importing it." }
        );
        command.Add(new Option<string?>("--out") { Description = "With --orders: write everybody's row to this CSV file." });
        command.Add(
            new Option<string?>("--zone")
            {
                Description = "With --orders: the time zone of days, for moments that name an offset; default: UTC.",
            }
        );
    }

    /// <summary>Whether any of its options is given.</summary>
    public static bool IsAsked(ParseResult parsed) =>
        parsed.GetValue<string?>("--orders") is not null
        || parsed.GetValue<string?>("--out") is not null
        || parsed.GetValue<string?>("--zone") is not null;

    /// <summary>Null when nothing of this is asked for.</summary>
    public static Task<int>? RefuseOverServer(CommandContext context, ParseResult parsed) =>
        IsAsked(parsed)
            ? Task.FromResult(
                context.Usage("--orders reads a file of this machine; leave --server out.", "--orders 读取的是本机文件；请去掉 --server。")
            )
            : null;

    public static Task<int> RunAsync(CommandContext context, ParseResult parsed)
    {
        if (Problem(context, parsed, out var kind, out var horizon) is { } problem)
        {
            return Task.FromResult(context.Usage(problem.En, problem.Zh));
        }

        var file = context.PathOf(parsed.GetValue<string?>("--orders")!);
        var calendar = new BusinessCalendar(parsed.GetValue<string?>("--zone") ?? "UTC");
        var spill = new FileInfo(file).Length > LargestInMemory ? Path.GetTempPath() : null;
        var tomorrow = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(1);
        var reading = new OrderFileReading(calendar, tomorrow, Lanes.All, spill);
        DateOnly? asOf = context.HasAsOf ? context.AsOf.DayIn(calendar, TimeProvider.System) : null;
        switch (OrderFileScan.Patterns(file, reading, asOf))
        {
            case OrderFileOutcome.Known known:
                using (known.Patterns)
                {
                    return Task.FromResult(Score(context, parsed, known, kind, horizon ?? known.CycleDays));
                }

            case OrderFileOutcome.NotPlain odd:
                context.Tell(
                    $"{file}, line {odd.Line}: {odd.Reason.En}. Only plain files are scored without an import; for this one: retention import orders, then retention score.",
                    $"{file} 第 {odd.Line} 行：{odd.Reason.Zh}。不导入直接评分只支持普通格式；请先 retention import orders 导入，再 retention score。"
                );
                return Task.FromResult(Exit.WithRefusals);
            default:
                throw new InvalidOperationException("A scan ends in patterns or in a line that is not plain.");
        }
    }

    private static Phrase? Problem(CommandContext context, ParseResult parsed, out BuyingModelKind kind, out int? horizon)
    {
        var (model, zone) = (parsed.GetValue<string?>("--model"), parsed.GetValue<string?>("--zone"));
        var isKind = Enum.TryParse(model ?? "MBG", ignoreCase: true, out kind) && kind is BuyingModelKind.MBG or BuyingModelKind.BG;
        return !ScoreFitting.TryReadDays(parsed.GetValue<string?>("--horizon"), out horizon) ? ScoreFitting.HorizonHint
            : parsed.GetValue<bool>("--fit") ? new("--orders fits by itself; leave --fit out.", "--orders 自己会拟合；请去掉 --fit。")
            : parsed.GetValue<string?>("--orders") is not { Length: > 0 } file
                ? new("--out and --zone go with --orders.", "--out 和 --zone 要与 --orders 一起使用。")
            : !File.Exists(context.PathOf(file)) ? new($"{file} does not exist.", $"找不到文件 {file}。")
            : !isKind ? new($"--model {model}: MBG or BG go with --orders.", $"--model {model}：--orders 只支持 MBG 或 BG。")
            : zone is not null && !BusinessCalendar.IsZone(zone)
                ? new($"--zone {zone}: write an IANA name such as Europe/Berlin.", $"--zone {zone}：请写 IANA 时区名，如 Asia/Shanghai。")
            : null;
    }

    private static int Score(CommandContext context, ParseResult parsed, OrderFileOutcome.Known known, BuyingModelKind kind, int horizon)
    {
        var fit = BulkFit.Run(known.Patterns, kind, Lanes.All);
        var (model, bound) = fit switch
        {
            ModelFit.Fitted fitted => (fitted.Model, null),
            ModelFit.AtBound at => (at.Model, at.Parameter),
            _ => (null, null),
        };
        if (model is not GeometricModel found)
        {
            var why = OrderFileWords.WhyNot(fit);
            context.Tell(why);
            return Exit.WithRefusals;
        }

        var spend = BulkFit.Spend(known.Patterns, Lanes.All) switch
        {
            SpendFit.Fitted fitted => fitted.Model,
            SpendFit.AtBound at => at.Model,
            _ => null,
        };
        var all = new BulkBase(known.Patterns, found, spend, horizon, ReturnLevels.Default, Lanes.All);
        if (parsed.GetValue<string?>("--out") is { } output)
        {
            ScoreFile.Write(all, context.PathOf(output));
        }

        context.Print(OrderFileDocument.Of(known, all, fit, bound, BulkStanding.Of(all, AtRiskShown), context.Language));
        return Exit.Done;
    }
}
