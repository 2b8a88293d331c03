using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Reviews;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Orders;

/// <summary>Takes orders off file that were never this customer's, and folds the purchases anew without them. Idempotent.</summary>
public sealed class RemoveOrders(IRowStore store, BusinessCalendar calendar, string currency, ScoringBook scoring)
{
    private readonly DueIndex _due = new(store);

    /// <param name="ids">External ids, at most 90.</param>
    /// <param name="now">The moment of recording.</param>
    public async ValueTask RunAsync(CustomerKey key, IReadOnlyList<string> ids, DateTimeOffset now) =>
        await ContendedCommit.UntilAppliedAsync(() => TryAsync(key, ids.ToHashSet(StringComparer.Ordinal), now));

    private async ValueTask<CustomerPartition?> TryAsync(CustomerKey key, HashSet<string> ids, DateTimeOffset now)
    {
        var partition = await CustomerPartition.LoadAsync(store, key);
        var (left, gone) = (new List<Order>(), new List<Order>());
        await foreach (var order in RecordOrders.ReadAllAsync(store, key))
        {
            (ids.Contains(order.ExternalId) ? gone : left).Add(order);
        }

        if (gone.Count == 0)
        {
            return partition;
        }

        var (before, standing) = (partition.Summary(), partition.Standing());
        var after = PurchaseFold.Of(left, calendar, currency) with { Market = before.Market };
        var next = StageSchedule.AfterOrders(before, standing, after, await scoring.RuleAsync());
        if (next?.NextReviewOn is { } crossing)
        {
            var today = calendar.DayOf(now);
            await _due.BeginAsync(today);
            await _due.AddAsync(new DueRow(crossing > today ? crossing : today, DueKind.Stage, key, ""));
        }

        foreach (var order in gone)
        {
            partition.DropFact(OrderRows.RowKey(order.ExternalId));
        }

        partition.PutSummary(after, next);
        return await partition.CommitAsync() is CommitResult.Applied ? partition : null;
    }
}
