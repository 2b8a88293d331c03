using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Functions.Queues;

/// <summary>Goes on with one shard of a timer's run, or with an uploaded file.</summary>
public sealed class RunShardFunction(HandleMessage handle)
{
    [Function("RunShard")]
    public Task RunAsync(
        [ServiceBusTrigger(WorkQueues.ShardRuns, Connection = FunctionSettings.BusConnection, AutoCompleteMessages = false)]
            ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions
    ) => handle.RunAsync(WorkQueues.ShardRuns, message, actions);
}
