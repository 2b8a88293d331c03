using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace RetentionFuncs.Tests.Loopback;

/// <summary>The Email Logs: searched by address and time only, opened one by one, with the custom arguments inside.</summary>
internal sealed partial class LoopbackProvider
{
    private int _logRequests;

    /// <summary>Answers instead of the log, for the n-th request to it, counted from 0; null lets the log answer.</summary>
    public Func<int, ProviderAct?> LogActs { get; set; } = _ => null;

    /// <summary>Whether the log lags: it knows of nothing yet.</summary>
    public bool LogIsEmpty { get; set; }

    /// <summary>What the log tells of a submission besides that it was processed.</summary>
    public Func<Submission, IEnumerable<Dictionary<string, object>>> LoggedEvents { get; set; } = _ => [];

    public int LogRequests => _logRequests;

    private void MapLogs(WebApplication app)
    {
        _ = app.MapPost("/v3/logs", context => AnswerLogAsync(context, SearchAsync));
        _ = app.MapGet("/v3/logs/{id}", context => AnswerLogAsync(context, OpenAsync));
    }

    private async Task AnswerLogAsync(HttpContext context, Func<HttpContext, Task> answer)
    {
        var act = LogActs(Interlocked.Increment(ref _logRequests) - 1);
        await (act?.AnswerAsync(context) ?? answer(context));
    }

    /// <summary>Speaks the filter that the product uses and refuses any other, as a strict parser would.</summary>
    private async Task SearchAsync(HttpContext context)
    {
        using var json = await JsonDocument.ParseAsync(context.Request.Body);
        var filter = Regex.Match(
            json.RootElement.GetProperty("query").GetString()!,
            """^to_email = "(?<to>[^"]+)" AND sg_message_id_created_at >= TIMESTAMP "(?<from>[^"]+)" AND sg_message_id_created_at <= TIMESTAMP "(?<until>[^"]+)"$"""
        );
        if (!filter.Success)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var (from, until) = (Moment(filter.Groups["from"].Value), Moment(filter.Groups["until"].Value));
        await context.Response.WriteAsJsonAsync(
            new
            {
                messages = Logged
                    .Where(s => s.To == filter.Groups["to"].Value && s.At >= from && s.At <= until)
                    .Take(json.RootElement.GetProperty("limit").GetInt32())
                    .Select(s => new
                    {
                        sg_message_id = s.LongId,
                        to_email = s.To,
                        status = "processed",
                    }),
            }
        );
    }

    private async Task OpenAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (Logged.FirstOrDefault(s => s.LongId == id) is not { } found)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var arguments = found.Json.GetProperty("personalizations")[0].GetProperty("custom_args");
        await context.Response.WriteAsJsonAsync(
            new
            {
                sg_message_id = id,
                to_email = found.To,
                custom_args = arguments,
                events = LoggedEvents(found),
            }
        );
    }

    private IEnumerable<Submission> Logged => LogIsEmpty ? [] : _accepted;

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
