using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries.SendGridEvents;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliveries;

/// <summary>Delivery evidence that came in and is not merged yet, by customer; named by content, so that a repeat is the same row.</summary>
public sealed class EvidenceInbox(IRowStore store)
{
    /// <summary>What waits, with the row that holds it.</summary>
    public sealed record Waiting(string Key, DeliveryEvent Event);

    /// <param name="events">All about touches of this customer.</param>
    public async ValueTask PutAsync(CustomerKey customer, IEnumerable<ReceivedEvent> events, DateTimeOffset now)
    {
        var writes = events
            .Select(e => new RowWrite(KeyOf(e.Event), Expectation.Any, ToBag(e, now)))
            .DistinctBy(w => w.Key, StringComparer.Ordinal);
        foreach (var part in writes.Chunk(RowLimits.CommitRows))
        {
            await store.WriteAnyAsync(PartitionOf(customer), part);
        }
    }

    public async ValueTask<IReadOnlyList<Waiting>> ReadAsync(CustomerKey customer)
    {
        var waiting = new List<Waiting>();
        await foreach (var row in store.ReadAllAsync(PartitionOf(customer), RowRange.All))
        {
            var touch = new TouchRef(customer, new TouchId(row.Key[..row.Key.IndexOf('|', StringComparison.Ordinal)]));
            waiting.Add(new Waiting(row.Key, DeliveryEventRows.Read(touch, row.Properties)));
        }

        return waiting;
    }

    public async ValueTask RemoveAsync(CustomerKey customer, IEnumerable<Waiting> merged)
    {
        foreach (var part in merged.Select(m => new RowWrite(m.Key, Expectation.Any, null)).Chunk(RowLimits.CommitRows))
        {
            await store.WriteAnyAsync(PartitionOf(customer), part);
        }
    }

    private static PartitionId PartitionOf(CustomerKey customer) => new(StoreTable.Inbox, $"evidence|{customer}");

    private static string KeyOf(DeliveryEvent e) => $"{e.Touch.Touch}|{DeliveryEventRows.HashOf(e)}";

    private static PropertyBag ToBag(ReceivedEvent e, DateTimeOffset now) => DeliveryEventRows.ToBag(e.Event, now).Set("raw", e.Raw);
}
