using System.CommandLine;
using RetentionFuncs.Customers;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Sends one step of a campaign to somebody of the shop, in each of its languages.</summary>
internal static class CampaignTestCommand
{
    public static Command Define(CommandLine line)
    {
        var key = new Argument<string>("key") { Description = "The campaign's key." };
        var step = new Option<string>("--step") { Description = "The id of an e-mail step.", Required = true };
        var to = new Option<string>("--to") { Description = "An address of your own.", Required = true };
        var customer = new Option<string?>("--customer") { Description = "Use this customer's facts; else a sample customer's." };
        var command = new Command("test", "Send one step to an address of your own, marked as a test; no touchpoint is made.")
        {
            key,
            step,
            to,
            customer,
        };
        line.Bind(
            command,
            (context, parsed) =>
                EmailAddress.TryParse(parsed.GetValue(to), out var address, out var problem)
                    ? WithHome.ChangeAsync(
                        context,
                        home =>
                            RunAsync(
                                context,
                                home,
                                new TestOrder(
                                    parsed.GetValue(key)!,
                                    parsed.GetValue(step)!,
                                    address,
                                    parsed.GetValue(customer),
                                    OperatorReason.Who
                                )
                            )
                    )
                    : Task.FromResult(context.Usage($"--to: the address {problem}.", "--to：邮箱地址无效。"))
        );
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, TestOrder order)
    {
        switch (await home.Product.SendTest.RunAsync(order))
        {
            case TestEnding.Refused refused:
                return context.Usage(refused.Reason.En, refused.Reason.Zh);
            case TestEnding.Done done:
                Show(context, done.Copies);
                return done.Copies.All(c => c.Result is SendResult.Accepted) ? Exit.Done
                    : done.Copies.All(c => c.Result is not null) ? Exit.Failed
                    : Exit.WithRefusals;
            default:
                return Exit.Failed;
        }
    }

    private static void Show(CommandContext context, IReadOnlyList<TestCopy> copies)
    {
        if (context.Json)
        {
            context.Print(
                new
                {
                    copies = copies.Select(c => new
                    {
                        c.Locale,
                        c.Subject,
                        accepted = c.Result is SendResult.Accepted,
                        problem = ProblemOf(c),
                    }),
                }
            );
            return;
        }

        foreach (var copy in copies)
        {
            context.Out.WriteLine(
                ProblemOf(copy) is { } problem
                    ? context.Say($"{copy.Locale}: not sent. {problem}", $"{copy.Locale}：未发出。{problem}")
                    : context.Say($"{copy.Locale}: sent, {copy.Subject}", $"{copy.Locale}：已发出，{copy.Subject}")
            );
        }
    }

    private static string? ProblemOf(TestCopy copy) =>
        copy.Result switch
        {
            SendResult.Accepted => null,
            SendResult.Refused r => r.Reason,
            SendResult.SystemicRefusal s => s.Reason,
            SendResult.ProvenNotSent p => p.Reason,
            SendResult.Unknown u => u.Reason,
            _ => copy.Problem,
        };
}
