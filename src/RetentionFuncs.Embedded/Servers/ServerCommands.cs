using System.CommandLine;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Imports;
using static RetentionFuncs.Embedded.Servers.ServerClient;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>What each command does when it is given for a running home; one line a command, by the words it is called with.</summary>
internal static class ServerCommands
{
    /// <param name="Changes">A running home changes things at its own time, so <c>--as-of</c> is refused.</param>
    /// <param name="Act">Null: the command needs no home and runs as always.</param>
    private sealed record Verb(bool Changes, Func<ServerCall, Task<int>>? Act);

    private static readonly Dictionary<string, Verb> Verbs = new(StringComparer.Ordinal)
    {
        ["import products"] = Changes(call => ServerImport.RunAsync(call, ImportKinds.Products)),
        ["import customers"] = Changes(call => ServerImport.RunAsync(call, ImportKinds.Customers)),
        ["import orders"] = Changes(call => ServerImport.RunAsync(call, ImportKinds.Orders)),
        ["import results"] = Changes(call => ServerImport.RunAsync(call, ImportKinds.Results)),
        ["import suppressions"] = Changes(call => ServerImport.RunAsync(call, ImportKinds.Suppressions)),
        ["import consents"] = Changes(call => ServerImport.RunAsync(call, ImportKinds.Consents)),
        ["import receivables"] = Changes(call => ServerImport.RunAsync(call, ImportKinds.Receivables)),
        ["import deliveries"] = Changes(call => ServerImport.RunAsync(call, ImportKinds.Deliveries)),
        ["import stock"] = Changes(call => ServerImport.RunAsync(call, ImportKinds.Stock)),
        ["import events"] = Changes(ServerEvents.RunAsync),
        ["score"] = Reads(call =>
            OrderFileScoring.RefuseOverServer(call.Context, call.Parsed)
            ?? ScoreFitting.RefuseOverServer(call.Context, call.Parsed)
            ?? call.PostAsync("score" + Query(("asOf", call.AsOf)))
        ),
        ["segments"] = Reads(call =>
            call.PostAsync(
                "segments" + Query(("asOf", call.AsOf)),
                new { expression = call.Value(SegmentsCommand.Expression), list = call.Parsed.GetValue<bool>(SegmentsCommand.List) }
            )
        ),
        ["explain"] = Reads(call => call.PostAsync("explain" + Query(("asOf", call.AsOf)), new { customer = call.Value("customer") })),
        ["report"] = Reads(ServerReport.RunAsync),
        ["campaigns lint"] = new(false, null),
        ["campaigns apply"] = Changes(ServerCampaigns.ApplyAsync),
        ["campaigns list"] = Reads(call => call.GetAsync("campaigns")),
        ["campaigns show"] = Reads(call => call.GetAsync("campaigns/" + call.Only())),
        ["campaigns launch"] = Changes(ServerCampaigns.LaunchAsync),
        ["campaigns pause"] = Changes(call => call.PostAsync($"campaigns/{call.Only()}/pause")),
        ["campaigns stop"] = Changes(call => call.PostAsync($"campaigns/{call.Only()}/stop")),
        ["campaigns export"] = Reads(ServerCampaigns.ExportAsync),
        ["deadletters"] = Reads(call => call.GetAsync("deadletters")),
        ["deadletters list"] = Reads(call => call.GetAsync("deadletters")),
        ["deadletters show"] = Reads(call => call.GetAsync("deadletters/" + call.Only())),
        ["deadletters replay"] = Changes(call => call.PostAsync($"deadletters/{call.Only()}/replay", Reason(call, "replayed by command"))),
        ["deadletters drop"] = Changes(call => call.PostAsync($"deadletters/{call.Only()}/drop", Reason(call))),
        ["handoff"] = Changes(ServerHandOff.MakeAsync),
        ["handoff list"] = Reads(call => call.GetAsync("handoffs")),
        ["handoff again"] = Reads(ServerHandOff.AgainAsync),
        ["kill-switch show"] = Reads(call => call.GetAsync("kill-switch")),
        ["kill-switch on"] = Changes(call => call.PostAsync("kill-switch/on", Reason(call))),
        ["kill-switch off"] = Changes(call => call.PostAsync("kill-switch/off", Reason(call))),
        ["export"] = Reads(ExportCommand.RunAsync),
        ["erase"] = Changes(call =>
            call.PostAsync(
                "customers/erase",
                new
                {
                    customer = call.Value("customer"),
                    contact = call.Value(EraseCommand.Contact),
                    suppress = call.Parsed.GetValue<bool>(EraseCommand.Suppress),
                    reason = call.Value("--reason"),
                }
            )
        ),
        ["doctor"] = Reads(ServerStatus.RunAsync),
    };

    /// <summary>Commands that can be given for a running home.</summary>
    public static IReadOnlyCollection<string> Known => Verbs.Keys;

    /// <param name="here">What the command does without a server.</param>
    public static async Task<int> RunAsync(CommandContext context, ServerAccess access, ParseResult parsed, Func<Task<int>> here)
    {
        var name = NameOf(parsed);
        if (!Verbs.TryGetValue(name, out var verb))
        {
            return context.Usage(
                $"'{name}' works on a folder of this machine and cannot be done over --server. These can: {string.Join(", ", Verbs.Keys)}.",
                $"“{name}”只能在本机的数据文件夹上执行，不支持 --server。支持的命令：{string.Join("、", Verbs.Keys)}。"
            );
        }

        if (verb.Changes && context.HasAsOf)
        {
            return context.Usage(
                $"'{name}' over --server happens now; --as-of is for questions only.",
                $"“{name}”通过 --server 执行时即刻生效；--as-of 只能用于查询。"
            );
        }

        if (verb.Act is not { } act)
        {
            return await here();
        }

        using var client = new ServerClient(access, context.Language);
        return await act(new ServerCall(context, client, parsed));
    }

    /// <summary>The words a command is called with: <c>campaigns launch</c>.</summary>
    private static string NameOf(ParseResult parsed)
    {
        var words = new Stack<string>();
        for (var at = parsed.CommandResult; at is { Command: not RootCommand }; at = at.Parent as System.CommandLine.Parsing.CommandResult)
        {
            words.Push(at.Command.Name);
        }

        return string.Join(' ', words);
    }

    private static Verb Reads(Func<ServerCall, Task<int>> act) => new(false, act);

    private static Verb Changes(Func<ServerCall, Task<int>> act) => new(true, act);

    /// <param name="unasked">What is written down when the command has no such option.</param>
    private static object Reason(ServerCall call, string unasked = "") =>
        new { reason = call.Parsed.CommandResult.Command.Options.Any(o => o.Name == "--reason") ? call.Value("--reason") : unasked };
}
