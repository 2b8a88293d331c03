using Azure.Messaging.ServiceBus;
using RetentionFuncs.Queues;

namespace RetentionFuncs.AzureAdapters.ServiceBus;

/// <summary>
/// One message from Service Bus: read, handed to the handler, and settled by its answer. A failure comes back as a scheduled copy after
/// the waits of <see cref="DeliveryRules"/>, because an abandoned message would be there again at once. Nothing here is cancelled:
/// between a claim and its settlement nobody may stop the work.
/// </summary>
public sealed class ReceiveWork(IQueueHandler handler, ServiceBusWorkQueue queue, TimeProvider clock)
{
    private const int DescriptionLength = 1000;

    /// <summary>Wait before a body of a newer program is looked at again; during a deployment the newer one will have taken it.</summary>
    private static readonly TimeSpan NewerWait = TimeSpan.FromMinutes(5);

    /// <summary>Handles the message and settles it. Never throws; what was not confirmed is <see cref="WorkEnding.LeftLocked"/>.</summary>
    /// <param name="queueName">The queue it came from.</param>
    public async ValueTask<WorkEnding> RunAsync(string queueName, ServiceBusReceivedMessage received, WorkSettlement settlement)
    {
        var ending = await DecideAsync(received);
        try
        {
            await ApplyAsync(queueName, received, ending, settlement);
            return ending;
        }
        catch (Exception e)
        {
            return new WorkEnding.LeftLocked(e);
        }
    }

    /// <summary>Handles the message and says what should become of it; settles nothing.</summary>
    public async ValueTask<WorkEnding> DecideAsync(ServiceBusReceivedMessage received)
    {
        if (WorkMessages.Read(received) is not { } message)
        {
            return PutAside(received, PutAsideReasons.Unreadable, "The body cannot be read.");
        }

        if (message.Schema > QueueMessage.CurrentSchema)
        {
            var copy = WorkMessages.CopyOf(received, message.Id, "later");
            return new WorkEnding.CopyThenComplete(copy, clock.GetUtcNow() + NewerWait, $"Schema {message.Schema} is of a newer program.");
        }

        try
        {
            return await handler.HandleAsync(message) switch
            {
                HandlerAnswer.Done => new WorkEnding.Complete(),
                HandlerAnswer.RetryAt retry => Again(message, retry.At),
                HandlerAnswer.Park park => PutAside(received, PutAsideReasons.Parked, park.Reason),
                _ => throw new InvalidOperationException("The handler gave no answer."),
            };
        }
        catch (Exception fault)
        {
            return AfterFailure(received, message, fault);
        }
    }

    private async ValueTask ApplyAsync(string queueName, ServiceBusReceivedMessage received, WorkEnding ending, WorkSettlement settlement)
    {
        if (ending is WorkEnding.PutAside aside)
        {
            var properties = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                [WorkMessages.PutAsideAt] = aside.At,
                [WorkMessages.FailedAttempts] = aside.Attempts,
            };
            await settlement.DeadLetter(received, properties, aside.Reason, aside.Description);
            return;
        }

        if (ending is WorkEnding.CopyThenComplete again)
        {
            await queue.SendAsync(queueName, again.Copy, again.At);
        }

        await settlement.Complete(received);
    }

    /// <summary>A copy is never due at once, or an answer of "at once" would turn without a pause.</summary>
    private WorkEnding.CopyThenComplete Again(QueueMessage message, DateTimeOffset at)
    {
        var (earliest, latest) = (clock.GetUtcNow().AddSeconds(1), clock.GetUtcNow() + IWorkQueue.MaxDelay);
        var moment =
            at < earliest ? earliest
            : at > latest ? latest
            : at;
        return new WorkEnding.CopyThenComplete(WorkMessages.For(message.Again()), moment, null);
    }

    private WorkEnding AfterFailure(ServiceBusReceivedMessage received, QueueMessage message, Exception fault)
    {
        var attempts = WorkMessages.AttemptsOf(received) + 1;
        var told = $"{fault.GetType().Name}: {fault.Message}";
        if (DeliveryRules.WaitAfter(attempts) is not { } wait)
        {
            return PutAside(received, PutAsideReasons.Failed, $"It failed {attempts} times, the last time with {told}");
        }

        var copy = WorkMessages.CopyOf(received, message.Id, $"after{attempts}");
        copy.ApplicationProperties[WorkMessages.FailedAttempts] = attempts;
        return new WorkEnding.CopyThenComplete(copy, clock.GetUtcNow() + wait, Shortened(told));
    }

    private WorkEnding.PutAside PutAside(ServiceBusReceivedMessage received, string reason, string description) =>
        new(reason, Shortened(description), clock.GetUtcNow(), WorkMessages.AttemptsOf(received) + 1);

    private static string Shortened(string text) => text.Length <= DescriptionLength ? text : text[..DescriptionLength] + "…";
}
