using System.Net;
using System.Net.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace RetentionFuncs.Tests.Imports.Uploads;

/// <summary>What becomes of a request on its way.</summary>
public enum Fate
{
    Passes,

    /// <summary>The home never sees it.</summary>
    Lost,

    /// <summary>The home did it, and its answer does not arrive.</summary>
    AnswerLost,

    /// <summary>Something before the home says 503.</summary>
    TurnedAway,
}

/// <summary>A way to a home on which requests may be lost.</summary>
internal sealed class UnsteadyWay : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly List<string> _seen = [];

    private UnsteadyWay(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Method and last part of the path of every request that set out.</summary>
    public string[] Seen
    {
        get
        {
            lock (_seen)
            {
                return [.. _seen];
            }
        }
    }

    /// <param name="fate">By method, path and how many requests of that method came before.</param>
    public static async Task<UnsteadyWay> ToAsync(Uri home, Func<string, string, int, Fate> fate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var way = new UnsteadyWay(app);
        app.Run(context => way.CarryAsync(context, home, fate));
        await app.StartAsync();
        return way;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task CarryAsync(HttpContext context, Uri home, Func<string, string, int, Fate> fate)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value!);
        int before;
        lock (_seen)
        {
            before = _seen.Count(s => s.StartsWith(method, StringComparison.Ordinal));
            _seen.Add($"{method} {path.Split('/')[^1]}");
        }

        var now = fate(method, path, before);
        if (now == Fate.TurnedAway)
        {
            context.Response.StatusCode = 503;
            return;
        }

        if (now == Fate.Lost)
        {
            context.Abort();
            return;
        }

        using var onward = new HttpRequestMessage(new HttpMethod(method), new Uri(home, path));
        onward.Content = new StreamContent(context.Request.Body);
        foreach (var (name, values) in context.Request.Headers.Where(h => h.Key != "Host"))
        {
            if (!onward.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
            {
                onward.Content.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }

        using var answer = await _http.SendAsync(onward);
        if (now == Fate.AnswerLost)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}
