using Azure.Messaging.ServiceBus;

namespace AzureSdkStandIns.ServiceBus;

/// <summary>A message as the broker holds it.</summary>
internal sealed class BrokerMessage(ServiceBusMessage sent, long sequence, DateTimeOffset now)
{
    private readonly string? _subject = sent.Subject;
    private readonly string? _contentType = sent.ContentType;
    private readonly BinaryData _body = sent.Body;
    private readonly string _id = sent.MessageId;
    private readonly Dictionary<string, object> _properties = new(sent.ApplicationProperties, StringComparer.Ordinal);
    private DateTimeOffset _enqueued = now;

    public long Sequence { get; private set; } = sequence;

    public DateTimeOffset ScheduledFor { get; } = ToMillisecond(sent.ScheduledEnqueueTime);

    public bool IsScheduled { get; private set; } = ToMillisecond(sent.ScheduledEnqueueTime) > now;

    public Guid? Token { get; private set; }

    public bool IsLocked => Token is not null;

    public DateTimeOffset LockedUntil { get; set; }

    /// <summary>How often it was handed out.</summary>
    public int Deliveries { get; private set; }

    public ServiceBusReceivedMessage Lock(DateTimeOffset until)
    {
        (Token, LockedUntil) = (Guid.NewGuid(), until);
        Deliveries++;
        return Show();
    }

    public void Unlock() => Token = null;

    /// <summary>Takes its place in a queue as if it had just come; only then is its place known.</summary>
    public void Activate(long place)
    {
        _enqueued = IsScheduled ? ScheduledFor : _enqueued;
        (IsScheduled, Sequence) = (false, place);
    }

    public void Change(IDictionary<string, object>? properties)
    {
        foreach (var (name, value) in properties ?? new Dictionary<string, object>())
        {
            _properties[name] = value;
        }
    }

    public void Explain(string? reason, string? description)
    {
        Change(reason is null ? null : new Dictionary<string, object> { ["DeadLetterReason"] = reason });
        Change(description is null ? null : new Dictionary<string, object> { ["DeadLetterErrorDescription"] = description });
    }

    public ServiceBusReceivedMessage Show() =>
        new()
        {
            Body = _body,
            MessageId = _id,
            Subject = _subject,
            ContentTypeInternal = _contentType,
            ApplicationProperties = new Dictionary<string, object>(_properties, StringComparer.Ordinal),
            LockTokenGuid = Token ?? Guid.Empty,
            DeliveryCount = Deliveries,
            LockedUntil = Token is null ? default : LockedUntil,
            SequenceNumber = Sequence,
            EnqueuedTime = _enqueued,
            ScheduledEnqueueTime = ScheduledFor,
            State = IsScheduled ? ServiceBusMessageState.Scheduled : ServiceBusMessageState.Active,
        };

    /// <summary>The protocol cuts a moment off to milliseconds.</summary>
    private static DateTimeOffset ToMillisecond(DateTimeOffset moment) =>
        moment.AddTicks(-(moment.UtcTicks % TimeSpan.TicksPerMillisecond));
}
