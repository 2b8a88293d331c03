using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Keeping;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Forgets a person everywhere; a keyed hash of the address is kept, so that nothing is ever sent there again.</summary>
internal static class EraseCommand
{
    public const string Contact = "--contact";
    public const string Suppress = "--suppress";

    public static Command Define(CommandLine line)
    {
        var customer = new Argument<string>("customer") { Description = "The customer's id as the shop knows it." };
        var contact = new Option<string?>(Contact) { Description = "Only this contact of an account, by the shop's id." };
        var suppress = new Option<bool>(Suppress)
        {
            Description = "Whether the addresses get nothing more from now on.",
            DefaultValueFactory = _ => true,
        };
        var compact = new Option<bool>("--compact")
        {
            Description = "Whether freed space is overwritten at once; with several erasures in a row, say false but for the last.",
            DefaultValueFactory = _ => true,
        };
        var reason = OperatorReason.Option();
        var command = new Command("erase", "Forget a customer, or one contact, everywhere and for good.")
        {
            customer,
            contact,
            suppress,
            compact,
            reason,
        };
        line.Bind(
            command,
            (context, parsed) =>
            {
                var wish = new ErasureWish(
                    parsed.GetValue(customer)!,
                    parsed.GetValue(contact),
                    parsed.GetValue(suppress),
                    OperatorReason.Who,
                    parsed.GetValue(reason)!,
                    parsed.GetValue(compact)
                );
                return string.IsNullOrWhiteSpace(wish.Why)
                    ? Task.FromResult(OperatorReason.Missing(context))
                    : WithHome.ReadAsync(context, home => RunAsync(context, home, wish));
            }
        );
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, ErasureWish wish)
    {
        if (await home.Product.EraseCustomer.RunAsync(wish) is not { } report)
        {
            return wish.ContactId is null
                ? context.Usage($"No customer '{wish.CustomerId}' is on file.", $"没有顾客“{wish.CustomerId}”的记录。")
                : context.Usage(
                    $"No customer '{wish.CustomerId}' with a contact '{wish.ContactId}' is on file.",
                    $"没有顾客“{wish.CustomerId}”或其联系人“{wish.ContactId}”的记录。"
                );
        }

        context.Print(ErasureDocument.Of(report, context.Language));
        return report.Places.Any(p => p.Erasure.Left.Count > 0) ? Exit.WithRefusals : Exit.Done;
    }
}
