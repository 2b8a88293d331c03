using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Operations;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Stops all sending at once, lets it go on, or says how it stands; changes want a reason and are written down.</summary>
internal static class KillSwitchCommand
{
    public const string TurnedOn = "kill-switch-on";
    private const string TurnedOff = "kill-switch-off";

    public static Command Define(CommandLine line)
    {
        var show = new Command("show", "Whether all sending is stopped.");
        line.Bind(
            show,
            (context, _) =>
                WithHome.ReadAsync(
                    context,
                    async home =>
                    {
                        context.Print(KillSwitchDocument.Of(await home.Product.Campaigns.IsKilledAsync(), context.Language));
                        return Exit.Done;
                    }
                )
        );
        return new Command("kill-switch", "Stop all sending at once, or let it go on.")
        {
            Turn(line, "on", "Stop all sending.", true),
            Turn(line, "off", "Let sending go on.", false),
            show,
        };
    }

    /// <summary>Who turned it last, or null when that is not on file.</summary>
    public static async Task<Operation?> LastAsync(EmbeddedHome home)
    {
        await foreach (var operation in new OperatorLog(home.Product.Store).ReadAsync())
        {
            if (operation.What is TurnedOn or TurnedOff)
            {
                return operation;
            }
        }

        return null;
    }

    private static Command Turn(CommandLine line, string name, string text, bool on)
    {
        var reason = OperatorReason.Option();
        var command = new Command(name, text) { reason };
        line.Bind(command, (context, parsed) => TurnAsync(context, on, parsed.GetValue(reason)!));
        return command;
    }

    private static Task<int> TurnAsync(CommandContext context, bool on, string reason) =>
        string.IsNullOrWhiteSpace(reason)
            ? Task.FromResult(OperatorReason.Missing(context))
            : WithHome.ReadAsync(
                context,
                async home =>
                {
                    var done = await home.Product.NoteOperation.RunAsync(OperatorReason.Who, on ? TurnedOn : TurnedOff, "", reason);
                    await home.Product.Campaigns.KillAsync(on, done.By);
                    home.Product.Campaigns.Forget();
                    context.Print(KillSwitchDocument.Of(on, context.Language));
                    return Exit.Done;
                }
            );
}
