using Azure.Messaging.ServiceBus;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settles a message within its invocation. The methods are virtual in the package, so that whoever runs a function can listen.</summary>
public class ServiceBusMessageActions
{
    protected ServiceBusMessageActions() { }

    /// <summary>The package asks the host over a channel that only a running host opens.</summary>
    private static InvalidOperationException NoHost =>
        new("There is no host to settle with; whoever runs a function derives from this class.");

    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        throw NoHost;

    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = default,
        string? deadLetterReason = default,
        string? deadLetterErrorDescription = default,
        CancellationToken cancellationToken = default
    ) => throw NoHost;
}
