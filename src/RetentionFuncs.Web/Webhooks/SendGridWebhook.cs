using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Deliveries.SendGridEvents;

namespace RetentionFuncs.Web.Webhooks;

/// <summary>Takes SendGrid's events, which it tells again for a day until they are taken.</summary>
internal sealed partial class SendGridWebhook(ReceiveEvidence receive, WebhookOptions options, TimeProvider clock)
    : SignedWebhook("sendgrid", MaxBytes)
{
    /// <summary>SendGrid closes a post at 768 KB.</summary>
    public const int MaxBytes = 1024 * 1024;

    protected override Func<byte[], bool>? SealIn(IHeaderDictionary headers) =>
        SignedPost.Read(headers, options, clock.GetUtcNow()) is { } post ? body => post.IsBy(options.SendGridKeys, body) : null;

    protected override async Task<int> KeepAsync(HttpRequest request, byte[] body, ILogger? log)
    {
        Tell(log, await receive.RunAsync(SendGridEventReader.Read(body)));
        return StatusCodes.Status204NoContent;
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
    }
}
