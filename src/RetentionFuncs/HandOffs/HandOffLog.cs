using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Storage;

namespace RetentionFuncs.HandOffs;

/// <summary>The trays and lists as the record of what was handed off, for outcomes that stayed unknown; other touches are asked of the provider.</summary>
/// <param name="provider">The log of the e-mail provider.</param>
public sealed class HandOffLog(IRowStore store, IProviderLog provider) : IProviderLog
{
    private readonly HandOffTray _tray = new(store);

    public async ValueTask<LogAnswer> FindAsync(LogQuestion question)
    {
        if (question.Channel == Channel.Email)
        {
            return await provider.FindAsync(question);
        }

        return await HoldsAsync(question)
            ? new LogAnswer.Found([
                new DeliveryEvent(
                    question.Touch,
                    question.AttemptId,
                    DeliveryEventKind.Processed,
                    null,
                    question.ClaimedAt,
                    "Found among what was handed off."
                ),
            ])
            : new LogAnswer.NotFound();
    }

    private async ValueTask<bool> HoldsAsync(LogQuestion asked)
    {
        if (await _tray.HoldsAsync(asked.Channel, asked.Touch, asked.AttemptId))
        {
            return true;
        }

        foreach (var batch in await _tray.BatchesAsync())
        {
            if (batch.Channel == asked.Channel && await _tray.IsInAsync(batch.Id, asked.Touch, asked.AttemptId))
            {
                return true;
            }
        }

        return false;
    }
}
