using System.Net.Http.Headers;
using System.Text;
using RetentionFuncs.Embedded.Commands;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>Brings delivery events, one JSON document a line, to a running home.</summary>
internal static class ServerEvents
{
    private const int Batch = 500;

    private sealed record RefusedLine(int Line, string Reason);

    private sealed record Told(
        int Rows,
        int Accepted,
        int Unchanged,
        int Refused,
        int Quarantined,
        IReadOnlyList<RefusedLine> RefusedLines
    );

    public static async Task<int> RunAsync(ServerCall call)
    {
        var context = call.Context;
        var path = context.PathOf(call.Value("file")!);
        if (!File.Exists(path))
        {
            return context.Usage($"{path} does not exist.", $"找不到文件 {path}。");
        }

        var (name, sent, total) = (Path.GetFileName(path), 0, new Told(0, 0, 0, 0, 0, []));
        foreach (var lines in File.ReadLines(path).Chunk(Batch))
        {
            var told = await SendAsync(call, lines);
            foreach (var line in told.RefusedLines)
            {
                context.Err.WriteLine($"{name}:{sent + line.Line}: {line.Reason}");
            }

            sent += lines.Length;
            total = new(
                total.Rows + told.Rows,
                total.Accepted + told.Accepted,
                total.Unchanged + told.Unchanged,
                total.Refused + told.Refused,
                total.Quarantined + told.Quarantined,
                []
            );
        }

        Tell(context, name, total);
        return total.Refused > 0 ? Exit.WithRefusals : Exit.Done;
    }

    /// <summary>Sent again after a lost answer, the same events change nothing.</summary>
    private static Task<Told> SendAsync(ServerCall call, string[] lines) =>
        Retrying.RunAsync(
            call.Context,
            async () =>
            {
                var content = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
                return (await call.Client.SendAsync(HttpMethod.Post, "delivery-events", content)).Read<Told>();
            }
        );

    private static void Tell(CommandContext context, string name, Told told)
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
                }
            );
            return;
        }

        var recorded = told.Accepted - told.Unchanged - told.Quarantined;
        context.Out.WriteLine(
            context.Say(
                $"{told.Rows:N0} events: {recorded:N0} recorded, {told.Unchanged:N0} known already, {told.Quarantined:N0} not about our messages, {told.Refused:N0} refused.",
                $"共 {told.Rows:N0} 条事件：记录 {recorded:N0} 条，重复 {told.Unchanged:N0} 条，非本系统信息 {told.Quarantined:N0} 条，拒绝 {told.Refused:N0} 条。"
            )
        );
    }
}
