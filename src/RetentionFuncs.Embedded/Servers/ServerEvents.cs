using System.Net.Http.Headers;
using System.Text;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.ShopEvents;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>
/// Brings a file of events to a running home: delivery events are merged at once, shop events are kept there and applied within moments.
/// What cannot be read is refused here, with its line, and not sent.
/// </summary>
internal static class ServerEvents
{
    private const int Batch = 500;

    /// <summary>Below what one request may hold.</summary>
    private const int BatchBytes = 900 * 1024;

    private sealed record RefusedLine(int Line, string Reason);

    private sealed record Told(int Accepted, int Unchanged, int Refused, int Quarantined, IReadOnlyList<RefusedLine> RefusedLines);

    private sealed record Finding(string Path, string Message);

    private sealed record Kept(int Place, string Status, IReadOnlyList<Finding> Findings);

    private sealed record KeptEvents(int Repeated, IReadOnlyList<Kept> Events);

    private sealed record Sent(int Line, string Text);

    public static async Task<int> RunAsync(ServerCall call)
    {
        var context = call.Context;
        var path = context.PathOf(call.Value("file")!);
        if (!File.Exists(path))
        {
            return context.Usage($"{path} does not exist.", $"找不到文件 {path}。");
        }

        var (name, number, report) = (Path.GetFileName(path), 0, EventFileReport.None);
        void Refuse(int line, string reason) => context.Err.WriteLine($"{name}:{line}: {reason}");
        var (deliveries, shop) = (new Waiting(), new Waiting());
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            report = report with { Rows = report.Rows + 1 };
            var read = EventLine.Read(line, TimeProvider.System.GetUtcNow());
            if (read is EventLine.Refused refused)
            {
                Refuse(number, refused.Reason.In(context.Language));
                report = report with { Refused = report.Refused + 1 };
                continue;
            }

            var waiting = read is EventLine.OfShop ? shop : deliveries;
            if (!waiting.HasRoomFor(line))
            {
                report = report.Plus(await SendAsync(call, waiting, read is EventLine.OfShop, Refuse));
            }

            waiting.Add(new Sent(number, line));
        }

        report = report.Plus(await SendAsync(call, deliveries, false, Refuse)).Plus(await SendAsync(call, shop, true, Refuse));
        return ImportEventsCommand.Tell(context, name, report);
    }

    /// <summary>Sent again after a lost answer, the same events change nothing.</summary>
    private static async Task<EventFileReport> SendAsync(ServerCall call, Waiting waiting, bool isShop, Action<int, string> refuse)
    {
        var lines = waiting.Take();
        return lines.Count == 0 ? EventFileReport.None
            : isShop ? await KeepAsync(call, lines, refuse)
            : await RecordAsync(call, lines, refuse);
    }

    private static async Task<EventFileReport> RecordAsync(ServerCall call, IReadOnlyList<Sent> lines, Action<int, string> refuse)
    {
        var told = await PostAsync<Told>(call, "delivery-events", lines);
        foreach (var line in told.RefusedLines)
        {
            refuse(lines[line.Line - 1].Line, line.Reason);
        }

        return new(0, told.Accepted, told.Unchanged, told.Refused, told.Quarantined, 0);
    }

    private static async Task<EventFileReport> KeepAsync(ServerCall call, IReadOnlyList<Sent> lines, Action<int, string> refuse)
    {
        var told = await PostAsync<KeptEvents>(call, "events", lines);
        var odd = told.Events.Where(e => e.Status is not ("accepted" or "repeated")).ToArray();
        foreach (var e in odd)
        {
            refuse(
                lines[e.Place - 1].Line,
                string.Join("; ", e.Findings.Select(f => f.Path.Length == 0 ? f.Message : $"{f.Path}: {f.Message}"))
            );
        }

        var accepted = lines.Count - odd.Length;
        return new(0, accepted, told.Repeated, odd.Length, 0, accepted);
    }

    private static Task<T> PostAsync<T>(ServerCall call, string path, IReadOnlyList<Sent> lines) =>
        Retrying.RunAsync(
            call.Context,
            async () =>
            {
                var content = new ByteArrayContent(Encoding.UTF8.GetBytes(string.Join('\n', lines.Select(l => l.Text))));
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
                return (await call.Client.SendAsync(HttpMethod.Post, path, content)).Read<T>();
            }
        );

    /// <summary>Lines of one kind until there are enough for a request.</summary>
    private sealed class Waiting
    {
        private List<Sent> _lines = [];
        private int _bytes;

        public bool HasRoomFor(string line) =>
            _lines.Count < Batch && (_lines.Count == 0 || _bytes + Encoding.UTF8.GetByteCount(line) < BatchBytes);

        public void Add(Sent line)
        {
            _lines.Add(line);
            _bytes += Encoding.UTF8.GetByteCount(line.Text) + 1;
        }

        public IReadOnlyList<Sent> Take()
        {
            var taken = _lines;
            (_lines, _bytes) = ([], 0);
            return taken;
        }
    }
}
