using RetentionFuncs.Embedded.Stores;
using RetentionFuncs.Queues;

namespace RetentionFuncs.Embedded.Queue;

/// <summary>One run over what is due: asks the handler and turns its answer into the write that settles the message.</summary>
internal sealed class Delivery(IQueueHandler handler, DateTimeOffset now)
{
    private const int ReasonLength = 300;
    private readonly string _now = QueueTable.Moment(now);

    /// <summary>The write that settles the message; it yields false when the lease has passed to another.</summary>
    public async ValueTask<Func<SqliteHandle, bool>> DecideAsync(LeasedMessage leased)
    {
        if (MessageJson.Read(leased.Body) is not { } message)
        {
            return Park(leased, "The body cannot be read.");
        }

        if (leased.Attempts > DeliveryRules.MaxAttempts)
        {
            return Park(leased, $"It was delivered {DeliveryRules.MaxAttempts} times and never answered.");
        }

        try
        {
            return Settle(leased, message, await handler.HandleAsync(message));
        }
        catch (Exception fault)
        {
            return Fail(leased, fault);
        }
    }

    private Func<SqliteHandle, bool> Settle(LeasedMessage leased, QueueMessage message, HandlerAnswer answer) =>
        answer switch
        {
            HandlerAnswer.RetryAt retry => Again(leased, message, retry.At),
            HandlerAnswer.Park park => Park(leased, park.Reason),
            HandlerAnswer.Done => handle => QueueTable.Complete(handle, leased),
            _ => throw new InvalidOperationException("The handler gave no answer."),
        };

    private Func<SqliteHandle, bool> Again(LeasedMessage leased, QueueMessage message, DateTimeOffset at)
    {
        if (at - now > IWorkQueue.MaxDelay)
        {
            throw new InvalidOperationException(
                $"The handler asked for a copy at {at:O}, further ahead than {IWorkQueue.MaxDelay.TotalHours} hours."
            );
        }

        // A copy is never due in the run that made it, or an answer of "at once" would keep that run from ending.
        var copyAt = QueueTable.Moment(at > now ? at : now.AddTicks(1));
        return handle =>
        {
            if (!QueueTable.Complete(handle, leased))
            {
                return false;
            }

            QueueTable.Insert(handle, message.Again(), copyAt);
            return true;
        };
    }

    private Func<SqliteHandle, bool> Fail(LeasedMessage leased, Exception fault) =>
        DeliveryRules.WaitAfter(leased.Attempts) is { } wait
            ? handle => QueueTable.PutBack(handle, leased, QueueTable.Moment(now + wait))
            : Park(leased, Shortened($"It failed {leased.Attempts} times, the last time with {fault.GetType().Name}: {fault.Message}"));

    private Func<SqliteHandle, bool> Park(LeasedMessage leased, string reason) => handle => QueueTable.Park(handle, leased, reason, _now);

    private static string Shortened(string text) => text.Length <= ReasonLength ? text : text[..ReasonLength] + "…";
}
