using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using RetentionFuncs.AzureAdapters.ServiceBus;
using RetentionFuncs.Functions.Home;
using RetentionFuncs.Queues;
using RetentionFuncs.Telemetry;

namespace RetentionFuncs.Functions.Queues;

/// <summary>
/// Hands a message to the product and settles it by the answer. It never throws: an exception would put the message back at once, and
/// ten quick failures would end it.
/// </summary>
public sealed partial class HandleMessage(FunctionsHome home, HomeParts parts, TimeProvider clock, ILogger<HandleMessage> log)
{
    private readonly ReceiveWork _receive = new(new OpenedHandler(home), parts.Queue, clock);

    public async Task RunAsync(string queue, ServiceBusReceivedMessage message, ServiceBusMessageActions actions)
    {
        var settlement = new WorkSettlement(
            m => actions.CompleteMessageAsync(m),
            (m, properties, reason, description) => actions.DeadLetterMessageAsync(m, properties, reason, description)
        );
        ProductMeter.Taken(queue, clock.GetUtcNow() - message.EnqueuedTime);
        switch (await _receive.RunAsync(queue, message, settlement))
        {
            case WorkEnding.PutAside aside:
                PutAside(queue, message.MessageId, aside.Reason, aside.Description);
                break;
            case WorkEnding.CopyThenComplete { Why: { } why } again:
                Retried(queue, message.MessageId, again.At, why);
                break;
            case WorkEnding.LeftLocked left:
                NotSettled(queue, message.MessageId, left.Cause.GetType().Name);
                break;
        }
    }

    [LoggerMessage(LogLevel.Error, "A message of {Queue} was put aside: {MessageId}, {Reason}: {Description}")]
    private partial void PutAside(string queue, string messageId, string reason, string description);

    [LoggerMessage(LogLevel.Warning, "A message of {Queue} is tried again at {At:u}: {MessageId}, {Why}")]
    private partial void Retried(string queue, string messageId, DateTimeOffset at, string why);

    [LoggerMessage(LogLevel.Warning, "A message of {Queue} comes again when its lock runs out: {MessageId}, {Fault}")]
    private partial void NotSettled(string queue, string messageId, string fault);

    /// <summary>Opens the home within the handling, so that tables which are away are a failure with a wait like any other.</summary>
    private sealed class OpenedHandler(FunctionsHome home) : IQueueHandler
    {
        public async ValueTask<HandlerAnswer> HandleAsync(QueueMessage message) =>
            await (await home.OpenAsync()).Product.Handler.HandleAsync(message);
    }
}
