using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace RetentionFuncs.AzureAdapters.Tests.Faults;

/// <summary>Stands before an HTTP service on this machine and loses, delays or spoils answers as it is told.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private static readonly string[] HopByHop = ["Transfer-Encoding", "Connection", "Keep-Alive"];
    private readonly WebApplication _application;
    private readonly HttpClient _onward;
    private readonly int _target;
    private readonly ConcurrentQueue<ProxyFault> _script = new();
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly ConcurrentDictionary<Task, bool> _underWay = new();

    private FaultProxy(WebApplication application, int target)
    {
        (_application, _target) = (application, target);
        _onward = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 64 });
    }

    public int Port { get; private set; }

    /// <summary>How late a slow answer is; longer than its client waits.</summary>
    public TimeSpan Slowness { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Draws the fault of each request that no script is for.</summary>
    public Func<HttpRequest, ProxyFault> Decide { get; set; } = _ => ProxyFault.None;

    /// <summary>Answers in the service's stead, or null to pass the request on.</summary>
    public Func<HttpRequest, HttpResponseMessage?> Instead { get; set; } = _ => null;

    /// <summary>Method and path of every request that reached the proxy.</summary>
    public IReadOnlyCollection<string> Seen => _seen;

    public static async Task<FaultProxy> StartAsync(int target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var application = builder.Build();
        var proxy = new FaultProxy(application, target);
        application.Run(proxy.HandleAsync);
        await application.StartAsync();
        proxy.Port = new Uri(application.Urls.First()).Port;
        return proxy;
    }

    /// <summary>The faults of the next requests, in order.</summary>
    public void Script(params ProxyFault[] faults)
    {
        foreach (var fault in faults)
        {
            _script.Enqueue(fault);
        }
    }

    /// <summary>Waits until everything that has been passed on by now is answered, so that what is on file stands still.</summary>
    public Task SettledAsync() => Task.WhenAll(_underWay.Keys);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _application.StopAsync(now.Token);
        await _application.DisposeAsync();
        _onward.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _seen.Enqueue($"{context.Request.Method} {context.Request.Path}");
        if (context.RequestAborted.IsCancellationRequested)
        {
            // Its client has given it up; what arrives now would land behind everybody's back.
            return;
        }

        var fault = _script.TryDequeue(out var scripted) ? scripted : Decide(context.Request);
        switch (fault)
        {
            case ProxyFault.CutBefore:
                context.Abort();
                return;
            case ProxyFault.ErrorBefore or ProxyFault.Busy:
                context.Response.StatusCode = fault == ProxyFault.Busy ? 503 : 500;
                return;
        }

        using var answer = Instead(context.Request) ?? await PassOnAsync(context.Request, body.ToArray());
        switch (fault)
        {
            case ProxyFault.CutAfter:
                context.Abort();
                return;
            case ProxyFault.ClosedAfter:
                context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.Shutdown(SocketShutdown.Both);
                context.Abort();
                return;
            case ProxyFault.ErrorAfter:
                context.Response.StatusCode = 500;
                return;
            case ProxyFault.SlowAnswer:
                await Task.Delay(Slowness, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                break;
        }

        await AnswerAsync(context.Response, answer);
    }

    private async Task<HttpResponseMessage> PassOnAsync(HttpRequest request, byte[] body)
    {
        var passing = SendAsync(request, body);
        _underWay[passing] = true;
        try
        {
            return await passing;
        }
        finally
        {
            _underWay.TryRemove(passing, out _);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequest request, byte[] body)
    {
        // Word for word: the request is signed over its path as the client wrote it.
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var onward = new HttpRequestMessage(
            new HttpMethod(request.Method),
            new Uri($"http://127.0.0.1:{_target}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })
        );
        if (body.Length > 0)
        {
            onward.Content = new ByteArrayContent(body);
        }

        foreach (var (name, values) in request.Headers.Where(h => h.Key is not "Host" and not "Content-Length"))
        {
            if (!onward.Headers.TryAddWithoutValidation(name, [.. values]))
            {
                onward.Content?.Headers.TryAddWithoutValidation(name, [.. values]);
            }
        }

        return await _onward.SendAsync(onward);
    }

    private static async Task AnswerAsync(HttpResponse response, HttpResponseMessage answer)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => !HopByHop.Contains(h.Key)))
        {
            response.Headers[name] = values.ToArray();
        }

        var body = await answer.Content.ReadAsByteArrayAsync();
        if (body.Length > 0)
        {
            await response.Body.WriteAsync(body);
        }
    }
}
