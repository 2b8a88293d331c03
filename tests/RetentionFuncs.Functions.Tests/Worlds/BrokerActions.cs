using Azure.Messaging.ServiceBus;
using AzureSdkStandIns.ServiceBus;
using Microsoft.Azure.Functions.Worker;

namespace RetentionFuncs.Functions.Tests.Worlds;

/// <summary>Settles messages on the broker in memory, as the host does over its own channel.</summary>
internal sealed class BrokerActions(InMemoryBroker broker) : ServiceBusMessageActions
{
    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        broker.Complete(message);
        return Task.CompletedTask;
    }

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default
    )
    {
        broker.DeadLetter(message, propertiesToModify, deadLetterReason, deadLetterErrorDescription);
        return Task.CompletedTask;
    }
}
