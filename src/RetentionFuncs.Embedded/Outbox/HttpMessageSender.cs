using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Embedded.Outbox;

/// <summary>Where and how messages are handed to an HTTP provider that speaks SendGrid's v3/mail/send.</summary>
/// <param name="Endpoint">The full address of the submission, e.g. <c>https://api.sendgrid.com/v3/mail/send</c>.</param>
/// <param name="ApiKey">Sent as a bearer token.</param>
/// <param name="Timeout">For the whole exchange; null: 30 seconds.</param>
public sealed record HttpSenderOptions(Uri Endpoint, string ApiKey, TimeSpan? Timeout = null)
{
    internal TimeSpan WholeTimeout => Timeout ?? TimeSpan.FromSeconds(30);

    /// <summary>The key never stands in a log.</summary>
    public override string ToString() => Endpoint.Host;
}

/// <summary>
/// Posts each message once and says what the answer proves (see <see cref="ProviderAnswers"/>). HTTP/1.1, no redirect, no proxy
/// and no retry of any layer: each of them could submit twice.
/// </summary>
public sealed class HttpMessageSender : IMessageSender, IDisposable
{
    private const int LongestDetail = 4_096;

    private readonly HttpSenderOptions _options;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly AuthenticationHeaderValue _key;

    /// <exception cref="FormatException">The key cannot stand in a header.</exception>
    public HttpMessageSender(HttpSenderOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _key = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                AutomaticDecompression = DecompressionMethods.None,
                ConnectCallback = ConnectAsync,

                // A connection that the provider may be closing just now would turn into an unknown outcome.
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            }
        )
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    public void Dispose() => _http.Dispose();

    public async ValueTask<SendResult> SendAsync(OutboundMessage message)
    {
        using var body = new WatchedContent(MailSendJson.Write(message));
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Endpoint)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        request.Headers.Authorization = _key;
        using var limit = new CancellationTokenSource(_options.WholeTimeout, _clock);
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return await ReadAsync(answer, limit.Token);
        }
        catch (HttpRequestException error)
        {
            // DNS, connect and TLS fail before the body begins to leave, so what WatchedContent saw decides for every kind alike.
            return ProviderAnswers.Unanswered($"No answer from the provider ({error.HttpRequestError}).", body.HasLeft, _clock.GetUtcNow());
        }
        catch (OperationCanceledException)
        {
            return ProviderAnswers.Unanswered(
                $"No answer from the provider within {_options.WholeTimeout.TotalSeconds:0} s.",
                body.HasLeft,
                _clock.GetUtcNow()
            );
        }
    }

    private async Task<SendResult> ReadAsync(HttpResponseMessage answer, CancellationToken limit)
    {
        var status = (int)answer.StatusCode;
        var detail = status is >= 400 and <= 499 ? ErrorDetail.Of(await StartOfAsync(answer, limit)) : "";
        return ProviderAnswers.Classify(
            status,
            Header(answer, "X-Message-Id"),
            Header(answer, "X-RateLimit-Reset"),
            detail,
            _clock.GetUtcNow()
        );
    }

    /// <summary>The status has already decided; a body that is cut off or slow only costs the explanation.</summary>
    private static async Task<byte[]> StartOfAsync(HttpResponseMessage answer, CancellationToken limit)
    {
        var start = new byte[LongestDetail];
        var read = 0;
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(limit);
            read = await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, limit);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            read = 0;
        }

        return start[..read];
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
