using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;
using RetentionFuncs.Web.PublicPages;

namespace RetentionFuncs.Web.Webhooks;

/// <summary>
/// Takes signed posts: what is cheap to refuse is refused first, nothing is parsed or written before the signature over the raw bytes is
/// true, and only what is on file and queued is answered with success; anything else the caller tells again.
/// </summary>
/// <param name="name">Who calls, as metrics and the log name it.</param>
/// <param name="mostBytes">Of a body.</param>
internal abstract partial class SignedWebhook(string name, int mostBytes)
{
    private const string ComeBackSeconds = "60";

    public async Task AnswerAsync(HttpContext context)
    {
        var status = await TakeAsync(context);
        if (ReasonOf(status) is { } reason)
        {
            ProductMeter.Refused(name, reason);
        }

        context.Response.StatusCode = status;
    }

    /// <summary>What says whether the signature is true of a body; null when the headers have none of its form.</summary>
    protected abstract Func<byte[], bool>? SealIn(IHeaderDictionary headers);

    /// <summary>Turned away unread, unless a caller has a reason to come unsigned.</summary>
    /// <returns>The status to answer with.</returns>
    protected virtual Task<int> AnswerUnsignedAsync(HttpRequest request) => Task.FromResult(StatusCodes.Status401Unauthorized);

    /// <summary>Puts what was told on file.</summary>
    /// <returns>The status to answer with.</returns>
    /// <exception cref="StoreUnavailableException">Not known to be on file.</exception>
    /// <exception cref="QueueUnavailableException">Not known to be queued.</exception>
    protected abstract Task<int> KeepAsync(HttpRequest request, byte[] body, ILogger? log);

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
        if (request.ContentLength > mostBytes)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            return StatusCodes.Status415UnsupportedMediaType;
        }

        if (SealIn(request.Headers) is not { } isTrueOf)
        {
            return await AnswerUnsignedAsync(request);
        }

        if (await LimitedBody.ReadBytesAsync(request, mostBytes) is not { } body)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }

        return isTrueOf(body) ? await StoreAsync(context, body) : StatusCodes.Status401Unauthorized;
    }

    private async Task<int> StoreAsync(HttpContext context, byte[] body)
    {
        var log = context.RequestServices.GetService<ILoggerFactory>()?.CreateLogger(GetType());
        try
        {
            return await KeepAsync(context.Request, body, log);
        }
        catch (Exception error) when (error is StoreUnavailableException or QueueUnavailableException)
        {
            if (log is not null)
            {
                LogNotTaken(log, name, error);
            }

            context.Response.Headers.RetryAfter = ComeBackSeconds;
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    [LoggerMessage(10, LogLevel.Error, "What {Caller} told was not taken; it will tell it again.")]
    private static partial void LogNotTaken(ILogger logger, string caller, Exception error);
}
