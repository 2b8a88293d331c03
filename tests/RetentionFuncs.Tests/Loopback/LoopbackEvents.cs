using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace RetentionFuncs.Tests.Loopback;

/// <summary>The event side of the loopback provider: makes events of submissions and posts them signed, in batches, as often as it is told.</summary>
internal sealed class LoopbackEvents : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private int _count;

    public string PublicKey => Convert.ToBase64String(_key.ExportSubjectPublicKeyInfo());

    public void Dispose() => _key.Dispose();

    /// <summary>One event as SendGrid shapes it; each call has its own sg_event_id, as repeats of one event may have.</summary>
    public Dictionary<string, object> Event(Submission of, string kind, DateTimeOffset at, params (string Name, object Value)[] more)
    {
        var made = new Dictionary<string, object>
        {
            ["email"] = of.To,
            ["timestamp"] = at.ToUnixTimeSeconds(),
            ["event"] = kind,
            ["smtp-id"] = "<x@ismtpd>",
            ["sg_event_id"] = $"event-{Interlocked.Increment(ref _count)}",
            ["sg_message_id"] = of.LongId,
            ["category"] = new[] { "win-back" },
            ["rf_t"] = of.Touch,
            ["rf_a"] = of.Attempt,
            ["rf_i"] = of.Instance,
        };
        foreach (var (name, value) in more)
        {
            made[name] = value;
        }

        return made;
    }

    public static byte[] Body(params object[] events) => JsonSerializer.SerializeToUtf8Bytes(events);

    /// <summary>A post signed over the timestamp and these very bytes.</summary>
    public HttpRequestMessage Post(Uri to, byte[] body, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString();
        var signature = _key.SignData(
            [.. Encoding.UTF8.GetBytes(timestamp), .. body],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return Post(to, body, timestamp, Convert.ToBase64String(signature));
    }

    public static HttpRequestMessage Post(Uri to, byte[] body, string? timestamp, string? signature)
    {
        var post = new HttpRequestMessage(HttpMethod.Post, to) { Content = new ByteArrayContent(body) };
        post.Content.Headers.ContentType = new("application/json");
        if (timestamp is not null)
        {
            post.Headers.Add("X-Twilio-Email-Event-Webhook-Timestamp", timestamp);
        }

        if (signature is not null)
        {
            post.Headers.Add("X-Twilio-Email-Event-Webhook-Signature", signature);
        }

        return post;
    }

    /// <summary>Posts a batch until it is taken, at most ten times; the status of each try.</summary>
    public async Task<IReadOnlyList<HttpStatusCode>> DeliverAsync(HttpClient http, Uri to, byte[] body, DateTimeOffset at)
    {
        var answers = new List<HttpStatusCode>();
        do
        {
            using var post = Post(to, body, at);
            using var answer = await http.SendAsync(post);
            answers.Add(answer.StatusCode);
        } while ((int)answers[^1] is < 200 or > 299 && answers.Count < 10);

        return answers;
    }
}
