using System.CommandLine;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.ShopEvents;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Takes in what happened in the shop and what a provider said of messages, one JSON document a line, both in one file.</summary>
internal static class ImportEventsCommand
{
    public static Command Define(CommandLine line)
    {
        var file = new Argument<string>("file")
        {
            Description = "JSON lines: shop events (schema, type, …) and delivery events (touch, attempt, event, at).",
        };
        var command = new Command("events", "Shop events and delivery events as JSON lines.") { file };
        line.Bind(
            command,
            (context, parsed) => WithHome.ChangeAsync(context, home => RunAsync(context, home, context.PathOf(parsed.GetValue(file)!)))
        );
        return command;
    }

    private static async Task<int> RunAsync(CommandContext context, EmbeddedHome home, string file)
    {
        if (!File.Exists(file))
        {
            return context.Usage($"{file} does not exist.", $"找不到文件 {file}。");
        }

        var name = Path.GetFileName(file);
        var report = await home.Product.ImportEventLines.RunAsync(
            File.ReadLinesAsync(file),
            (line, why) => context.Err.WriteLine($"{name}:{line}: {why.In(context.Language)}")
        );
        return Tell(context, name, report);
    }

    internal static int Tell(CommandContext context, string name, EventFileReport told)
    {
        if (context.Json)
        {
            context.Print(
                new
                {
                    File = name,
                    told.Rows,
                    told.Accepted,
                    told.Unchanged,
                    told.Refused,
                    told.Quarantined,
                    told.OfShop,
                }
            );
        }
        else
        {
            var recorded = told.Accepted - told.Unchanged - told.Quarantined;
            context.Out.WriteLine(
                context.Say(
                    $"{told.Rows:N0} events: {recorded:N0} recorded, {told.Unchanged:N0} known already, {told.Quarantined:N0} not about our messages, {told.Refused:N0} refused.",
                    $"共 {told.Rows:N0} 条事件：记录 {recorded:N0} 条，重复 {told.Unchanged:N0} 条，非本系统信息 {told.Quarantined:N0} 条，拒绝 {told.Refused:N0} 条。"
                )
            );
        }

        return told.Refused > 0 ? Exit.WithRefusals : Exit.Done;
    }
}
