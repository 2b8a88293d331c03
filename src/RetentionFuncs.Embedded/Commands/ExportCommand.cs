using System.CommandLine;
using System.Text;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Servers;
using RetentionFuncs.Embedded.Stores;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Everything that is on file about one customer, as one document; that it was told is written down.</summary>
internal static class ExportCommand
{
    public const string Out = "--out";
    public const string Reason = "--reason";
    private const string NoReason = "–";

    public static Command Define(CommandLine line)
    {
        var customer = new Argument<string>("customer") { Description = "The customer's id as the shop knows it." };
        var file = new Option<string?>(Out) { Description = "Write it here, readable by you alone; else to standard output." };
        var reason = new Option<string?>(Reason) { Description = "Why; it is written down." };
        var command = new Command("export", "Everything on file about one customer.") { customer, file, reason };
        line.Bind(
            command,
            (context, parsed) =>
                WithHome.ReadAsync(
                    context,
                    home => RunAsync(context, home, parsed.GetValue(customer)!, parsed.GetValue(file), parsed.GetValue(reason))
                )
        );
        return command;
    }

    /// <summary>The same from a running home.</summary>
    public static async Task<int> RunAsync(ServerCall call)
    {
        var answer = await call.Client.PostAsync(
            "customers/export",
            new { customer = call.Value("customer"), reason = call.Value(Reason) ?? NoReason }
        );
        return Write(call.Context, call.Value(Out), answer.Body);
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, string customer, string? file, string? reason)
    {
        var why = string.IsNullOrWhiteSpace(reason) ? NoReason : reason;
        if (await home.Product.ExportCustomer.RunAsync(customer, OperatorReason.Who, why) is not { } export)
        {
            return context.Usage($"No customer '{customer}' is on file.", $"没有顾客“{customer}”的记录。");
        }

        foreach (var (kind, rows) in export.Rows)
        {
            context.Tell($"  {kind.En}: {rows:N0}", $"  {kind.Zh}：{rows:N0}");
        }

        return Write(context, file, export.Json);
    }

    private static int Write(CommandContext context, string? file, string json)
    {
        if (file is null)
        {
            context.Out.WriteLine(json);
            return Exit.Done;
        }

        var path = context.PathOf(file);
        using (var stream = DataFolder.NewFile(path, FileMode.Create))
        {
            stream.Write(Encoding.UTF8.GetBytes(json + "\n"));
        }

        DataFolder.Close(path);
        if (context.Json)
        {
            context.Print(new { file = path });
        }
        else
        {
            context.Out.WriteLine(context.Say($"Written to {path}.", $"已写入 {path}。"));
        }

        return Exit.Done;
    }
}
