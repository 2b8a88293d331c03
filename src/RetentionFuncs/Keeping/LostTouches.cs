using RetentionFuncs.Customers;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Keeping;

/// <summary>
/// Messages that left in a time the store has forgotten, before it plans them again: rows among the customer's state, so that who loads
/// the customer sees them without asking. Ids are made of meaning, so the message planned again has the very id.
/// </summary>
public static class LostTouches
{
    private const string Prefix = "lost|";

    /// <summary>The message as it left, if it is one of those; else null.</summary>
    public static Touchpoint? LostSending(this CustomerPartition partition, Touchpoint touch) =>
        partition.Find(Prefix + touch.Id.Value) is { } bag ? SentNow(touch, bag.Text("attemptId"), bag.Instant("at")) : null;

    /// <summary>Puts it on file as it left; nothing is sent.</summary>
    /// <param name="again">When to look again should somebody else have been there first.</param>
    internal static async ValueTask<HandlerAnswer> EndLostAsync(
        this CustomerPartition partition,
        Touchpoint sent,
        OpenWork open,
        DateTimeOffset again
    )
    {
        partition.PutTouchpoint(sent);
        if (await partition.CommitAsync() is not CommitResult.Applied)
        {
            return new HandlerAnswer.RetryAt(again);
        }

        await open.RemoveAsync(sent);
        return HandlerAnswer.Finished;
    }

    /// <summary>Late reviews after a restore plan what the forgotten time may have sent; without a record of it, it is not sent again.</summary>
    internal static bool MayHaveSent(this RestoreStanding restored, CustomerPartition partition, Touchpoint touch, DateTimeOffset now) =>
        restored is { SkipLost: true, IsFrozen: false }
        && now < restored.ReleasedAt + RestoreStanding.LostFor
        && ReconcileRestored.MayBeLost(partition, touch, restored);

    /// <summary>Whether its sending is on file already.</summary>
    internal static bool IsKnownLost(this CustomerPartition partition, TouchId touch) => partition.Find(Prefix + touch.Value) is not null;

    internal static void PutLost(this CustomerPartition partition, SentMessage sent) =>
        partition.Put(Prefix + sent.Touch.Touch.Value, new PropertyBag().Set("attemptId", sent.AttemptId).Set("at", sent.At));

    internal static Touchpoint SentNow(Touchpoint touch, string attemptId, DateTimeOffset at) =>
        touch with
        {
            State = TouchpointState.Sent,
            AttemptId = attemptId,
            Attempts = Math.Max(1, touch.Attempts),
            ClaimedAt = at,
            SettledAt = at,
            Reason = null,
        };
}
