using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;

namespace RetentionFuncs.ShopEvents;

/// <summary>Puts one event that waits on file, then forgets its words.</summary>
public sealed class ApplyShopEvent(IRowStore store, RecordShopEvent record, TimeProvider clock) : IQueueHandler
{
    private const int LongestReason = 500;

    public async ValueTask<HandlerAnswer> HandleAsync(QueueMessage message)
    {
        if (!InboxPlace.TryParse(message.Ref, out var place))
        {
            return new HandlerAnswer.Park($"'{message.Ref}' is not the place of an event");
        }

        if (await store.ReadRowAsync(place.Partition, place.Key) is not { } row)
        {
            // Applied by an earlier delivery.
            return HandlerAnswer.Finished;
        }

        var waiting = WaitingEvent.Read(place, row.Properties);
        var now = clock.GetUtcNow();
        var reading = ShopEventReader.Read(waiting.Json, waiting.Id, now);
        if (reading is not ShopEventReading.Understood understood)
        {
            var odd = (ShopEventReading.NotUnderstood)reading;
            return await PutAsideAsync(waiting, row, $"the shop's event {place} cannot be read", odd.Reason.En);
        }

        if (await record.RunAsync(understood.Event, now) is EventEnding.Contradicts contradicts)
        {
            return await PutAsideAsync(waiting, row, $"the shop's event {place} contradicts what is on file", contradicts.Why.En);
        }

        ProductMeter.ShopEvent(understood.Event.Kind.ToString());
        await store.DeleteAnyAsync(place.Partition, place.Key);
        return HandlerAnswer.Finished;
    }

    /// <summary>The row says so too, so that no sweep queues it again; a replay of the dead letter tries it once more.</summary>
    private async ValueTask<HandlerAnswer> PutAsideAsync(WaitingEvent waiting, StoredRow row, string what, string why)
    {
        var reason = why.Length <= LongestReason ? why : why[..LongestReason] + "…";
        var bag = (waiting with { RefusedBecause = reason }).ToBag();
        _ = await store.CommitAsync(waiting.Place.Partition, [new RowWrite(row.Key, Expectation.At(row.Version), bag)]);
        return new HandlerAnswer.Park($"{what}: {reason}");
    }
}
