using System.Security.Cryptography;
using AzureSdkStandIns.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RetentionFuncs.AzureAdapters.ServiceBus;
using RetentionFuncs.AzureAdapters.Tests.Azurite;
using RetentionFuncs.Functions.Home;
using RetentionFuncs.Queues;
using RetentionFuncs.Settings;
using RetentionFuncs.Tests.Loopback;
using RetentionFuncs.Tests.Telemetry;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Functions.Tests.Worlds;

/// <summary>
/// The whole app as it is deployed, on this machine: its settings, its services, its functions called as the host calls them, over the
/// storage emulator, the broker in memory and a loopback SendGrid, on a clock moved by hand.
/// </summary>
internal sealed class FunctionsWorld : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly FunctionSite _site;

    private FunctionsWorld(ServiceProvider services, FunctionSite site, WorldParts parts)
    {
        (_services, _site) = (services, site);
        (Clock, Broker, Provider, Events) = (parts.Clock, parts.Broker, parts.Provider, parts.Events);
        Http = new HttpClient { BaseAddress = site.Address };
    }

    private sealed record WorldParts(HandClock Clock, InMemoryBroker Broker, LoopbackProvider Provider, LoopbackEvents Events);

    public HandClock Clock { get; }

    public InMemoryBroker Broker { get; }

    public LoopbackProvider Provider { get; }

    public LoopbackEvents Events { get; }

    /// <summary>Of nobody; <see cref="Machine"/> carries the function key.</summary>
    public HttpClient Http { get; }

    public HttpClient Machine
    {
        get
        {
            var http = new HttpClient { BaseAddress = _site.Address };
            http.DefaultRequestHeaders.Add("x-functions-key", FunctionSite.Key);
            return http;
        }
    }

    /// <param name="tables">A connection string of the storage emulator, or of a proxy before it.</param>
    public static async Task<FunctionsWorld> StartAsync(
        string tables,
        string start = "2026-03-02T10:00:00+01:00",
        IReadOnlyDictionary<string, string?>? settings = null,
        TelemetryTap? tap = null
    )
    {
        var clock = new HandClock(DateTimeOffset.Parse(start, null));
        var rules = BrokerRules.Default with { DuplicateWindow = ServiceBusWorkQueue.DuplicateWindow };
        var parts = new WorldParts(clock, new InMemoryBroker(clock, rules, WorkQueues.All), await LoopbackProvider.StartAsync(), new());
        parts.Provider.Clock = clock;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(SettingsFor(parts, tables))
            .AddInMemoryCollection(settings ?? new Dictionary<string, string?>())
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddLogging(l => _ = tap is null ? l : l.AddProvider(tap).SetMinimumLevel(LogLevel.Trace))
            .AddRouting()
            .AddRetention(HomeOptions.Read(configuration))
            .BuildServiceProvider();
        return new FunctionsWorld(services, await FunctionSite.StartAsync(services, tap), parts);
    }

    public async Task<RetentionProduct> ProductAsync() => (await _services.GetRequiredService<FunctionsHome>().OpenAsync()).Product;

    /// <summary>Queues a message as the product would.</summary>
    public ValueTask QueueAsync(QueueMessage message) => _services.GetRequiredService<HomeParts>().Queue.EnqueueAsync(message, Clock.Now);

    /// <summary>Fires a timer, once.</summary>
    public Task FireAsync(string function, CancellationToken cancel = default) =>
        FunctionEntry.Named(function).CallAsync(_services, new TimerInfo(), cancel);

    /// <summary>Delivers what is due in every queue until none delivers any more.</summary>
    /// <returns>How often a function was called.</returns>
    public async Task<int> PumpAsync()
    {
        var actions = new BrokerActions(Broker);
        for (var calls = 0; ; )
        {
            var before = calls;
            foreach (var function in FunctionEntry.All)
            {
                if (function.Trigger is ServiceBusTriggerAttribute trigger)
                {
                    calls += await Broker.DeliverDueAsync(trigger.QueueName!, m => function.CallAsync(_services, m, actions));
                }
            }

            if (calls == before)
            {
                return calls;
            }
        }
    }

    /// <summary>Goes to ten in the morning of a day in Berlin and does what the timers do there.</summary>
    public async Task TickAsync(string day)
    {
        Clock.Now = DateTimeOffset.Parse(day + "T10:00:00+01:00", null);
        foreach (var timer in new[] { "ReviewDue", "DecideWaiting", "SweepOpenWork", "ReconcileUnknowns" })
        {
            await FireAsync(timer);
            await PumpAsync();
            // What was scheduled a second ahead is due now.
            Clock.Now = Clock.Now.AddSeconds(5);
            await PumpAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _site.DisposeAsync();
        await _services.DisposeAsync();
        await Provider.DisposeAsync();
        Events.Dispose();
        Broker.Dispose();
    }

    private static Dictionary<string, string?> SettingsFor(WorldParts parts, string tables) =>
        new()
        {
            [Key(FunctionSettings.StorageConnectionString)] = tables,
            [Key(FunctionSettings.StorageTablePrefix)] = AzuriteFixture.NewPrefix(),
            [Key(FunctionSettings.BusConnectionString)] = parts.Broker.ConnectionString,
            [Key(FunctionSettings.SendGridApiKey)] = "SG.loopback",
            [Key(FunctionSettings.SendGridHost)] = parts.Provider.Address.ToString(),
            [Key(FunctionSettings.SendGridSandbox)] = "false",
            [Key(FunctionSettings.SendGridWebhookKey)] = parts.Events.PublicKey,
            [Key(FunctionSettings.SendGridEmailLogs)] = "true",
            [Key(FunctionSettings.SendingPerSecond)] = "1000",
            [Key(FunctionSettings.SendingMaxInstances)] = "1",
            [Key(FunctionSettings.Business)] = FixedDays(SettingsFile.Default("Linden & Co", "Europe/Berlin", "EUR")) + "\n",
            [Key(FunctionSettings.InstanceSecret)] = Convert.ToBase64String(
                SHA256.HashData(parts.Events.PublicKey.Select(c => (byte)c).ToArray())
            ),
        };

    public static string Key(string name) => name.Replace("__", ":", StringComparison.Ordinal);

    /// <summary>The same days for everyone: a handful of customers carries no model.</summary>
    private static string FixedDays(string settings) =>
        settings.Replace(
            "\nlapse: {rule: chance-of-return, cooling: 75, lapsing: 50, lapsed: 25, lost: 10}",
            "\nlapse: {rule: fixed-days, cooling: 60, lapsing: 120, lapsed: 365, lost: 730}"
        );
}
