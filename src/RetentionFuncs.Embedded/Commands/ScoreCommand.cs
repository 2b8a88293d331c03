using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Where the whole base stands on a day, which writes nothing; with <c>--fit</c>, see <see cref="ScoreFitting"/>.</summary>
internal static class ScoreCommand
{
    public static Command Define(CommandLine line)
    {
        var command = new Command("score", "Stages, churn rate and RFM groups at the end of a day.");
        ScoreFitting.Offer(command);
        OrderFileScoring.Offer(command);
        line.Bind(
            command,
            (context, parsed) =>
                OrderFileScoring.IsAsked(parsed) ? OrderFileScoring.RunAsync(context, parsed)
                : ScoreFitting.IsAsked(parsed) ? ScoreFitting.RunAsync(context, parsed)
                : WithHome.ReadAsync(context, home => RunAsync(context, home))
        );
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home)
    {
        var progress = new ProgressLine(context.Err, context.IsTerminal, context.Say("customers", "顾客"));
        var score = await home.Product.ScoreCustomers.RunAsync(context.AsOfIn(home), progress: progress);
        progress.End();
        context.Print(ScoreDocument.Of(score, context.Language));
        return Exit.Done;
    }
}
