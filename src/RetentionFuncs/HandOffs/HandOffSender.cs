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

    public async ValueTask<SendResult> SendAsync(OutboundMessage message)
    {
        if (message.Brief is not { } brief || !TouchRef.TryParse(message.Reference, out var touch))
        {
            return new SendResult.Refused("The message has no brief for the person who is to make the contact.");
        }

        var card = new HandOffCard(message.AttemptId, message.Channel, message.Text, brief, message.At);
        try
        {
            await store.PutAnyAsync(Customers.CustomerPartition.IdOf(touch.Customer), HandOffCard.RowKey(touch.Touch), card.ToBag());
        }
        catch (StoreUnavailableException e)
        {
            return new SendResult.ProvenNotSent(clock.GetUtcNow() + Soon, e.Message);
        }

        return await _tray.TryPutAsync(message.Channel, touch, message.AttemptId)
            ? new SendResult.Accepted(null)
            : await LookAsync(message.Channel, touch, message.AttemptId);
    }

    /// <summary>The tray did not confirm: either it has the reference, or nobody can tell.</summary>
    private async ValueTask<SendResult> LookAsync(Customers.Channel channel, TouchRef touch, string attempt)
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
