using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Segments;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Who is in which tier, stage, group and audience. Writes nothing.</summary>
internal static class SegmentsCommand
{
    public const string Expression = "expression";
    public const string List = "--list";

    public static Command Define(CommandLine line)
    {
        var expression = new Argument<string?>(Expression)
        {
            Description = "An audience expression to count, such as \"value_tier = key and stage >= cooling\".",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var list = new Option<bool>(List) { Description = "The ids of the customers it holds, one a line." };
        var command = new Command("segments", "How many customers are in each tier, stage, group and audience.") { expression, list };
        line.Bind(
            command,
            (context, parsed) =>
                TryRead(context, parsed.GetValue(expression), parsed.GetValue(list), out var asked)
                    ? WithHome.ReadAsync(context, home => RunAsync(context, home, asked, parsed.GetValue(list)))
                    : Task.FromResult(Exit.WrongUsage)
        );
        return command;
    }

    private static bool TryRead(CommandContext context, string? text, bool list, out AudienceExpression? asked)
    {
        asked = null;
        if (text is null)
        {
            if (list)
            {
                context.Tell("--list needs an expression; write everyone for all.", "--list 需要写出条件；如需全部顾客请写 everyone。");
            }

            return !list;
        }

        if (AudienceExpression.TryParse(text, out asked, out var errors))
        {
            return true;
        }

        foreach (var error in errors)
        {
            context.Err.WriteLine(error.Render(text, context.Language));
        }

        return false;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, AudienceExpression? asked, bool list)
    {
        if (list)
        {
            // Ids of many people at once leave the home.
            await home.Product.NoteOperation.RunAsync(OperatorReason.Who, "export-segment", asked!.ToString(), "–");
        }

        var progress = new ProgressLine(context.Err, context.IsTerminal, context.Say("customers", "顾客"));
        var counts = await home.Product.CountSegments.RunAsync(context.AsOfIn(home), asked, list, progress);
        progress.End();
        context.Print(SegmentsDocument.Of(counts, context.Language));
        return Exit.Done;
    }
}
