namespace Azure.Messaging.ServiceBus;

public class ServiceBusMessage
{
    private const int MaxIdLength = 128;
    private string _id = "";

    public ServiceBusMessage(string body) => Body = new BinaryData(body);

    /// <summary>Copies what a sender may set; what the broker wrote stays behind.</summary>
    public ServiceBusMessage(ServiceBusReceivedMessage receivedMessage)
    {
        ArgumentNullException.ThrowIfNull(receivedMessage);
        (Body, _id) = (receivedMessage.Body, receivedMessage.MessageId);
        (Subject, ContentType) = (receivedMessage.Subject, receivedMessage.ContentTypeInternal);
        foreach (var (name, value) in receivedMessage.ApplicationProperties)
        {
            if (name is not ("DeadLetterReason" or "DeadLetterErrorDescription"))
            {
                ApplicationProperties.Add(name, value);
            }
        }
    }

    public BinaryData Body { get; set; }

    public IDictionary<string, object> ApplicationProperties { get; } = new Dictionary<string, object>(StringComparer.Ordinal);

    public string MessageId
    {
        get => _id;
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, MaxIdLength);
            _id = value;
        }
    }

    public string? Subject { get; set; }

    public string? ContentType { get; set; }

    public DateTimeOffset ScheduledEnqueueTime { get; set; }
}
