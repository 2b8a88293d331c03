using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Functions.Queues;

/// <summary>Sends one planned touchpoint.</summary>
public sealed class SendTouchpointFunction(HandleMessage handle)
{
    [Function("SendTouchpoint")]
    public Task RunAsync(
        [ServiceBusTrigger(WorkQueues.Touchpoints, Connection = FunctionSettings.BusConnection, AutoCompleteMessages = false)]
            ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions
    ) => handle.RunAsync(WorkQueues.Touchpoints, message, actions);
}
