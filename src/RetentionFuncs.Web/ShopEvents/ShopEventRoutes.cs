using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using RetentionFuncs.Queues;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.Storage;
using RetentionFuncs.Web.Api;
using RetentionFuncs.Web.PublicPages;

namespace RetentionFuncs.Web.ShopEvents;

/// <summary>Where the shop posts what happened: one JSON object, a list of them, or one a line; at most 1 MiB and 500 events.</summary>
internal static class ShopEventRoutes
{
    public const int MaxBytes = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>
    /// Maps <c>POST /events</c>: 202 with what became of each event once all are kept, 400 when there is nothing to keep, 413 when there is
    /// too much, 503 when they are to be posted again.
    /// </summary>
    public static void Map(ApiGroup api, WebHome home) =>
        api.MapRaw("POST", "/events", context => ReceiveAsync(context, home.Product.ReceiveShopEvents));

    private static async Task ReceiveAsync(HttpContext context, ReceiveShopEvents receive)
    {
        if (await LimitedBody.ReadBytesAsync(context.Request, MaxBytes, Patience) is not { } body)
        {
            await ProblemAsync(
                context,
                StatusCodes.Status413PayloadTooLarge,
                $"More than {MaxBytes} bytes, or too slow. Post fewer events at once."
            );
            return;
        }

        try
        {
            await AnswerAsync(context, await receive.RunAsync(body));
        }
        catch (Exception e) when (e is StoreUnavailableException or QueueUnavailableException)
        {
            context.Response.Headers.RetryAfter = "60";
            await ProblemAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "Not all events are known to be kept. Post all of them again; what is kept already does no harm."
            );
        }
    }

    private static async Task AnswerAsync(HttpContext context, IReadOnlyList<ReceivedEvent> received)
    {
        if (received.Count == 0)
        {
            await ProblemAsync(context, StatusCodes.Status400BadRequest, $"Post 1 to {ReceiveShopEvents.MostEvents} events at once.");
            return;
        }

        if (received.All(e => e.Receipt == EventReceipt.Refused))
        {
            await ProblemAsync(
                context,
                StatusCodes.Status400BadRequest,
                "There is no event in it that could be kept.",
                Show(context, received)
            );
            return;
        }

        int Count(EventReceipt receipt) => received.Count(e => e.Receipt == receipt);
        await WriteAsync(
            context,
            StatusCodes.Status202Accepted,
            "application/json",
            new
            {
                Accepted = Count(EventReceipt.Accepted),
                Repeated = Count(EventReceipt.Repeated),
                SetAside = Count(EventReceipt.SetAside),
                Refused = Count(EventReceipt.Refused),
                Events = Show(context, received),
            }
        );
    }

    private static object Show(HttpContext context, IReadOnlyList<ReceivedEvent> received)
    {
        var language = context.Request.Headers.AcceptLanguage.ToString();
        return received.Select(e => new
        {
            e.Place,
            e.Id,
            Status = JsonNamingPolicy.CamelCase.ConvertName(e.Receipt.ToString()),
            Findings = e.Findings.Select(f => new { f.Path, Message = f.Message.In(language) }),
        });
    }

    private static Task ProblemAsync(HttpContext context, int status, string detail, object? events = null) =>
        WriteAsync(
            context,
            status,
            "application/problem+json",
            new
            {
                Title = "The events were not taken in",
                Status = status,
                Detail = detail,
                Events = events,
            }
        );

    private static async Task WriteAsync<T>(HttpContext context, int status, string type, T document)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.Headers.CacheControl = "no-store";
        await JsonSerializer.SerializeAsync(context.Response.Body, document, Form);
    }
}
