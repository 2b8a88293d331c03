using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.ShopEvents.Shops;
using RetentionFuncs.Telemetry;
using RetentionFuncs.Web.PublicPages;

namespace RetentionFuncs.Web.Webhooks;

/// <summary>Takes a shop system's webhooks. Told again, what they tell changes nothing, whoever tells it.</summary>
internal sealed partial class ShopWebhook(
    ShopSystem system,
    IReadOnlyList<ShopSecret> secrets,
    ReceiveShopEvents receive,
    TimeProvider clock
) : SignedWebhook(system.Name, MaxBytes)
{
    /// <summary>An order of some hundred lines has a few hundred KB.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private const int PingBytes = 31;
    private const int LongestTopic = 100;

    protected override Func<byte[], bool>? SealIn(IHeaderDictionary headers) =>
        headers[system.SignatureHeader] is [{ } signature] && ShopSecret.HasForm(signature)
            ? body => secrets.Any(s => s.Signed(body, signature))
            : null;

    /// <summary>A greeting is answered and does nothing.</summary>
    protected override async Task<int> AnswerUnsignedAsync(HttpRequest request) =>
        request.ContentLength is > 0 and <= PingBytes
        && await LimitedBody.ReadBytesAsync(request, PingBytes) is { } body
        && system.IsPing(body)
            ? StatusCodes.Status200OK
            : StatusCodes.Status401Unauthorized;

    protected override async Task<int> KeepAsync(HttpRequest request, byte[] body, ILogger? log)
    {
        var topic = request.Headers[system.TopicHeader] is [{ Length: <= LongestTopic } said] ? said : "";
        var told = system.Read(topic, body, clock.GetUtcNow());
        if (told.Nothing is { } why)
        {
            ProductMeter.ShopEvent("ignored-" + why);
            Tell(log, why);
            return StatusCodes.Status200OK;
        }

        var received = await receive.RunAsync(told.ToBody());
        if (log is not null && received.Count(e => e.Receipt is EventReceipt.SetAside or EventReceipt.Refused) is > 0 and var odd)
        {
            Log.SetAside(log, system.Name, odd);
        }

        return StatusCodes.Status200OK;
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

        [LoggerMessage(
            3,
            LogLevel.Warning,
            "What {Shop} told under its own signature has another shape than its topic says; it is left out."
        )]
        public static partial void Unreadable(ILogger logger, string shop);
    }
}
