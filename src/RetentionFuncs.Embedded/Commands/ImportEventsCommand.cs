using System.CommandLine;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Embedded.Home;

namespace RetentionFuncs.Embedded.Commands;

/// <summary>Takes in what a provider said of messages, one JSON document a line.</summary>
internal static class ImportEventsCommand
{
    private const int Batch = 500;

    public static Command Define(CommandLine line)
    {
        var file = new Argument<string>("file") { Description = "JSON lines: touch, attempt, event, at." };
        var command = new Command("events", "Delivery events as JSON lines.") { file };
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

        var (line, rows, refused, report) = (0, 0, 0, new DeliveryReport(0, 0, 0));
        var batch = new List<DeliveryEvent>(Batch);
        await foreach (var text in File.ReadLinesAsync(file))
        {
            line++;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            rows++;
            if (!DeliveryEventLines.TryParse(text, out var e, out var problem))
            {
                refused++;
                context.Err.WriteLine($"{Path.GetFileName(file)}:{line}: {problem.In(context.Language)}");
                continue;
            }

            batch.Add(e);
            if (batch.Count == Batch)
            {
                report = report.Plus(await home.Product.RecordDeliveryEvents.RunAsync(batch));
                batch.Clear();
            }
        }

        report = report.Plus(await home.Product.RecordDeliveryEvents.RunAsync(batch));
        if (context.Json)
        {
            context.Print(
                new
                {
                    File = Path.GetFileName(file),
                    rows,
                    Accepted = rows - refused,
                    Unchanged = report.Repeated,
                    refused,
                    report.Quarantined,
                }
            );
        }
        else
        {
            context.Out.WriteLine(
                context.Say(
                    $"{rows:N0} events: {report.Recorded:N0} recorded, {report.Repeated:N0} known already, {report.Quarantined:N0} not about our messages, {refused:N0} refused.",
                    $"共 {rows:N0} 条事件：记录 {report.Recorded:N0} 条，重复 {report.Repeated:N0} 条，非本系统信息 {report.Quarantined:N0} 条，拒绝 {refused:N0} 条。"
                )
            );
        }

        return refused > 0 ? Exit.WithRefusals : Exit.Done;
    }
}
