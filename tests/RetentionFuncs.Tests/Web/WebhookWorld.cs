using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using RetentionFuncs.Messages;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Loopback;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Web;
using RetentionFuncs.Web.Webhooks;

namespace RetentionFuncs.Tests.Web;

/// <summary>A store and a queue that can be made to be away.</summary>
internal sealed class AwayStore(IRowStore inner) : IRowStore
{
    public bool IsAway { get; set; }

    public int Calls { get; private set; }

    public ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000) =>
        Here().ReadAsync(partition, range, limit);

    public ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes) =>
        Here().CommitAsync(partition, writes);

    private IRowStore Here()
    {
        Calls++;
        return IsAway ? throw new StoreUnavailableException("away") : inner;
    }
}

internal sealed class AwayQueue(IWorkQueue inner) : IWorkQueue
{
    public bool IsAway { get; set; }

    public ValueTask EnqueueAsync(QueueMessage message, DateTimeOffset notBefore) =>
        IsAway ? throw new QueueUnavailableException("away") : inner.EnqueueAsync(message, notBefore);
}

/// <summary>A trip's world whose webhook is served on loopback, and the provider's event side that calls it.</summary>
internal sealed class WebhookWorld : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebhookWorld(TripWorld trip, WebhookOptions? options)
    {
        Trip = trip;
        (Store, Queue) = (new AwayStore(trip.Store), new AwayQueue(trip.Queue));
        var product = new RetentionProduct(
            Store,
            Queue,
            trip.Provider,
            new SendGovernor(SendLimits.Default),
            trip.Settings,
            trip.Secret,
            trip.Product.Ids,
            trip.Clock
        );
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.Logging.AddProvider(Said);
        _ = builder.Logging.AddFilter("Microsoft", LogLevel.None);
        _ = builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapRetention(new WebHome(product, null!) { Webhooks = options ?? WebhookOptions.Of(Events.PublicKey) });
    }

    public TripWorld Trip { get; }

    public AwayStore Store { get; }

    public AwayQueue Queue { get; }

    public LoopbackEvents Events { get; } = new();

    public SaidLog Said { get; } = new();

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false });

    public Uri Webhook => new(new Uri(_app.Urls.Single()), "/webhooks/sendgrid");

    public static async Task<WebhookWorld> StartAsync(TripWorld? trip = null, WebhookOptions? options = null)
    {
        var world = new WebhookWorld(trip ?? new TripWorld(), options);
        await world._app.StartAsync();
        return world;
    }

    /// <summary>The status of one post that is signed as it should be.</summary>
    public async Task<HttpStatusCode> PostAsync(byte[] body, DateTimeOffset? at = null) =>
        await SendAsync(Events.Post(Webhook, body, at ?? Trip.Clock.Now));

    public async Task<HttpStatusCode> SendAsync(HttpRequestMessage post)
    {
        using var own = post;
        using var answer = await Http.SendAsync(own);
        return answer.StatusCode;
    }

    /// <summary>Everything on file, as one text that any write would change.</summary>
    public string Everything() =>
        string.Join(
            '\n',
            Enum.GetValues<StoreTable>()
                .SelectMany(t => Trip.Store.Everything(t))
                .Select(r => $"{r.Partition}/{r.Row.Key} {r.Row.Version.Token} {string.Join(',', r.Row.Properties.Entries)}")
        );

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Events.Dispose();
        await _app.DisposeAsync();
    }
}

/// <summary>Keeps what was logged.</summary>
internal sealed class SaidLog : ILoggerProvider, ILogger
{
    private readonly List<(LogLevel Level, string Text)> _lines = [];

    public IReadOnlyList<(LogLevel Level, string Text)> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel level, EventId id, TState state, Exception? error, Func<TState, Exception?, string> format)
    {
        lock (_lines)
        {
            _lines.Add((level, format(state, error)));
        }
    }

    public void Dispose() { }
}
