using System.Net.Http.Headers;
using RetentionFuncs.Messages;
using RetentionFuncs.Messages.Submissions;

namespace RetentionFuncs.Embedded.Outbox;

/// <summary>Where and how messages are handed to an HTTP provider that speaks SendGrid's v3/mail/send.</summary>
/// <param name="Endpoint">The full address of the submission, e.g. <c>https://api.sendgrid.com/v3/mail/send</c>.</param>
/// <param name="ApiKey">Sent as a bearer token.</param>
/// <param name="Timeout">For the whole exchange; null: 30 seconds.</param>
public sealed record HttpSenderOptions(Uri Endpoint, string ApiKey, TimeSpan? Timeout = null)
{
    internal TimeSpan WholeTimeout => Timeout ?? SubmissionHttp.DefaultTimeout;

    /// <summary>The key never stands in a log.</summary>
    public override string ToString() => Endpoint.Host;
}

/// <summary>Posts each message once and says what the answer proves (see <see cref="ProviderAnswers"/>).</summary>
public sealed class HttpMessageSender : IMessageSender, IDisposable
{
    private readonly HttpSenderOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue _key;

    /// <exception cref="FormatException">The key cannot stand in a header.</exception>
    public HttpMessageSender(HttpSenderOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _key = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        _http = SubmissionHttp.NewClient(options.WholeTimeout, clock);
    }

    public void Dispose() => _http.Dispose();

    public async ValueTask<SendResult> SendAsync(OutboundMessage message)
    {
        var body = new ByteArrayContent(MailSendJson.Write(message));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Endpoint) { Content = body };
        request.Headers.Authorization = _key;
        try
        {
            using var answer = await _http.SendAsync(request);
            return await SubmissionAnswers.ReadAsync(answer.StatusCode, answer.Headers, answer.Content, _clock.GetUtcNow());
        }
        catch (UnansweredException unanswered)
        {
            return ProviderAnswers.Unanswered(unanswered.Message, unanswered.HandedOver, _clock.GetUtcNow());
        }
    }
}
