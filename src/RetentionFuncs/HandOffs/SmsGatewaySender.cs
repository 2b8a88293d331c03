using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RetentionFuncs.Messages;
using RetentionFuncs.Messages.Submissions;

namespace RetentionFuncs.HandOffs;

/// <summary>
/// Posts each text message once, as JSON, to a gateway or to a small program in front of one, and says what the answer proves (see
/// <see cref="ProviderAnswers"/>; 200 to 204 all say that it was taken). The post is signed: <c>X-Retention-Signature</c> is the hex
/// HMAC-SHA256 of <c>timestamp.body</c>; <c>Idempotency-Key</c> is the attempt, for gateways that know such keys.
/// </summary>
public sealed class SmsGatewaySender : IMessageSender, IDisposable
{
    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Uri _endpoint;
    private readonly byte[] _secret;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;

    /// <param name="secret">At least 16 characters.</param>
    /// <exception cref="ArgumentException">The secret is too short to keep anybody out.</exception>
    public SmsGatewaySender(Uri endpoint, string secret, TimeProvider clock, TimeSpan? timeout = null)
    {
        if (secret.Length < 16)
        {
            throw new ArgumentException("The secret of the text message gateway needs at least 16 characters.", nameof(secret));
        }

        (_endpoint, _secret, _clock) = (endpoint, Encoding.UTF8.GetBytes(secret), clock);
        _http = SubmissionHttp.NewClient(timeout ?? SubmissionHttp.DefaultTimeout, clock);
    }

    public void Dispose() => _http.Dispose();

    public async ValueTask<SendResult> SendAsync(OutboundMessage message)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                schema = 1,
                to = message.To.Address,
                text = message.Text,
                touch = message.Reference,
                attempt = message.AttemptId,
                campaign = message.Category,
            },
            Form
        );
        using var request = Signed(message, body);
        try
        {
            using var answer = await _http.SendAsync(request);
            var status = (int)answer.StatusCode;
            return status is 200 or 201 or 204
                ? new SendResult.Accepted(null)
                : await SubmissionAnswers.ReadAsync(answer.StatusCode, answer.Headers, answer.Content, _clock.GetUtcNow());
        }
        catch (UnansweredException unanswered)
        {
            return ProviderAnswers.Unanswered(unanswered.Message, unanswered.HandedOver, _clock.GetUtcNow());
        }
    }

    private HttpRequestMessage Signed(OutboundMessage message, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var second = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, _endpoint) { Content = content };
        request.Headers.Add("X-Retention-Timestamp", second);
        request.Headers.Add("X-Retention-Signature", SignatureOf(_secret, second, body));
        request.Headers.Add("Idempotency-Key", message.AttemptId);
        return request;
    }

    /// <summary>Lower-case hex; what the other side compares.</summary>
    public static string SignatureOf(byte[] secret, string timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.ASCII.GetBytes(timestamp + "."));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
