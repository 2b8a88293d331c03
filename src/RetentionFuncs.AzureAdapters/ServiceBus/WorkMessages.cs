using System.Security.Cryptography;
using System.Text;
using Azure.Messaging.ServiceBus;
using RetentionFuncs.Identity;
using RetentionFuncs.Queues;

namespace RetentionFuncs.AzureAdapters.ServiceBus;

/// <summary>A reference to work as a message of Service Bus, and what we write on it beside the body.</summary>
internal static class WorkMessages
{
    /// <summary>Failed deliveries of earlier copies.</summary>
    public const string FailedAttempts = "failedAttempts";

    /// <summary>When it was put aside for a person.</summary>
    public const string PutAsideAt = "putAsideAt";

    /// <summary>Longest message id that Service Bus takes.</summary>
    public const int MaxIdLength = 128;

    public static ServiceBusMessage For(QueueMessage message) =>
        new(MessageJson.Write(message))
        {
            MessageId = FittingId(message.Id),
            Subject = message.Purpose,
            ContentType = "application/json",
        };

    /// <summary>
    /// The same message under an id of its own. The sequence number tells the copies of two deliveries of one message (the same id, of
    /// which the broker drops one) from copies of two messages.
    /// </summary>
    public static ServiceBusMessage CopyOf(ServiceBusReceivedMessage received, string id, string why)
    {
        var copy = new ServiceBusMessage(received) { MessageId = FittingId($"{id}~{why}.{received.SequenceNumber}") };
        copy.ApplicationProperties.Clear();
        return copy;
    }

    public static QueueMessage? Read(ServiceBusReceivedMessage received) => MessageJson.Read(received.Body.ToString());

    public static int AttemptsOf(ServiceBusReceivedMessage received) =>
        received.ApplicationProperties.TryGetValue(FailedAttempts, out var value) && value is int attempts ? attempts : 0;

    /// <summary>An id that is too long gives way to its hash, which tells as much apart.</summary>
    public static string FittingId(string id) =>
        id.Length <= MaxIdLength ? id : Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(id)), 52);
}
