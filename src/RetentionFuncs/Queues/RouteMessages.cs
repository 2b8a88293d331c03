using RetentionFuncs.Telemetry;

namespace RetentionFuncs.Queues;

/// <summary>Calls the verb that a message's purpose names; what no verb is for is put aside at first sight.</summary>
public sealed class RouteMessages(IReadOnlyDictionary<string, IQueueHandler> handlers) : IQueueHandler
{
    public async ValueTask<HandlerAnswer> HandleAsync(QueueMessage message)
    {
        var answer = await AnswerAsync(message);
        if (answer is HandlerAnswer.Park)
        {
            ProductMeter.Parked(message.Purpose);
        }

        return answer;
    }

    private ValueTask<HandlerAnswer> AnswerAsync(QueueMessage message) =>
        message.Schema > QueueMessage.CurrentSchema
            ? Park($"Its schema {message.Schema} is newer than this program, which reads up to {QueueMessage.CurrentSchema}.")
        : handlers.TryGetValue(message.Purpose, out var handler) ? handler.HandleAsync(message)
        : Park($"Nothing here is for the purpose '{message.Purpose}'.");

    private static ValueTask<HandlerAnswer> Park(string reason) => ValueTask.FromResult<HandlerAnswer>(new HandlerAnswer.Park(reason));
}
