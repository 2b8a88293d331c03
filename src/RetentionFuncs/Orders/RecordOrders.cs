using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Reviews;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Orders;

/// <param name="Added">Orders not on file before.</param>
/// <param name="Replaced">Orders whose newer version took the place of an older one.</param>
/// <param name="Unchanged">External ids of orders that were on file exactly so, or as the shop told them later.</param>
public sealed record RecordedOrders(int Added, int Replaced, IReadOnlyList<string> Unchanged, bool NewCustomer);

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
    private readonly DueIndex _due = new(store);
    private readonly CustomerIndex _index = new(store);

    /// <param name="orders">All of one customer, each external id once.</param>
    /// <param name="now">The moment of recording.</param>
    public async ValueTask<RecordedOrders> RunAsync(string customerId, IReadOnlyList<Order> orders, DateTimeOffset now)
    {
        var total = new RecordedOrders(0, 0, [], false);
        foreach (var part in orders.Chunk(PerCommit))
        {
            var done = await ContendedCommit.UntilAppliedAsync(() => TryAsync(customerId, part, now));
            total = new(
                total.Added + done.Added,
                total.Replaced + done.Replaced,
                [.. total.Unchanged, .. done.Unchanged],
                total.NewCustomer || done.NewCustomer
            );
        }

        return total;
    }

    private async ValueTask<RecordedOrders?> TryAsync(string customerId, Order[] orders, DateTimeOffset now)
    {
        var key = secret.CustomerKeyOf(customerId);
        var partition = await CustomerPartition.LoadAsync(store, key);
        var isNew = partition.Profile() is null;
        var change = await CompareAsync(partition, orders);
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

    private sealed record Change(IReadOnlyList<Order> News, int Replaced);

    private readonly record struct OnFile(string Content, DateTimeOffset? ToldAt);

    private async ValueTask<Change> CompareAsync(CustomerPartition partition, Order[] orders)
    {
        // Without a summary there is no order on file, which spares a first import all these reads.
        if (partition.Find(CustomerPartition.SummaryRow) is null)
        {
            return new Change(orders, 0);
        }

        var known = await KnownAsync(partition.Key, orders);
        var news = new List<Order>();
        var replaced = 0;
        foreach (var order in orders)
        {
            if (!known.TryGetValue(OrderRows.RowKey(order.ExternalId), out var onFile))
            {
                news.Add(order);
            }
            else if (onFile.Content != OrderRows.ContentOf(order) && !(order.ToldAt < onFile.ToldAt))
            {
                news.Add(order with { ToldAt = order.ToldAt ?? onFile.ToldAt });
                replaced++;
            }
        }

        return new Change(news, replaced);
    }

    /// <summary>What is on file by row key: by point reads for a few orders, by one range for many.</summary>
    private async ValueTask<Dictionary<string, OnFile>> KnownAsync(CustomerKey key, Order[] orders)
    {
        var known = new Dictionary<string, OnFile>(StringComparer.Ordinal);
        var partition = CustomerPartition.IdOf(key);
        if (orders.Length > 3)
        {
            await foreach (var row in store.ReadAllAsync(partition, RowRange.Prefix(CustomerPartition.OrderPrefix)))
            {
                known[row.Key] = new OnFile(row.Properties.Text("content"), row.Properties.InstantOrNull("toldAt"));
            }

            return known;
        }

        foreach (var rowKey in orders.Select(o => OrderRows.RowKey(o.ExternalId)))
        {
            if (await store.ReadRowAsync(partition, rowKey) is { } row)
            {
                known[rowKey] = new OnFile(row.Properties.Text("content"), row.Properties.InstantOrNull("toldAt"));
            }
        }

        return known;
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

        foreach (
            var days in (await book.LiveAsync())
                .Select(c => c.Version.Campaign.Trigger)
                .OfType<CampaignTrigger.DaysAfterOrder>()
                .Select(t => t.Days)
                .Distinct()
        )
        {
            foreach (var row in OrderReviews.For(key, news, days, calendar, today))
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

        foreach (var order in news)
        {
            partition.PutFact(OrderRows.RowKey(order.ExternalId), OrderRows.ToBag(order));
        }

        partition.PutSummary(summary, standing);
    }
}
