using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Reasons;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Experiences;

/// <summary>Every answer to why a customer left, of the whole shop, under the customer's key: what the shop knows of its own reasons.</summary>
public sealed class ReasonAnswers(IRowStore store)
{
    private static readonly PartitionId Partition = new(StoreTable.Control, "reason-answers");

    /// <summary>The same event again writes the same row.</summary>
    public ValueTask PutAsync(CustomerKey customer, string eventId, ReasonKind reason, DateTimeOffset occurredAt) =>
        store.WriteAnyAsync(
            Partition,
            new RowWrite(
                $"{customer.Value}|{OrderKey.Of(eventId).Value}",
                Expectation.Any,
                new PropertyBag().Set("reason", reason).Set("occurredAt", occurredAt)
            )
        );

    /// <summary>An answer that is another customer's now.</summary>
    public ValueTask RemoveAsync(CustomerKey customer, string eventId) =>
        store.DeleteAnyAsync(Partition, $"{customer.Value}|{OrderKey.Of(eventId).Value}");

    /// <summary>How often each reason was answered; those never answered are not in it.</summary>
    public async ValueTask<IReadOnlyDictionary<ReasonKind, int>> CountAsync()
    {
        var counts = new SortedDictionary<ReasonKind, int>();
        await foreach (var row in store.ReadAllAsync(Partition, RowRange.All))
        {
            var reason = row.Properties.Choice<ReasonKind>("reason");
            counts[reason] = counts.GetValueOrDefault(reason) + 1;
        }

        return counts;
    }
}
