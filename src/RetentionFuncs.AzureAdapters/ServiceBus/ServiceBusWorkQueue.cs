using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using RetentionFuncs.Queues;

namespace RetentionFuncs.AzureAdapters.ServiceBus;

/// <summary>
/// The queues of Service Bus, one for each kind of work. A message whose id was sent within <see cref="DuplicateWindow"/> is dropped by
/// the broker, whether the earlier one still waits or is long finished; so that work which is queued again that soon must carry a
/// higher seq, as the sweeps do.
/// </summary>
public sealed class ServiceBusWorkQueue(ServiceBusClient client, TimeProvider clock) : IWorkQueue
{
    /// <summary>
    /// The duplicate detection window that the queues are created with. Shorter than the age at which a sweep takes work for lost, so
    /// that what a sweep queues is never dropped for what was lost.
    /// </summary>
    public static readonly TimeSpan DuplicateWindow = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, ServiceBusSender> _senders = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No reference, or a purpose that no queue is for.</exception>
    public ValueTask EnqueueAsync(QueueMessage message, DateTimeOffset notBefore)
    {
        ArgumentException.ThrowIfNullOrEmpty(message.Ref);
        var queue = WorkQueues.For(message.Purpose);
        if (notBefore - clock.GetUtcNow() > IWorkQueue.MaxDelay)
        {
            throw new ArgumentOutOfRangeException(
                nameof(notBefore),
                notBefore,
                $"Message {message.Id} is further ahead than {IWorkQueue.MaxDelay.TotalHours} hours; write a due row instead."
            );
        }

        return SendAsync(queue, WorkMessages.For(message), notBefore);
    }

    /// <summary>Sends a message that is made already; a past moment means at once.</summary>
    /// <exception cref="QueueUnavailableException">Not known to be queued.</exception>
    internal async ValueTask SendAsync(string queue, ServiceBusMessage message, DateTimeOffset notBefore)
    {
        if (notBefore > clock.GetUtcNow())
        {
            message.ScheduledEnqueueTime = UpToMillisecond(notBefore);
        }

        var sender = _senders.GetOrAdd(queue, client.CreateSender);
        await ServiceBusConnection.TellAsync(queue, () => sender.SendMessageAsync(message));
    }

    /// <summary>The protocol carries milliseconds and would cut the rest off, which is too early.</summary>
    private static DateTimeOffset UpToMillisecond(DateTimeOffset moment)
    {
        var over = moment.UtcTicks % TimeSpan.TicksPerMillisecond;
        return over == 0 ? moment.ToUniversalTime() : moment.ToUniversalTime().AddTicks(TimeSpan.TicksPerMillisecond - over);
    }
}
