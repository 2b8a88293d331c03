using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Functions.Queues;

/// <summary>Merges the delivery evidence that waits for one customer.</summary>
public sealed class MergeEvidenceFunction(HandleMessage handle)
{
    [Function("MergeEvidence")]
    public Task RunAsync(
        [ServiceBusTrigger(WorkQueues.DeliveryEvents, Connection = FunctionSettings.BusConnection, AutoCompleteMessages = false)]
            ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions
    ) => handle.RunAsync(WorkQueues.DeliveryEvents, message, actions);
}
