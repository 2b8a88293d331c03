using System.Net;
using RetentionFuncs.Messages;
using RetentionFuncs.Messages.Submissions;
using SendGrid;
using SendGrid.Helpers.Mail;

namespace RetentionFuncs.AzureAdapters.SendGrid;

/// <summary>Hands each message to SendGrid once and says what the answer proves (see <see cref="ProviderAnswers"/>).</summary>
public sealed class SendGridMessageSender : IMessageSender, IDisposable
{
    private readonly SendGridOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly SendGridClient _client;

    /// <exception cref="InvalidOperationException">A setting is missing or wrong; says which.</exception>
    public SendGridMessageSender(SendGridOptions options, TimeProvider clock)
    {
        options.Check();
        (_options, _clock) = (options, clock);
        _http = SubmissionHttp.NewClient(options.Timeout, clock);
        _client = SendGridClients.New(_http, options);
    }

    public void Dispose() => _http.Dispose();

    public async ValueTask<SendResult> SendAsync(OutboundMessage message)
    {
        try
        {
            var answer = await _client.SendEmailAsync(MessageOf(message, _options.Sandbox));
            return _options.Sandbox && answer.StatusCode == HttpStatusCode.OK
                ? new SendResult.Accepted(ProviderAnswers.SandboxId)
                : await SubmissionAnswers.ReadAsync(answer.StatusCode, answer.Headers, answer.Body, _clock.GetUtcNow());
        }
        catch (UnansweredException unanswered)
        {
            return ProviderAnswers.Unanswered(unanswered.Message, unanswered.HandedOver, _clock.GetUtcNow());
        }
    }

    /// <summary>
    /// A fresh one for each call, since serialising consumes it. Custom arguments are opaque ids, because SendGrid keeps them
    /// unprotected; it adds no unsubscribe link of its own, ours are in the message.
    /// </summary>
    private static SendGridMessage MessageOf(OutboundMessage message, bool sandbox)
    {
        var mail = new SendGridMessage { PlainTextContent = message.Text, HtmlContent = message.Html };
        mail.SetFrom(Box(message.From));
        mail.SetReplyTo(Box(message.ReplyTo));
        mail.AddTo(Box(message.To));
        mail.SetGlobalSubject(message.Subject);
        foreach (var (name, value) in message.Headers)
        {
            mail.AddGlobalHeader(name, value);
        }

        mail.AddCustomArg("rf_t", message.Reference);
        mail.AddCustomArg("rf_a", message.AttemptId);
        mail.AddCustomArg("rf_i", message.InstanceId);
        mail.AddCategory(message.Category);
        var tracking = Tracking.Of(message);
        mail.SetOpenTracking(tracking.Opens);
        mail.SetClickTracking(tracking.Clicks, enableText: false);
        mail.SetSubscriptionTracking(false);
        mail.SetGoogleAnalytics(false);
        if (sandbox)
        {
            mail.SetSandBoxMode(true);
        }

        return mail;
    }

    private static EmailAddress Box(Mailbox box) => string.IsNullOrEmpty(box.Name) ? new(box.Address) : new(box.Address, box.Name);
}
