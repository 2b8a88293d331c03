using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.HandOffs;

/// <summary>
/// Hands text messages and calls to people: the card goes to the customer's partition, then the reference into the tray, from where a
/// batch takes it into exactly one list. The reference decides: without it nobody can ever have seen the card.
/// </summary>
public sealed class HandOffSender(IRowStore store, TimeProvider clock) : IMessageSender
{
    private const int Looks = 3;
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly HandOffTray _tray = new(store);

    private sealed record Kept(bool IsOnFile);

    public async ValueTask<SendResult> SendAsync(OutboundMessage message)
    {
        if (message.Brief is not { } brief || !TouchRef.TryParse(message.Reference, out var touch))
        {
            return new SendResult.Refused("The message has no brief for the person who is to make the contact.");
        }

        var card = new HandOffCard(message.AttemptId, message.Channel, message.Text, brief, message.At);
        try
        {
            if (!(await ContendedCommit.UntilAppliedAsync(() => KeepAsync(touch, card))).IsOnFile)
            {
                return new SendResult.Refused("Whom it was for is no longer on file.");
            }
        }
        catch (StoreUnavailableException e)
        {
            return new SendResult.ProvenNotSent(clock.GetUtcNow() + Soon, e.Message);
        }

        return await _tray.TryPutAsync(message.Channel, touch, message.AttemptId)
            ? new SendResult.Accepted(null)
            : await LookAsync(message.Channel, touch, message.AttemptId);
    }

    /// <summary>
    /// Puts the card beside its customer only while the contact is there as it was read. Erasing takes the contact away last and by its
    /// version, so it either sees the card or keeps it from being written.
    /// </summary>
    private async ValueTask<Kept?> KeepAsync(TouchRef reference, HandOffCard card)
    {
        var partition = await CustomerPartition.LoadAsync(store, reference.Customer);
        if (
            partition.TouchpointBy(reference.Touch) is not { } touch
            || partition.IsErasedContact(touch.Contact)
            || partition.ContactBy(touch.Contact) is null
        )
        {
            return new Kept(false);
        }

        partition.Hold(CustomerPartition.ContactPrefix + touch.Contact.Value);
        partition.PutFact(HandOffCard.RowKey(reference.Touch), card.ToBag().Set("contact", touch.Contact.Value));
        return await partition.CommitAsync() is CommitResult.Applied ? new Kept(true) : null;
    }

    /// <summary>The tray did not confirm: either it has the reference, or nobody can tell.</summary>
    private async ValueTask<SendResult> LookAsync(Channel channel, TouchRef touch, string attempt)
    {
        for (var i = 0; i < Looks; i++)
        {
            try
            {
                if (await _tray.HoldsAsync(channel, touch, attempt))
                {
                    return new SendResult.Accepted(null);
                }
            }
            catch (StoreUnavailableException)
            {
                // Looked again.
            }
        }

        return new SendResult.Unknown("The hand-off tray did not confirm the reference.");
    }
}
