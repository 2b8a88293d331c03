using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Functions.Queues;

/// <summary>Applies one event of the shop.</summary>
public sealed class ApplyShopEventFunction(HandleMessage handle)
{
    [Function("ApplyShopEvent")]
    public Task RunAsync(
        [ServiceBusTrigger(WorkQueues.CustomerEvents, Connection = FunctionSettings.BusConnection, AutoCompleteMessages = false)]
            ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions
    ) => handle.RunAsync(WorkQueues.CustomerEvents, message, actions);
}
