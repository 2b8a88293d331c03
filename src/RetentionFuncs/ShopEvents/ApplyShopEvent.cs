using RetentionFuncs.Customers;
using RetentionFuncs.Experiences;
using RetentionFuncs.Orders;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;

namespace RetentionFuncs.ShopEvents;

/// <summary>
/// Puts one event on file through the verbs that imports use, then forgets its words. Idempotent, and indifferent to order: an event
/// that speaks for an earlier moment never undoes a later one.
/// </summary>
public sealed class ApplyShopEvent(
    IRowStore store,
    RecordCustomer customers,
    RecordOrders orders,
    RecordExperience experiences,
    TimeProvider clock
) : IQueueHandler
{
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
            return await PutAsideAsync(waiting, row, ((ShopEventReading.NotUnderstood)reading).Findings);
        }

        await RecordAsync(understood.Event, now);
        ProductMeter.ShopEvent(understood.Event.Kind.ToString());
        await store.DeleteAnyAsync(place.Partition, place.Key);
        return HandlerAnswer.Finished;
    }

    private async ValueTask RecordAsync(ShopEvent e, DateTimeOffset now)
    {
        await customers.RunAsync(e.News, now);
        if (e.Order is { } order)
        {
            await orders.RunAsync(e.News.ExternalId, [order], now);
        }

        if (e.Experience is { } experience)
        {
            await experiences.RunAsync(e.News.ExternalId, experience, now);
        }
    }

    /// <summary>The row says so too, so that no sweep queues it again; a replay of the dead letter tries it once more.</summary>
    private async ValueTask<HandlerAnswer> PutAsideAsync(WaitingEvent waiting, StoredRow row, IReadOnlyList<EventFinding> findings)
    {
        var reason = string.Join("; ", findings.Take(5).Select(f => f.Describe("en")));
        reason = reason.Length <= 500 ? reason : reason[..500] + "…";
        var bag = (waiting with { RefusedBecause = reason }).ToBag();
        _ = await store.CommitAsync(waiting.Place.Partition, [new RowWrite(row.Key, Expectation.At(row.Version), bag)]);
        return new HandlerAnswer.Park($"the shop's event {waiting.Place} cannot be read: {reason}");
    }
}
