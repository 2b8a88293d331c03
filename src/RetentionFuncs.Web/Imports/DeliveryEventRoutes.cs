using System.Text;
using Microsoft.AspNetCore.Http;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Findings;
using RetentionFuncs.Web.Api;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Web.Imports;

/// <summary>What a provider said of messages, as JSON lines: the same lines as <c>import events</c> takes. The same lines again change nothing.</summary>
internal static class DeliveryEventRoutes
{
    /// <summary>Longest body; about 5,000 events.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Refused lines that are told of one by one.</summary>
    private const int Shown = 100;

    private const string JsonLines = "application/x-ndjson";

    public static void Map(ApiGroup api) => api.Map("POST", "/delivery-events", RecordAsync);

    private sealed record RefusedLine(int Line, string Reason);

    private static async Task<ApiAnswer> RecordAsync(ApiCall call)
    {
        call.AllowOnly();
        var (events, refused, rows) = (new List<DeliveryEvent>(), new List<RefusedLine>(), 0);
        var lines = (await TextAsync(call.Context.Request)).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }

            rows++;
            if (DeliveryEventLines.TryParse(lines[i], out var e, out var problem))
            {
                events.Add(e);
            }
            else
            {
                refused.Add(new RefusedLine(i + 1, problem.In(call.Language)));
            }
        }

        var report = await call.Product.RecordDeliveryEvents.RunAsync(events);
        return ApiAnswer.Of(Tell(rows, report, refused, call.Language), call);
    }

    private static Document Tell(int rows, DeliveryReport report, List<RefusedLine> refused, string language) =>
        Document.Of(
            new
            {
                rows,
                Accepted = rows - refused.Count,
                Unchanged = report.Repeated,
                Refused = refused.Count,
                report.Quarantined,
                RefusedLines = refused.Take(Shown),
            },
            () =>
                new Phrase(
                    $"{rows} events: {report.Recorded} recorded, {report.Repeated} known already, {report.Quarantined} not about our messages, {refused.Count} refused.\n",
                    $"共 {rows} 条事件：记录 {report.Recorded} 条，重复 {report.Repeated} 条，非本系统信息 {report.Quarantined} 条，拒绝 {refused.Count} 条。\n"
                ).In(language)
        );

    private static async ValueTask<string> TextAsync(HttpRequest request)
    {
        if (request.ContentType?.StartsWith(JsonLines, StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new ApiProblem(
                StatusCodes.Status415UnsupportedMediaType,
                "not-json-lines",
                new("The body is not JSON lines", "请求体不是 JSON 行格式"),
                new($"Send one JSON object a line, as {JsonLines} in UTF-8.", $"请以 UTF-8 编码的 {JsonLines} 发送，每行一个 JSON 对象。")
            );
        }

        return Encoding.UTF8.GetString(await JsonBody.BytesAsync(request, MaxBytes));
    }
}
