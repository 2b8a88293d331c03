using System.Net.Http.Headers;
using System.Text;
using SendGrid.Helpers.Mail;

namespace SendGrid;

/// <summary>
/// One real exchange over HTTP for each call: an answer of any status is a <see cref="Response"/>, a failure of the client passes through.
/// The package retries only when it makes its own client and is told to; this slice is always given one, or makes one that never retries.
/// </summary>
public abstract class BaseClient
{
    private const string Json = "application/json";

    private readonly BaseClientOptions options;
    private readonly HttpClient client;

    protected BaseClient(HttpClient httpClient, BaseClientOptions options)
    {
        this.options = options ?? throw new ArgumentNullException(nameof(options));
        client = httpClient ?? new HttpClient();
    }

    public enum Method
    {
        DELETE,
        GET,
        PATCH,
        POST,
        PUT,
    }

    public virtual async Task<Response> MakeRequest(HttpRequestMessage request, CancellationToken cancellationToken = default)
    {
        var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return options.HttpErrorAsException && !response.IsSuccessStatusCode
            ? throw new NotSupportedException("This slice knows no exceptions for answers: leave HttpErrorAsException off.")
            : new Response(response.StatusCode, response.Content, response.Headers);
    }

    public async Task<Response> RequestAsync(
        Method method,
        string requestBody = null,
        string queryParams = null,
        string urlPath = null,
        CancellationToken cancellationToken = default
    )
    {
        if (queryParams is not null)
        {
            throw new NotSupportedException("This slice takes no query parameters.");
        }

        var host = options.Host.EndsWith('/') ? options.Host : options.Host + "/";
        var request = new HttpRequestMessage(
            new HttpMethod(method.ToString()),
            new Uri(new Uri(host), $"{options.Version}/{urlPath ?? options.UrlPath}")
        );
        if (requestBody is not null)
        {
            request.Content = new StringContent(requestBody, Encoding.UTF8, Json);
            request.Content.Headers.ContentType.CharSet = null;
        }

        foreach (var (name, value) in options.RequestHeaders ?? [])
        {
            _ = request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.Authorization = options.Auth;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(Json));
        _ = request.Headers.UserAgent.TryParseAdd("sendgrid/9.29.3 csharp");
        return await MakeRequest(request, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Response> SendEmailAsync(SendGridMessage msg, CancellationToken cancellationToken = default) =>
        await RequestAsync(Method.POST, msg.Serialize(), urlPath: "mail/send", cancellationToken: cancellationToken).ConfigureAwait(false);
}
