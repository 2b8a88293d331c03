using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reviews;

/// <summary>Why a customer is looked at on a day.</summary>
public enum DueKind
{
    /// <summary>The silence crosses into a later stage. Reference: empty.</summary>
    Stage,

    /// <summary>Days after an order have passed. Reference: <c>days|OrderKey</c>.</summary>
    Order,

    /// <summary>A contact's birthday. Reference: the contact key.</summary>
    Birthday,

    /// <summary>The next step of a journey, or one that was held. Reference: <c>campaign|occasion</c>.</summary>
    Journey,

    /// <summary>Planned by earlier versions for a customer of a backlog; a review puts him in line. Reference: <c>campaign|occasion</c>.</summary>
    Backlog,

    /// <summary>A campaign's calendar date for a whole shard; stands under no customer. Reference: the campaign.</summary>
    Dates,

    /// <summary>A campaign was launched: reviews for a whole shard of customers who are on file already. Reference: the campaign.</summary>
    Launch,

    /// <summary>The value tier may have moved. Reference: empty.</summary>
    Value,

    /// <summary>A contact asked for marketing mail and has to be sent the confirmation. Reference: <c>contact|request</c>.</summary>
    Request,

    /// <summary>What was bought of a product is nearly used up. Reference: <c>days|OrderKey|key of the sku</c>.</summary>
    Replenish,
}

/// <summary>Which reviews a timer looks after; journeys need not wait for the nightly ones.</summary>
internal static class DueKinds
{
    public static IReadOnlySet<DueKind> Timed { get; } =
        new HashSet<DueKind>
        {
            DueKind.Stage,
            DueKind.Order,
            DueKind.Birthday,
            DueKind.Dates,
            DueKind.Launch,
            DueKind.Value,
            DueKind.Replenish,
        };

    public static IReadOnlySet<DueKind> Waiting { get; } = new HashSet<DueKind> { DueKind.Journey, DueKind.Backlog, DueKind.Request };

    public static IReadOnlySet<DueKind> All { get; } = Enum.GetValues<DueKind>().ToHashSet();
}

/// <summary>One review that falls due on a day of the business.</summary>
public sealed record DueRow(DateOnly Day, DueKind Kind, CustomerKey Customer, string Reference)
{
    private const string NoCustomer = "--------------------------";

    /// <summary>A row for a whole shard rather than a customer.</summary>
    public static DueRow ForShard(DateOnly day, DueKind kind, string shard, string reference) =>
        new(day, kind, new CustomerKey(NoCustomer), reference) { Shard = shard };

    public string Shard { get; private init; } = Customer.Value == NoCustomer ? "" : Shards.Of(Customer);

    public bool IsForShard => Customer.Value == NoCustomer;

    /// <summary>Sorted by customer, so that all of one customer's reviews of a day lie together.</summary>
    public string RowKey => $"{Customer.Value}|{Kind}|{Reference}";

    internal static DueRow Parse(DateOnly day, string shard, string rowKey)
    {
        var parts = rowKey.Split('|', 3);
        return new DueRow(day, Enum.Parse<DueKind>(parts[1]), new CustomerKey(parts[0]), parts[2]) { Shard = shard };
    }
}

/// <summary>
/// The index timers read: what falls due, by day and shard. A row is added before the customer row that speaks of it and removed
/// after, and is verified against it at the review; so a crash leaves a spare row and never a missing one (design S4).
/// </summary>
public sealed class DueIndex(IRowStore store)
{
    /// <summary>Where reading begins for reviews that come by the calendar.</summary>
    public const string CursorName = "due";

    /// <summary>Where reading begins for journeys that wait.</summary>
    public const string WaitingCursorName = "due-waiting";

    private readonly DayCursor _cursor = new(store, CursorName);
    private readonly DayCursor _waiting = new(store, WaitingCursorName);

    /// <summary>Called by who records facts, before the first row: reviews planned on that day are found however late the first tick comes.</summary>
    public async ValueTask BeginAsync(DateOnly today)
    {
        await _cursor.BeginAsync(today.AddDays(-1));
        await _waiting.BeginAsync(today.AddDays(-1));
    }

    public ValueTask AddAsync(DueRow row) => store.PutAnyAsync(PartitionOf(row.Day, row.Shard), row.RowKey, new PropertyBag());

    public ValueTask RemoveAsync(DueRow row) => store.DeleteAnyAsync(PartitionOf(row.Day, row.Shard), row.RowKey);

    /// <summary>Removes rows of one day and shard, 100 at a time.</summary>
    public async ValueTask RemoveAsync(IReadOnlyList<DueRow> rows)
    {
        foreach (var group in rows.GroupBy(r => PartitionOf(r.Day, r.Shard)))
        {
            foreach (var chunk in group.Chunk(100))
            {
                await store.WriteAnyAsync(group.Key, [.. chunk.Select(r => new RowWrite(r.RowKey, Expectation.Any, null))]);
            }
        }
    }

    /// <summary>The rows of one day and shard in key order from a row key (included) on, those of one customer together.</summary>
    public async IAsyncEnumerable<DueRow> ReadAsync(DateOnly day, string shard, string from = "")
    {
        await foreach (var row in store.ReadAllAsync(PartitionOf(day, shard), new RowRange(from, null)))
        {
            yield return DueRow.Parse(day, shard, row.Key);
        }
    }

    /// <summary>How many rows one page of a day and shard shows: 0 to 1,000.</summary>
    public async ValueTask<int> CountAtMostAsync(DateOnly day, string shard)
    {
        for (RowRange? next = RowRange.All; next is { } range; )
        {
            var page = await store.ReadAsync(PartitionOf(day, shard), range);
            if (page.Rows.Count > 0)
            {
                return page.Rows.Count;
            }

            next = page.Rest;
        }

        return 0;
    }

    private static PartitionId PartitionOf(DateOnly day, string shard) => new(StoreTable.Due, Shards.Key(day, shard));
}
