using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using RetentionFuncs.Queues;

namespace RetentionFuncs.AzureAdapters.ServiceBus;

/// <summary>How long the oldest message that is due has waited; looks without taking anything.</summary>
public sealed class ServiceBusQueueAge(ServiceBusClient client, TimeProvider clock)
{
    private const int Page = 250;

    /// <summary>Pages looked at: scheduled messages stand among the due ones, and are passed over.</summary>
    private const int Pages = 4;

    private readonly ConcurrentDictionary<string, ServiceBusReceiver> _receivers = new(StringComparer.Ordinal);

    /// <summary>The age of the oldest due message among the first 1,000, being worked on or not; null when none is due.</summary>
    /// <param name="queue">One of <see cref="WorkQueues"/>.</param>
    /// <exception cref="QueueUnavailableException">The queue did not answer.</exception>
    public async ValueTask<TimeSpan?> OldestAsync(string queue)
    {
        var receiver = _receivers.GetOrAdd(queue, client.CreateReceiver);
        var from = 0L;
        DateTimeOffset? oldest = null;
        for (var i = 0; i < Pages && oldest is null; i++)
        {
            var start = from;
            var page = await ServiceBusConnection.AskAsync(queue, () => receiver.PeekMessagesAsync(Page, start));
            if (page.Count == 0)
            {
                break;
            }

            oldest = page.Where(m => m.State == ServiceBusMessageState.Active).Min(m => (DateTimeOffset?)m.EnqueuedTime);
            from = page[^1].SequenceNumber + 1;
        }

        return clock.GetUtcNow() - oldest;
    }
}
