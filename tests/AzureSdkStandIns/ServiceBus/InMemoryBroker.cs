using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;

namespace AzureSdkStandIns.ServiceBus;

/// <summary>
/// A Service Bus namespace in memory, on the clock it is given. A <see cref="ServiceBusClient"/> made with its connection string or its
/// name reaches it; no other does.
/// </summary>
public sealed class InMemoryBroker : IDisposable
{
    private static readonly ConcurrentDictionary<string, InMemoryBroker> Running = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, BrokerQueue> _queues = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="queues">The queues that exist; each has its own dead-letter queue.</param>
    public InMemoryBroker(TimeProvider clock, BrokerRules rules, IEnumerable<string> queues)
    {
        foreach (var name in queues)
        {
            var dead = new BrokerQueue(name + BrokerQueue.DeadLetterSuffix, clock, rules, null);
            _queues.Add(dead.Path, dead);
            _queues.Add(name, new BrokerQueue(name, clock, rules, dead));
        }

        FullyQualifiedNamespace = $"{Guid.NewGuid():n}.servicebus.windows.net";
        Running[FullyQualifiedNamespace] = this;
    }

    public string FullyQualifiedNamespace { get; }

    public string ConnectionString => $"Endpoint=sb://{FullyQualifiedNamespace}/;SharedAccessKeyName=any;SharedAccessKey=any";

    public BrokerFaults Faults { get; } = new();

    /// <summary>From here on clients cannot reach it.</summary>
    public void Dispose() => Running.TryRemove(FullyQualifiedNamespace, out _);

    /// <exception cref="ServiceBusException">The lock ran out, or was lost.</exception>
    public void Complete(ServiceBusReceivedMessage message) => Settle(message, queue => queue.Complete(message.LockTokenGuid));

    /// <summary>The message is there again at once; nothing waits between deliveries.</summary>
    /// <exception cref="ServiceBusException">The lock ran out, or was lost.</exception>
    public void Abandon(ServiceBusReceivedMessage message, IDictionary<string, object>? properties = null) =>
        Settle(message, queue => queue.Abandon(message.LockTokenGuid, properties));

    /// <exception cref="ServiceBusException">The lock ran out, or was lost.</exception>
    public void DeadLetter(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? properties = null,
        string? reason = null,
        string? description = null
    ) => Settle(message, queue => queue.DeadLetter(message.LockTokenGuid, properties, reason, description));

    /// <exception cref="ServiceBusException">The lock ran out, or was lost.</exception>
    public void Renew(ServiceBusReceivedMessage message) =>
        Settle(message, queue => message.LockedUntil = queue.Renew(message.LockTokenGuid));

    /// <summary>
    /// Hands each message that is due to a function, one after the other, as the trigger does: returned, the message is completed under
    /// <paramref name="autoComplete"/>, else left locked unless the function settled it; thrown, it is abandoned at once.
    /// </summary>
    /// <returns>How many times the function was called.</returns>
    public async Task<int> DeliverDueAsync(string queue, Func<ServiceBusReceivedMessage, Task> function, bool autoComplete = false)
    {
        var calls = 0;
        while (!Faults.Unavailable && QueueAt(queue).Receive(1) is [{ } message])
        {
            calls++;
            var settle = autoComplete ? Complete : (Action<ServiceBusReceivedMessage>)(_ => { });
            try
            {
                await function(message);
            }
            catch (Exception)
            {
                settle = m => Abandon(m);
            }

            if (QueueAt(queue).IsLocked(message.LockTokenGuid))
            {
                settle(message);
            }
        }

        return calls;
    }

    internal static InMemoryBroker Reach(string name) =>
        Running.TryGetValue(name, out var broker) && !broker.Faults.Unavailable
            ? broker
            : throw new ServiceBusException($"{name} cannot be reached.", ServiceBusFailureReason.ServiceCommunicationProblem);

    internal void Send(string path, ServiceBusMessage message)
    {
        var queue = QueueAt(path);
        if (Faults.Take(f => f.RefusedSends))
        {
            throw new ServiceBusException("The server is busy.", ServiceBusFailureReason.ServiceBusy, path);
        }

        queue.Send(message);
        if (Faults.Take(f => f.LostSendAnswers))
        {
            throw new ServiceBusException("The operation did not complete in time.", ServiceBusFailureReason.ServiceTimeout, path);
        }
    }

    internal BrokerQueue QueueAt(string path) =>
        _queues.TryGetValue(path, out var queue)
            ? queue
            : throw new ServiceBusException(
                $"The messaging entity '{path}' could not be found.",
                ServiceBusFailureReason.MessagingEntityNotFound,
                path
            );

    private void Settle(ServiceBusReceivedMessage message, Action<BrokerQueue> act)
    {
        if (Faults.Take(f => f.LostLocks))
        {
            _queues.Values.FirstOrDefault(q => q.IsLocked(message.LockTokenGuid))?.LoseLock(message.LockTokenGuid);
        }

        var queue = _queues.Values.FirstOrDefault(q => q.IsLocked(message.LockTokenGuid));
        act(queue ?? throw BrokerQueue.LockLost(message.MessageId));
    }
}
