using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Deliveries.SendGridEvents;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;
using RetentionFuncs.Web.PublicPages;

namespace RetentionFuncs.Web.Webhooks;

/// <summary>
/// Takes SendGrid's events: what is cheap to refuse is refused first, nothing is parsed or written before the signature over the raw
/// bytes is true, and only what is on file and queued is answered with success; anything else SendGrid tells again for a day.
/// </summary>
internal sealed partial class SendGridWebhook(ReceiveEvidence receive, WebhookOptions options, TimeProvider clock)
{
    /// <summary>SendGrid closes a post at 768 KB.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const string ComeBackSeconds = "60";

    public async Task AnswerAsync(HttpContext context)
    {
        var status = await TakeAsync(context);
        if (ReasonOf(status) is { } reason)
        {
            ProductMeter.Refused("sendgrid", reason);
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

        if (SignedPost.Read(request.Headers, options, clock.GetUtcNow()) is not { } post)
        {
            return StatusCodes.Status401Unauthorized;
        }

        if (await LimitedBody.ReadBytesAsync(request, MaxBytes) is not { } body)
        {
            return StatusCodes.Status413PayloadTooLarge;
        }

        return post.IsBy(options.SendGridKeys, body) ? await StoreAsync(context, body) : StatusCodes.Status401Unauthorized;
    }

    private async Task<int> StoreAsync(HttpContext context, byte[] body)
    {
        var log = context.RequestServices.GetService<ILoggerFactory>()?.CreateLogger<SendGridWebhook>();
        try
        {
            Tell(log, await receive.RunAsync(SendGridEventReader.Read(body)));
            return StatusCodes.Status204NoContent;
        }
        catch (Exception error) when (error is StoreUnavailableException or QueueUnavailableException)
        {
            if (log is not null)
            {
                Log.NotTaken(log, error);
            }

            context.Response.Headers.RetryAfter = ComeBackSeconds;
            return StatusCodes.Status503ServiceUnavailable;
        }
    }

    private static void Tell(ILogger? log, EvidenceReport report)
    {
        if (log is null)
        {
            return;
        }

        Log.Taken(log, report.Stored, report.OtherMail, report.UnknownKinds);
        if (report.Foreign > 0)
        {
            Log.Foreign(log, report.Foreign);
        }

        if (report.Odd > 0)
        {
            Log.Odd(log, report.Odd);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1,
            LogLevel.Debug,
            "Delivery events: {Stored} stored, {OtherMail} of other mail, {UnknownKinds} of kinds that say nothing."
        )]
        public static partial void Taken(ILogger logger, int stored, int otherMail, int unknownKinds);

        [LoggerMessage(
            2,
            LogLevel.Critical,
            "{Foreign} delivery events are of another installation that sends by the same account. Look for a copy of this one; they are set aside and change nothing."
        )]
        public static partial void Foreign(ILogger logger, int foreign);

        [LoggerMessage(3, LogLevel.Warning, "{Odd} delivery events could not be read and are set aside.")]
        public static partial void Odd(ILogger logger, int odd);

        [LoggerMessage(4, LogLevel.Error, "Delivery events were not taken; SendGrid will tell them again.")]
        public static partial void NotTaken(ILogger logger, Exception error);
    }
}
