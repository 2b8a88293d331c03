using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RetentionFuncs.Tests.Loopback;

/// <summary>One submission as the provider saw it.</summary>
/// <param name="MessageId">What an acceptance answers as <c>X-Message-Id</c>.</param>
internal sealed record Submission(
    string Touch,
    string Attempt,
    string Instance,
    JsonElement Json,
    IHeaderDictionary Headers,
    string MessageId,
    DateTimeOffset At
)
{
    /// <summary>As events and logs name it: longer than the answer's id, which is its beginning.</summary>
    public string LongId => MessageId + ".recvd-5f54b5d587-pczjm-1-67BADEEA-6.0";

    public string To => Json.GetProperty("personalizations")[0].GetProperty("to")[0].GetProperty("email").GetString()!;
}

/// <summary>
/// A mail provider on 127.0.0.1 that speaks v3/mail/send and does what a test tells it. What it accepts it writes to a file and
/// syncs before it answers, when given one, so that it can be asked after any crash what was really accepted.
/// </summary>
internal sealed partial class LoopbackProvider : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Submission> _seen = new();
    private readonly ConcurrentQueue<Submission> _accepted = new();
    private readonly FileStream? _record;
    private readonly Lock _recording = new();
    private int _count;

    private LoopbackProvider(WebApplication app, string? record)
    {
        _app = app;
        _record = record is null ? null : new FileStream(record, FileMode.Append, FileAccess.Write, FileShare.Read);
        _ = app.MapPost("/v3/mail/send", HandleAsync);
        _ = app.MapPost("/elsewhere", HandleAsync);
        MapLogs(app);
    }

    /// <summary>What to do with the n-th submission, counted from 0; accepts everything until told otherwise.</summary>
    public Func<int, ProviderAct> Acts { get; set; } = _ => ProviderAct.Accept;

    /// <summary>What its logs and events are dated by.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Every request whose body arrived whole.</summary>
    public IReadOnlyCollection<Submission> Seen => _seen;

    public IReadOnlyCollection<Submission> Accepted => _accepted;

    /// <summary>Connections and requests that got as far as the handler.</summary>
    public int Requests => _count;

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public Uri Endpoint => new(Address, "/v3/mail/send");

    /// <param name="record">A file that gets a line "touch attempt" for each accepted submission, or null.</param>
    public static async Task<LoopbackProvider> StartAsync(string? record = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        var provider = new LoopbackProvider(builder.Build(), record);
        await provider._app.StartAsync();
        return provider;
    }

    public Task WaitForShutdownAsync() => HostingAbstractionsHostExtensions.WaitForShutdownAsync(_app);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(true));
        await _app.DisposeAsync();
        _record?.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref _count);
        var act = Acts(number - 1);
        if (act is ProviderAct.CutBefore)
        {
            context.Abort();
            return;
        }

        using var json = await JsonDocument.ParseAsync(context.Request.Body);
        var submission = Read(json.RootElement.Clone(), context.Request.Headers, $"m-{number}");
        context.Items[nameof(Submission.MessageId)] = submission.MessageId;
        _seen.Enqueue(submission);
        if (act.Accepts)
        {
            Record(submission);
        }

        await act.AnswerAsync(context);
    }

    private void Record(Submission submission)
    {
        lock (_recording)
        {
            _record?.Write(Encoding.ASCII.GetBytes($"{submission.Touch} {submission.Attempt}\n"));
            _record?.Flush(flushToDisk: true);
            _accepted.Enqueue(submission);
        }
    }

    private Submission Read(JsonElement json, IHeaderDictionary headers, string messageId)
    {
        var arguments = json.GetProperty("personalizations")[0].GetProperty("custom_args");
        return new Submission(
            arguments.GetProperty("rf_t").GetString()!,
            arguments.GetProperty("rf_a").GetString()!,
            arguments.GetProperty("rf_i").GetString()!,
            json,
            new HeaderDictionary(headers.ToDictionary()),
            messageId,
            Clock.GetUtcNow()
        );
    }
}
