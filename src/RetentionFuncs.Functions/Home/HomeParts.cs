using Azure.Core;
using RetentionFuncs.AzureAdapters.SendGrid;
using RetentionFuncs.AzureAdapters.ServiceBus;
using RetentionFuncs.AzureAdapters.Tables;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Identity;
using RetentionFuncs.Messages;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Web;
using RetentionFuncs.Web.Access;

namespace RetentionFuncs.Functions.Home;

/// <summary>The adapters of this home, each made once for the life of the process.</summary>
public sealed class HomeParts : IAsyncDisposable
{
    private readonly TableRowStore _store;
    private readonly SendGridMessageSender _sender;
    private readonly Azure.Messaging.ServiceBus.ServiceBusClient _bus;

    public HomeParts(HomeOptions options, TimeProvider clock)
    {
        var credential = new Lazy<TokenCredential>(() => AzureCredentials.For(options.ClientId));
        _store = options.Storage is { Address: { } address }
            ? new TableRowStore(new TableRowStoreOptions { Endpoint = address }, credential.Value)
            : new TableRowStore(
                new TableRowStoreOptions { ConnectionString = options.Storage.Connection, TablePrefix = options.Storage.TablePrefix }
            );
        _bus = options.ServiceBus is { Namespace: { } name }
            ? ServiceBusConnection.Open(name, credential.Value)
            : ServiceBusConnection.Open(options.ServiceBus.Connection!);
        Queue = new ServiceBusWorkQueue(_bus, clock);
        DeadLetters = new ServiceBusDeadLetters(_bus, Queue);
        _sender = new SendGridMessageSender(options.SendGrid, clock);
        Governor = new SendGovernor(options.Limits);
        ProviderLog = options.SendGrid.EmailLogs ? new SendGridEmailLog(options.SendGrid, clock) : null;
    }

    public IRowStore Store => _store;

    public ServiceBusWorkQueue Queue { get; }

    public IDeadLetters DeadLetters { get; }

    public IMessageSender Sender => _sender;

    public SendGovernor Governor { get; }

    public IProviderLog? ProviderLog { get; }

    public IIdSource Ids { get; } = new RandomIdSource();

    public Task CreateTablesAsync() => _store.CreateTablesAsync();

    public WebHome WebOf(RetentionProduct product, HomeOptions options) =>
        new(product, DeadLetters)
        {
            Callers = new PlatformCallers(options.PlatformAuthenticates),
            ServesMachines = true,
            Webhooks = options.Webhooks,
            State = new AzureState(product),
        };

    public async ValueTask DisposeAsync()
    {
        _sender.Dispose();
        await _bus.DisposeAsync();
    }
}
