using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Embedded.Outbox;

/// <summary>
/// The body of v3/mail/send for one recipient. Opens and clicks are tracked as <see cref="Tracking"/> decides, and the provider adds no unsubscribe link of its
/// own: ours are in the message. Custom arguments are opaque ids, since providers store them unprotected.
/// </summary>
internal static class MailSendJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(OutboundMessage message)
    {
        var tracking = Tracking.Of(message);
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                personalizations = new[]
                {
                    new
                    {
                        to = new[] { Box(message.To) },
                        custom_args = new
                        {
                            rf_t = message.Reference,
                            rf_a = message.AttemptId,
                            rf_i = message.InstanceId,
                        },
                    },
                },
                from = Box(message.From),
                reply_to = Box(message.ReplyTo),
                subject = message.Subject,
                content = new[] { new { type = "text/plain", value = message.Text }, new { type = "text/html", value = message.Html } },
                headers = message.Headers.Count == 0 ? null : message.Headers.ToDictionary(),
                categories = new[] { message.Category },
                tracking_settings = new
                {
                    click_tracking = new { enable = tracking.Clicks, enable_text = false },
                    open_tracking = new { enable = tracking.Opens },
                    subscription_tracking = new { enable = false },
                    ganalytics = new { enable = false },
                },
            },
            Options
        );
    }

    private static object Box(Mailbox box) => new { email = box.Address, name = string.IsNullOrEmpty(box.Name) ? null : box.Name };
}
