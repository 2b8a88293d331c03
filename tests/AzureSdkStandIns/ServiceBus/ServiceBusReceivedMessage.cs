namespace Azure.Messaging.ServiceBus;

public class ServiceBusReceivedMessage
{
    internal ServiceBusReceivedMessage() { }

    public BinaryData Body { get; internal init; } = BinaryData.Empty;

    public IReadOnlyDictionary<string, object> ApplicationProperties { get; internal init; } = new Dictionary<string, object>();

    public string MessageId { get; internal init; } = "";

    public string? Subject { get; internal init; }

    public string LockToken => LockTokenGuid.ToString();

    public int DeliveryCount { get; internal init; }

    public long SequenceNumber { get; internal init; } = -1;

    public DateTimeOffset EnqueuedTime { get; internal init; }

    public DateTimeOffset ScheduledEnqueueTime { get; internal init; }

    public DateTimeOffset LockedUntil { get; internal set; }

    public ServiceBusMessageState State { get; internal init; }

    public string? DeadLetterReason => ApplicationProperties.GetValueOrDefault("DeadLetterReason") as string;

    public string? DeadLetterErrorDescription => ApplicationProperties.GetValueOrDefault("DeadLetterErrorDescription") as string;

    internal string? ContentTypeInternal { get; init; }

    internal Guid LockTokenGuid { get; init; }
}

public enum ServiceBusMessageState
{
    Active = 0,
    Deferred = 1,
    Scheduled = 2,
}
