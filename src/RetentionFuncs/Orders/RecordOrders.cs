using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Reviews;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Storage;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Orders;

/// <param name="Added">Orders not on file before.</param>
/// <param name="Replaced">Orders whose newer version took the place of an older one.</param>
/// <param name="Unchanged">External ids of orders that were on file exactly so, or as the shop told them later.</param>
public sealed record RecordedOrders(int Added, int Replaced, IReadOnlyList<string> Unchanged, bool NewCustomer)
{
    /// <summary>Nothing was written: the customer was erased and stays so.</summary>
    public bool Erased { get; init; }
}

/// <summary>
/// Puts a customer's orders on file, keeps the purchase summary and solves the next review at once: the moment an order arrives
/// is the only moment its crossing days are computed. Idempotent by order id and content.
/// </summary>
public sealed class RecordOrders(
    IRowStore store,
    InstanceSecret secret,
    BusinessCalendar calendar,
    string currency,
    ScoringBook scoring,
    CampaignBook book
)
{
    private const int PerCommit = 90;

    /// <summary>With an undo in mind an order that replaces another takes two rows.</summary>
    private const int PerTracedCommit = 45;
    private readonly DueIndex _due = new(store);
    private readonly CustomerIndex _index = new(store);
    private readonly ReplenishReviews _replenish = new(store, calendar);

    /// <param name="orders">All of one customer, each external id once.</param>
    /// <param name="now">The moment of recording.</param>
    /// <param name="trail">The import that tells of them, so that it can be undone; null: nothing is kept.</param>
    public async ValueTask<RecordedOrders> RunAsync(
        string customerId,
        IReadOnlyList<Order> orders,
        DateTimeOffset now,
        UndoTrail? trail = null
    )
    {
        var total = new RecordedOrders(0, 0, [], false);
        foreach (var part in orders.Chunk(trail is null ? PerCommit : PerTracedCommit))
        {
            var done = await ContendedCommit.UntilAppliedAsync(() => TryAsync(customerId, part, now, trail));
            total = new(
                total.Added + done.Added,
                total.Replaced + done.Replaced,
                [.. total.Unchanged, .. done.Unchanged],
                total.NewCustomer || done.NewCustomer
            )
            {
                Erased = done.Erased,
            };
        }

        return total;
    }

    private async ValueTask<RecordedOrders?> TryAsync(string customerId, Order[] orders, DateTimeOffset now, UndoTrail? trail)
    {
        var partition = await CustomerForward.LoadAsync(store, secret.CustomerKeyOf(customerId));
        var key = partition.Key;
        if (partition.IsErased)
        {
            return new RecordedOrders(0, 0, [], false) { Erased = true };
        }

        var isNew = partition.Profile() is null;
        var change = await OrdersOnFile.CompareAsync(store, partition, orders);
        if (change.News.Count > 0)
        {
            var before = partition.Summary();
            var standing = partition.Standing();
            var after =
                change.Replaced == 0 ? PurchaseFold.Add(before, change.News, calendar, currency) : await RefoldAsync(key, change.News);
            var next = StageSchedule.AfterOrders(before, standing, after, await scoring.RuleAsync());
            await PlanReviewsAsync(key, isNew, standing, next, change.News, now);
            await PlanTierAsync(partition, after, now);
            Write(partition, customerId, isNew, change.News, after, next);
            Note(UndoNotes.For(trail), partition, isNew, change);
            if (await partition.CommitAsync() is not CommitResult.Applied)
            {
                return null;
            }

            await ForgetAsync(key, standing, next, calendar.DayOf(now));
        }

        return new RecordedOrders(
            change.News.Count - change.Replaced,
            change.Replaced,
            [.. orders.Select(o => o.ExternalId).Except(change.News.Select(o => o.ExternalId), StringComparer.Ordinal)],
            isNew
        );
    }

    private async ValueTask<PurchaseSummary> RefoldAsync(CustomerKey key, IReadOnlyList<Order> news)
    {
        var newIds = news.Select(o => o.ExternalId).ToHashSet(StringComparer.Ordinal);
        var all = new List<Order>(news);
        await foreach (var order in ReadAllAsync(store, key))
        {
            if (!newIds.Contains(order.ExternalId))
            {
                all.Add(order);
            }
        }

        return PurchaseFold.Of(all, calendar, currency);
    }

    /// <summary>Every order on file for one customer, in the order of their keys.</summary>
    public static async IAsyncEnumerable<Order> ReadAllAsync(IRowStore store, CustomerKey key)
    {
        await foreach (var row in store.ReadAllAsync(CustomerPartition.IdOf(key), RowRange.Prefix(CustomerPartition.OrderPrefix)))
        {
            yield return OrderRows.Read(row.Properties);
        }
    }

    private async ValueTask PlanReviewsAsync(
        CustomerKey key,
        bool isNew,
        StageStanding? standing,
        StageStanding? next,
        IReadOnlyList<Order> news,
        DateTimeOffset now
    )
    {
        var today = calendar.DayOf(now);
        await _due.BeginAsync(today);
        if (isNew)
        {
            await _index.AddAsync(key);
        }

        if (next?.NextReviewOn is { } crossing && (standing?.NextReviewOn != crossing || crossing <= today))
        {
            await _due.AddAsync(StageRow(key, crossing, today));
        }

        var triggers = (await book.LiveAsync()).Select(c => c.Version.Campaign.Trigger).ToList();
        foreach (var days in triggers.OfType<CampaignTrigger.DaysAfterOrder>().Select(t => t.Days).Distinct())
        {
            foreach (var row in OrderReviews.For(key, news, days, calendar, today))
            {
                await _due.AddAsync(row);
            }
        }

        foreach (var before in triggers.OfType<CampaignTrigger.Replenish>().Select(t => t.DaysBefore).Distinct())
        {
            await foreach (var row in _replenish.ForAsync(key, news, before, today, now))
            {
                await _due.AddAsync(row);
            }
        }
    }

    /// <summary>A customer on record with a tier, whom these orders move, is looked at today; others wait for the next refit.</summary>
    private async ValueTask PlanTierAsync(CustomerPartition partition, PurchaseSummary after, DateTimeOffset now)
    {
        var today = calendar.DayOf(now);
        if (partition.Tier() is not null && AskTier.Of(partition, after, await scoring.NewestAsync(), now, today)?.Move is not null)
        {
            await _due.AddAsync(new DueRow(today, DueKind.Value, partition.Key, ""));
        }
    }

    private async ValueTask ForgetAsync(CustomerKey key, StageStanding? standing, StageStanding? next, DateOnly today)
    {
        if (standing?.NextReviewOn is { } old && old > today && old != next?.NextReviewOn)
        {
            await _due.RemoveAsync(StageRow(key, old, today));
        }
    }

    private static void Note(UndoNotes? notes, CustomerPartition partition, bool isNew, OrderChange change)
    {
        if (notes is null)
        {
            return;
        }

        if (isNew)
        {
            notes.Note(partition, CustomerPartition.ProfileRow, null);
        }

        foreach (var row in change.News.Select(o => OrderRows.RowKey(o.ExternalId)))
        {
            notes.Note(partition, row, change.Before.GetValueOrDefault(row));
        }

        notes.PutTo(partition);
    }

    private static DueRow StageRow(CustomerKey key, DateOnly crossing, DateOnly today) =>
        new(crossing > today ? crossing : today, DueKind.Stage, key, "");

    private static void Write(
        CustomerPartition partition,
        string customerId,
        bool isNew,
        IReadOnlyList<Order> news,
        PurchaseSummary summary,
        StageStanding? standing
    )
    {
        if (isNew)
        {
            partition.PutProfile(new Customer(partition.Key, customerId, CustomerKind.Person, null));
        }
        else if (partition.Find(CustomerPartition.SummaryRow) is null)
        {
            // The first orders of somebody on file: without a row that they replace, only this notices an erasure under way.
            partition.Hold(CustomerPartition.ProfileRow);
        }

        foreach (var order in news)
        {
            partition.PutFact(OrderRows.RowKey(order.ExternalId), OrderRows.ToBag(order));
        }

        partition.PutSummary(summary, standing);
    }
}
