using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Explanations;

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

        if (context.Json)
        {
            context.Print(Document(told, context.Language));
            return Exit.Done;
        }

        context.Out.WriteLine($"{told.CustomerId}  ({told.AsOf:yyyy-MM-dd})");
        context.Out.WriteLine("  " + told.Standing.In(context.Language));
        foreach (var campaign in told.Campaigns)
        {
            context.Out.WriteLine();
            context.Out.WriteLine($"{campaign.Title.In(context.Language)} [{campaign.Campaign}]");
            context.Out.WriteLine("  " + campaign.Summary.In(context.Language));
            foreach (var entry in campaign.History.Concat(campaign.Messages).OrderBy(e => e.At))
            {
                var (date, time) = home.Product.Calendar.LocalOf(entry.At, null);
                context.Out.WriteLine($"    {date:yyyy-MM-dd} {time:HH:mm}  {entry.Sentence.In(context.Language)}");
            }
        }

        return Exit.Done;
    }

    private static object Document(Explanation told, string language) =>
        new
        {
            told.CustomerId,
            told.CustomerKey,
            told.AsOf,
            told.Stage,
            Standing = told.Standing.In(language),
            Campaigns = told.Campaigns.Select(c => new
            {
                c.Campaign,
                Title = c.Title.In(language),
                Summary = c.Summary.In(language),
                c.FromLedger,
                History = c.History.Select(h => new { h.At, Sentence = h.Sentence.In(language) }),
                Messages = c.Messages.Select(m => new { m.At, Sentence = m.Sentence.In(language) }),
            }),
        };
}
