using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RetentionFuncs.Queues;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.ShopEvents.Shops;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;
using RetentionFuncs.Web.PublicPages;

namespace RetentionFuncs.Web.Webhooks;

/// <summary>
/// Takes a shop system's webhooks: nothing is parsed or written before the signature over the raw bytes is true, and only what is on file
/// and queued is answered with success; anything else the shop tells again. Told again it changes nothing, whoever tells it.
/// </summary>
internal sealed partial class ShopWebhook(
    ShopSystem system,
    IReadOnlyList<ShopSecret> secrets,
    ReceiveShopEvents receive,
    TimeProvider clock
)
{
    /// <summary>An order of some hundred lines has a few hundred KB.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private const int PingBytes = 31;
    private const int LongestTopic = 100;
    private const string ComeBackSeconds = "60";

    public async Task AnswerAsync(HttpContext context)
    {
        var status = await TakeAsync(context);
        if (ReasonOf(status) is { } reason)
        {
            ProductMeter.Refused(system.Name, reason);
        }

        context.Response.StatusCode = status;
    }

    private static string? ReasonOf(int status) =>
        status switch
        {
            StatusCodes.Status401Unauthorized => "signature",
            StatusCodes.Status413PayloadTooLarge => "too-large",
            StatusCodes.Status415UnsupportedMediaType => "encoding",
            StatusCodes.Status503ServiceUnavailable => "not-stored",
            _ => null,
        };

    private async Task<int> TakeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength > MaxBytes)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return StatusCodes.Status415UnsupportedMediaType;
        }

        if (request.Headers[system.SignatureHeader] is not [{ } signature] || !ShopSecret.HasForm(signature))
        {
            return await GreetAsync(request);
        }

        if (await LimitedBody.ReadBytesAsync(request, MaxBytes) is not { } body)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }

        return secrets.Any(s => s.Signed(body, signature)) ? await KeepAsync(context, body) : StatusCodes.Status401Unauthorized;
    }

    /// <summary>A greeting is answered and does nothing; anything else unsigned is turned away unread.</summary>
    private async Task<int> GreetAsync(HttpRequest request) =>
        request.ContentLength is > 0 and <= PingBytes
        && await LimitedBody.ReadBytesAsync(request, PingBytes) is { } body
        && system.IsPing(body)
            ? StatusCodes.Status200OK
            : StatusCodes.Status401Unauthorized;

    private async Task<int> KeepAsync(HttpContext context, byte[] body)
    {
        var log = context.RequestServices.GetService<ILoggerFactory>()?.CreateLogger<ShopWebhook>();
        var topic = context.Request.Headers[system.TopicHeader] is [{ Length: <= LongestTopic } said] ? said : "";
        var told = system.Read(topic, body, clock.GetUtcNow());
        if (told.Nothing is { } why)
        {
            ProductMeter.ShopEvent("ignored-" + why);
            Tell(log, why);
            return StatusCodes.Status200OK;
        }

        try
        {
            var received = await receive.RunAsync(told.ToBody());
            if (log is not null && received.Count(e => e.Receipt is EventReceipt.SetAside or EventReceipt.Refused) is > 0 and var odd)
            {
                Log.SetAside(log, system.Name, odd);
            }

            return StatusCodes.Status200OK;
        }
        catch (Exception error) when (error is StoreUnavailableException or QueueUnavailableException)
        {
            if (log is not null)
            {
                Log.NotTaken(log, system.Name, error);
            }

            context.Response.Headers.RetryAfter = ComeBackSeconds;
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    private void Tell(ILogger? log, string why)
    {
        if (log is not null && why == ShopTranslation.Unreadable)
        {
            Log.Unreadable(log, system.Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Count} events of {Shop} are kept and cannot be applied; they wait for a person.")]
        public static partial void SetAside(ILogger logger, string shop, int count);

        [LoggerMessage(2, LogLevel.Error, "What {Shop} told was not taken; it will tell it again.")]
        public static partial void NotTaken(ILogger logger, string shop, Exception error);

        [LoggerMessage(
            3,
            LogLevel.Warning,
            "What {Shop} told under its own signature has another shape than its topic says; it is left out."
        )]
        public static partial void Unreadable(ILogger logger, string shop);
    }
}
