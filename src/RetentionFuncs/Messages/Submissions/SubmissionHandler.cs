using System.Net;

namespace RetentionFuncs.Messages.Submissions;

/// <summary>No answer came, or none that can be read.</summary>
/// <param name="handedOver">Whether any of the request's body may have left this machine.</param>
public sealed class UnansweredException(string message, bool handedOver, Exception inner) : Exception(message, inner)
{
    public bool HandedOver { get; } = handedOver;
}

/// <summary>
/// One request, one exchange on the wire, HTTP/1.1: watches whether the body begins to leave, bounds the whole exchange, and keeps the
/// first bytes of a refusal's body, so that an answer whose body is slow or cut off still counts by its status.
/// </summary>
internal sealed class SubmissionHandler(HttpMessageHandler inner, TimeSpan timeout, TimeProvider clock) : DelegatingHandler(inner)
{
    private const int LongestDetail = 4_096;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        (request.Version, request.VersionPolicy) = (HttpVersion.Version11, HttpVersionPolicy.RequestVersionExact);
        var body = await WatchedContent.OfAsync(request.Content);
        request.Content = body;
        using var late = new CancellationTokenSource(timeout, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await ShortenedAsync(await base.SendAsync(request, limit.Token), limit.Token);
        }
        catch (HttpRequestException error)
        {
            // DNS, connect and TLS fail before the body begins to leave, so what was watched decides for every kind alike.
            throw new UnansweredException($"No answer from the provider ({error.HttpRequestError}).", body.HasLeft, error);
        }
        catch (OperationCanceledException error)
        {
            var why = late.IsCancellationRequested
                ? $"No answer from the provider within {timeout.TotalSeconds:0} s."
                : "The provider could not be reached in time.";
            throw new UnansweredException(why, body.HasLeft, error);
        }
    }

    private static async Task<HttpResponseMessage> ShortenedAsync(HttpResponseMessage answer, CancellationToken limit)
    {
        var whole = answer.Content;
        var start = (int)answer.StatusCode is >= 400 and <= 499 ? await StartOfAsync(whole, limit) : [];
        answer.Content = new ByteArrayContent(start);
        whole.Dispose();
        return answer;
    }

    /// <summary>The status has already decided; a body that is cut off or slow only costs the explanation.</summary>
    private static async Task<byte[]> StartOfAsync(HttpContent content, CancellationToken limit)
    {
        var start = new byte[LongestDetail];
        try
        {
            await using var stream = await content.ReadAsStreamAsync(limit);
            return start[..await stream.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, limit)];
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            return [];
        }
    }
}
