using Azure.Messaging.ServiceBus;
using AzureSdkStandIns.ServiceBus;
using RetentionFuncs.AzureAdapters.ServiceBus;
using RetentionFuncs.Queues;

namespace RetentionFuncs.AzureAdapters.Tests.StandInFaults;

/// <summary>The adapters over the broker in memory, with every queue of the product, and what a trigger does for them.</summary>
internal sealed class BrokerHome : IDisposable
{
    private readonly TimeProvider _clock;

    public BrokerHome(TimeProvider clock, BrokerRules? rules = null)
    {
        _clock = clock;
        Broker = new InMemoryBroker(
            clock,
            rules ?? BrokerRules.Default with { DuplicateWindow = ServiceBusWorkQueue.DuplicateWindow },
            WorkQueues.All
        );
        Client = ServiceBusConnection.Open(Broker.ConnectionString);
        Queue = new ServiceBusWorkQueue(Client, clock);
        Letters = new ServiceBusDeadLetters(Client, Queue);
    }

    public InMemoryBroker Broker { get; }

    public ServiceBusClient Client { get; }

    public ServiceBusWorkQueue Queue { get; }

    public ServiceBusDeadLetters Letters { get; }

    /// <summary>Every ending since the start, in order.</summary>
    public List<WorkEnding> Endings { get; } = [];

    /// <summary>Delivers all that is due in every queue, as functions over <see cref="ReceiveWork"/> do.</summary>
    public async ValueTask<int> DeliverDueAsync(IQueueHandler handler)
    {
        var counted = new Counting(handler);
        var work = new ReceiveWork(counted, Queue, _clock);
        var settlement = new WorkSettlement(
            message =>
            {
                Broker.Complete(message);
                return Task.CompletedTask;
            },
            (message, properties, reason, description) =>
            {
                Broker.DeadLetter(message, properties, reason, description);
                return Task.CompletedTask;
            }
        );
        for (var called = true; called; )
        {
            called = false;
            foreach (var name in WorkQueues.All)
            {
                called |=
                    await Broker.DeliverDueAsync(name, async message => Endings.Add(await work.RunAsync(name, message, settlement))) > 0;
            }
        }

        return counted.Count;
    }

    /// <summary>Everything in a queue, scheduled and locked messages too.</summary>
    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync(string queue = WorkQueues.Touchpoints) =>
        await Client.CreateReceiver(queue).PeekMessagesAsync(1000);

    public void Dispose() => Broker.Dispose();

    private sealed class Counting(IQueueHandler inner) : IQueueHandler
    {
        private int _count;

        public int Count => _count;

        public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message)
        {
            _ = Interlocked.Increment(ref _count);
            return inner.HandleAsync(message);
        }
    }
}
