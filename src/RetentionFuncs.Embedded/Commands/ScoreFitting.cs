using System.CommandLine;
using System.Globalization;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>
/// <c>score --fit</c>: fits the models, tells how they compare on the business's own history, puts the fit in place and writes it to a
/// file. For a past day it tells and writes nothing.
/// </summary>
internal static class ScoreFitting
{
    private const int LongestHorizonDays = 3650;

    private static readonly string[] Kinds = Enum.GetNames<BuyingModelKind>();

    public static void Offer(Command command)
    {
        command.Add(new Option<bool>("--fit") { Description = "Fit the models anew, compare them and choose." });
        command.Add(new Option<string?>("--model") { Description = "With --fit: MBG, BG or Pareto instead of choosing." });
        command.Add(
            new Option<string?>("--horizon")
            {
                Description = "With --fit: chances are of an order within so many days; default: the cycle.",
            }
        );
    }

    /// <summary>Whether any of its options is given.</summary>
    public static bool IsAsked(ParseResult parsed) =>
        parsed.GetValue<bool>("--fit")
        || parsed.GetValue<string?>("--model") is not null
        || parsed.GetValue<string?>("--horizon") is not null;

    /// <summary>Null when nothing of this is asked for.</summary>
    public static Task<int>? RefuseOverServer(CommandContext context, ParseResult parsed) =>
        IsAsked(parsed)
            ? Task.FromResult(
                context.Usage(
                    "--fit works on a folder of this machine; a running home fits by itself once a week.",
                    "--fit 只能用于本机的数据文件夹；运行中的系统每周会自动重新拟合。"
                )
            )
            : null;

    public static Task<int> RunAsync(CommandContext context, ParseResult parsed)
    {
        if (!parsed.GetValue<bool>("--fit"))
        {
            return Task.FromResult(context.Usage("--model and --horizon go with --fit.", "--model 和 --horizon 要与 --fit 一起使用。"));
        }

        if (!TryReadKind(parsed.GetValue<string?>("--model"), out var kind))
        {
            var hint = NearestName.Hint(parsed.GetValue<string?>("--model")!, Kinds);
            return Task.FromResult(context.Usage($"--model: MBG, BG or Pareto. {hint.En}", $"--model：可选 MBG、BG 或 Pareto。{hint.Zh}"));
        }

        if (!TryReadDays(parsed.GetValue<string?>("--horizon"), out var horizon))
        {
            return Task.FromResult(context.Usage(HorizonHint.En, HorizonHint.Zh));
        }

        ChoiceOptions With(ChoiceOptions settings) => settings with { Forced = kind, HorizonDays = horizon ?? settings.HorizonDays };
        return WithHome.ReadAsync(
            context,
            home =>
                IsPast(context, home)
                    ? TellAsync(context, home, With(home.Product.Choice))
                    : WithHome.ChangeAsync(context with { Open = home }, at => KeepAsync(context, at, With(at.Product.Choice)))
        );
    }

    internal static Phrase HorizonHint { get; } =
        new($"--horizon: whole days, 1 to {LongestHorizonDays}.", $"--horizon：请写天数，1 至 {LongestHorizonDays} 的整数。");

    internal static bool TryReadDays(string? text, out int? days)
    {
        days = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;
        return text is null || days is >= 1 and <= LongestHorizonDays;
    }

    private static bool TryReadKind(string? text, out BuyingModelKind? kind)
    {
        kind = Kinds.Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse<BuyingModelKind>(text!, ignoreCase: true) : null;
        return text is null || kind is not null;
    }

    private static bool IsPast(CommandContext context, EmbeddedHome home) =>
        context.AsOfIn(home) < home.Product.Calendar.DayOf(home.Product.Clock.GetUtcNow());

    private static async Task<int> TellAsync(CommandContext context, EmbeddedHome home, ChoiceOptions options)
    {
        var progress = Progress(context);
        var model = await home.Product.FitModel.RunAsync(context.AsOfIn(home), options, progress);
        progress.End();
        context.Print(ModelDocument.Of(model, context.Language));
        context.Tell("For a past day: told and not kept.", "所问的是过去的日期：只展示结果，不写入。");
        return Exit.Done;
    }

    private static async Task<int> KeepAsync(CommandContext context, EmbeddedHome home, ChoiceOptions options)
    {
        var progress = Progress(context);
        var model = await home.Product.FitModel.KeepAsync(context.AsOfIn(home), options, progress);
        progress.End();
        var file = Path.Combine(context.Folder.Models, string.Create(CultureInfo.InvariantCulture, $"model-{model.Version:0000}.json"));
        Directory.CreateDirectory(context.Folder.Models);
        await File.WriteAllTextAsync(file, FittedModelJson.Write(model) + "\n");
        context.Print(ModelDocument.Of(model, context.Language));
        context.Tell(
            $"Kept as version {model.Version}, in force until the weekly refit chooses anew; the next tick moves stage dates. File: {file}",
            $"已保存为第 {model.Version} 版，在每周重新拟合之前有效；下次 tick 会据此调整各阶段的日期。文件：{file}"
        );
        return Exit.Done;
    }

    private static ProgressLine Progress(CommandContext context) => new(context.Err, context.IsTerminal, context.Say("customers", "顾客"));
}
