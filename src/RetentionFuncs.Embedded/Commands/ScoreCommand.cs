using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Explanations;
using RetentionFuncs.Scoring;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Where the whole base stands on a day. Writes nothing.</summary>
internal static class ScoreCommand
{
    public static Command Define(CommandLine line)
    {
        var command = new Command("score", "Stages, churn rate and RFM groups at the end of a day.");
        line.Bind(command, (context, _) => WithHome.ReadAsync(context, home => RunAsync(context, home)));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home)
    {
        var progress = new ProgressLine(context.Err, context.IsTerminal, context.Say("customers", "顾客"));
        var score = await home.Product.ScoreCustomers.RunAsync(context.AsOfIn(home), progress: progress);
        progress.End();
        if (context.Json)
        {
            context.Print(
                new
                {
                    asOf = score.AsOf,
                    score.Customers,
                    score.Due,
                    score.ChurnRate,
                    score.Stages,
                    score.ByCountry,
                    score.Groups,
                }
            );
            return Exit.Done;
        }

        Tell(context, score);
        return Exit.Done;
    }

    private static void Tell(CommandContext context, BaseScore score)
    {
        var churn = score.ChurnRate is { } rate ? $"{rate:P1}" : "–";
        context.Out.WriteLine(
            context.Say(
                $"{score.AsOf:yyyy-MM-dd}: {score.Customers:N0} customers, {score.Due:N0} due for review, churn rate {churn}.",
                $"{score.AsOf:yyyy-MM-dd}：{score.Customers:N0} 位顾客，{score.Due:N0} 位待复核，流失率 {churn}。"
            )
        );
        foreach (var (stage, count) in score.Stages)
        {
            var share = score.Customers == 0 ? 0 : (double)count / score.Customers;
            context.Out.WriteLine(
                $"  {context.Say(stage.ToString(), StageNames.Zh(stage)), -10} {count, 9:N0}  {share, 6:P1}  {new string('█', (int)(share * 40))}"
            );
        }

        foreach (var (country, part) in score.ByCountry.OrderByDescending(c => c.Value.Customers).Take(8))
        {
            var name = country.Length > 0 ? country : context.Say("unknown", "未知");
            context.Out.WriteLine(
                context.Say(
                    $"  {name}: {part.Customers:N0} customers, churn rate {part.ChurnRate:P1}",
                    $"  {name}：{part.Customers:N0} 位顾客，流失率 {part.ChurnRate:P1}"
                )
            );
        }
    }
}
