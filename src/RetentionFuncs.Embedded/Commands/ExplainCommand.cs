using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Why this customer got this, and why not that. Writes nothing.</summary>
internal static class ExplainCommand
{
    public static Command Define(CommandLine line)
    {
        var customer = new Argument<string>("customer") { Description = "The customer's id as the shop knows it." };
        var command = new Command("explain", "Why a customer got this, and why not that.") { customer };
        line.Bind(command, (context, parsed) => WithHome.ReadAsync(context, home => RunAsync(context, home, parsed.GetValue(customer)!)));
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, string customer)
    {
        if (await home.Product.ExplainCustomer.RunAsync(customer, context.EndOfAsOf(home)) is not { } told)
        {
            return context.Usage($"No customer '{customer}' is on file.", $"没有顾客“{customer}”的记录。");
        }

        context.Print(ExplanationDocument.Of(told, home.Product.Calendar, context.Language));
        return Exit.Done;
    }
}
