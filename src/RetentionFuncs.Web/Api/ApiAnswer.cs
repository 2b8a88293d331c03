using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RetentionFuncs.Web.Api.Documents;

namespace RetentionFuncs.Web.Api;

/// <summary>One answer of the API, ready to be written.</summary>
/// <param name="ContentType">Without the charset, which is always UTF-8.</param>
internal sealed record ApiAnswer(int Status, string ContentType, string Body)
{
    public const string Json = "application/json";
    public const string Text = "text/plain";
    public const string Html = "text/html";
    private const string ProblemJson = "application/problem+json";

    /// <summary>A page of ours loads nothing from anywhere.</summary>
    private const string PagePolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    /// <summary>Without its quotes.</summary>
    public string? ETag { get; init; }

    public int? RetryAfterSeconds { get; init; }

    /// <summary>Where the thing made or queued is to be found.</summary>
    public string? Location { get; init; }

    /// <summary>Written instead of <see cref="Body"/>; what is too large to be held.</summary>
    public ApiFile? File { get; init; }

    /// <summary>The document in the form the caller likes best: JSON unless text, or a page where there is one, is named first.</summary>
    public static ApiAnswer Of(Document document, ApiCall call) =>
        call.Likes(document.Html is null ? [Json, Text] : [Json, Text, Html]) switch
        {
            Text => new(StatusCodes.Status200OK, Text, document.Text()),
            Html => new(StatusCodes.Status200OK, Html, document.Html!()),
            _ => new(StatusCodes.Status200OK, Json, document.Json()),
        };

    public static ApiAnswer Of(ApiProblem problem, string language) =>
        new(
            problem.Status,
            ProblemJson,
            JsonSerializer.Serialize(
                new
                {
                    type = $"urn:retentionfuncs:problem:{problem.Code}",
                    title = problem.Title.In(language),
                    status = problem.Status,
                    detail = problem.Detail.In(language),
                    findings = problem.Findings.Count == 0 ? null : problem.Findings.Select(f => f.Describe(language)),
                },
                Document.ProblemForm
            )
        )
        {
            RetryAfterSeconds = problem.RetryAfterSeconds,
        };

    public async Task WriteAsync(HttpResponse response, string language)
    {
        var bytes = Encoding.UTF8.GetBytes(Body);
        var headers = response.Headers;
        response.StatusCode = Status;
        headers.ContentType = ContentType + "; charset=utf-8";
        headers.ContentLanguage = language == "zh" ? "zh-CN" : "en";
        headers.Vary = $"{HeaderNames.Accept}, {HeaderNames.AcceptLanguage}, {HeaderNames.Authorization}";
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = PagePolicy;
        headers.ETag = ETag is null ? default : $"\"{ETag}\"";
        headers.RetryAfter = RetryAfterSeconds?.ToString(CultureInfo.InvariantCulture);
        headers.WWWAuthenticate = Status == StatusCodes.Status401Unauthorized ? "Bearer" : default;
        headers.Location = Location;
        if (File is { } file)
        {
            await file.WriteAsync(response);
            return;
        }

        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, response.HttpContext.RequestAborted);
    }
}
