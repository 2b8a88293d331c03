using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RetentionFuncs.Embedded.Commands;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>What a home answered when it did what was asked.</summary>
/// <param name="ETag">Without its quotes; null when there is none.</param>
public sealed record ServerAnswer(HttpStatusCode Status, string Body, string? ETag)
{
    /// <exception cref="ServerRefusedException">The body is not the document that was asked for.</exception>
    public T Read<T>()
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Body, CommandContext.JsonForm) ?? throw ServerRefusedException.NotOurs((int)Status);
        }
        catch (JsonException)
        {
            throw ServerRefusedException.NotOurs((int)Status);
        }
    }
}

/// <summary>
/// Asks a running home over its API. Paths are relative to <see cref="ServerAccess.Root"/>, such as <c>campaigns/win-back</c>. What the
/// home refuses becomes a <see cref="ServerRefusedException"/> that holds the sentence and the exit status.
/// </summary>
public sealed class ServerClient : IDisposable
{
    public const string Json = "application/json";
    public const string Text = "text/plain";
    public const string Html = "text/html";

    /// <summary>A little more than the 230 seconds after which the front of an Azure home gives up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly HttpClient _http;

    /// <param name="language">The home's sentences come in it: <c>en</c> or <c>zh</c>.</param>
    public ServerClient(ServerAccess access, string language)
    {
        // A redirect would take the token to another place than the one the caller named.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = access.Root,
            Timeout = Patience,
        };
        _http.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue(language == "zh" ? "zh-CN" : "en"));
        if (access.Token is { } token)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (access.Key is { } key)
        {
            _http.DefaultRequestHeaders.Add("x-functions-key", key);
        }
    }

    /// <inheritdoc cref="SendAsync"/>
    public Task<ServerAnswer> GetAsync(string path, string accept = Json) => SendAsync(HttpMethod.Get, path, null, accept);

    /// <inheritdoc cref="SendAsync"/>
    /// <param name="body">Sent as JSON.</param>
    public Task<ServerAnswer> PostAsync(string path, object body, string accept = Json) =>
        SendAsync(HttpMethod.Post, path, JsonOf(body), accept);

    /// <param name="ifMatch">Versions the change builds on, without quotes; none sends no <c>If-Match</c>.</param>
    /// <exception cref="ServerRefusedException">Refused, with the home's own sentence, or no home answers there.</exception>
    public async Task<ServerAnswer> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? content = null,
        string accept = Json,
        params IReadOnlyCollection<string> ifMatch
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Accept.ParseAdd(accept);
        foreach (var version in ifMatch)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{version}\""));
        }

        try
        {
            using var answer = await _http.SendAsync(request);
            var body = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode
                ? new ServerAnswer(answer.StatusCode, body, answer.Headers.ETag?.Tag.Trim('"'))
                : throw ServerRefusedException.Of((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, body);
        }
        catch (HttpRequestException gone)
        {
            throw ServerRefusedException.NoAnswer(_http.BaseAddress!, gone);
        }
        catch (TaskCanceledException gone)
        {
            throw ServerRefusedException.NoAnswer(_http.BaseAddress!, gone);
        }
    }

    /// <summary>Saves a file of the home's byte for byte; one that ends early is a failure.</summary>
    /// <exception cref="ServerRefusedException">Refused, with the home's own sentence, or no home answers there.</exception>
    public async Task SaveAsync(string path, Stream to)
    {
        try
        {
            using var answer = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            if (!answer.IsSuccessStatusCode)
            {
                var body = await answer.Content.ReadAsStringAsync();
                throw ServerRefusedException.Of((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, body);
            }

            await answer.Content.CopyToAsync(to);
        }
        catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException or HttpIOException)
        {
            throw ServerRefusedException.NoAnswer(_http.BaseAddress!, gone);
        }
    }

    public static HttpContent JsonOf(object body) =>
        new StringContent(JsonSerializer.Serialize(body, CommandContext.JsonForm), Encoding.UTF8, Json);

    /// <summary>One segment of a path, whatever it holds.</summary>
    public static string Segment(string text) => Uri.EscapeDataString(text);

    /// <summary>A query from the values given; nulls are left out.</summary>
    public static string Query(params (string Name, string? Value)[] values)
    {
        var given = values.Where(v => v.Value is not null).Select(v => $"{v.Name}={Uri.EscapeDataString(v.Value!)}").ToArray();
        return given.Length == 0 ? "" : "?" + string.Join('&', given);
    }

    public void Dispose() => _http.Dispose();
}
