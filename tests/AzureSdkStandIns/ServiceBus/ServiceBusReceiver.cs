using AzureSdkStandIns.ServiceBus;

namespace Azure.Messaging.ServiceBus;

public class ServiceBusReceiver : IAsyncDisposable
{
    private readonly BrokerLink _link;
    private long _peeked;

    internal ServiceBusReceiver(BrokerLink link) => _link = link;

    /// <summary>Nothing new arrives while a test waits, so that an empty queue answers at once.</summary>
    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages,
        TimeSpan? maxWaitTime = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        return _link.CallAsync(broker => broker.QueueAt(_link.Path).Receive(maxMessages), cancellationToken);
    }

    /// <summary>Without a sequence number it goes on after what this receiver peeked last.</summary>
    public virtual Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages,
        long? fromSequenceNumber = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        return _link.CallAsync(
            broker =>
            {
                var page = broker.QueueAt(_link.Path).Peek(maxMessages, fromSequenceNumber ?? _peeked + 1);
                _peeked = page.Count > 0 ? page[^1].SequenceNumber : _peeked;
                return page;
            },
            cancellationToken
        );
    }

    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        _link.CallAsync(broker => broker.Complete(message), cancellationToken);

    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = null,
        CancellationToken cancellationToken = default
    ) => _link.CallAsync(broker => broker.Abandon(message, propertiesToModify), cancellationToken);

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

public class ServiceBusReceiverOptions
{
    public SubQueue SubQueue { get; set; }
}

public enum SubQueue
{
    None = 0,
    DeadLetter = 1,
    TransferDeadLetter = 2,
}
