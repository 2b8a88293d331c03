using System.Net;
using System.Net.Http.Headers;

namespace RetentionFuncs.Messages.Submissions;

/// <summary>Reads what <see cref="ProviderAnswers"/> judges off an HTTP answer.</summary>
public static class SubmissionAnswers
{
    /// <param name="content">As <see cref="SubmissionHttp"/> leaves it: the start of a refusal's body, else empty.</param>
    public static async Task<SendResult> ReadAsync(
        HttpStatusCode status,
        HttpResponseHeaders headers,
        HttpContent content,
        DateTimeOffset now
    )
    {
        var detail = ErrorDetail.Of(await content.ReadAsByteArrayAsync());
        return ProviderAnswers.Classify(
            (int)status,
            Header(headers, "X-Message-Id"),
            Header(headers, "X-RateLimit-Reset"),
            detail,
            now,
            Header(headers, "Retry-After")
        );
    }

    private static string? Header(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
