using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Reviews;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Undoing;

/// <summary>
/// Folds the purchase summary anew from the orders that stay, and plans the review that will find the customer's stage. The review
/// may find a later stage than before the import; a campaign does not greet the same silence twice, since its occasion is the same.
/// </summary>
internal sealed class UndoOrders(IRowStore store, BusinessCalendar calendar, string currency, ScoringBook scoring)
{
    private readonly DueIndex _due = new(store);

    public async ValueTask RefoldAsync(UndoPart part, DateTimeOffset now)
    {
        if (!part.Touches(CustomerPartition.OrderPrefix))
        {
            return;
        }

        var orders = new List<Order>();
        await foreach (var bag in part.FactsAsync(CustomerPartition.OrderPrefix))
        {
            orders.Add(OrderRows.Read(bag));
        }

        var partition = part.Partition;
        var (before, standing) = (partition.Summary(), partition.Standing());
        var after = PurchaseFold.Of(orders, calendar, currency) with { Market = before.Market };
        var isEarlier = before.HasPurchases && after.HasPurchases && after.LastDay < before.LastDay;
        var next = StageSchedule.AfterOrders(
            isEarlier ? PurchaseSummary.Empty : before,
            isEarlier ? null : standing,
            after,
            await scoring.RuleAsync()
        );
        part.Standing = (standing, next);
        await PlanAsync(partition, next, calendar.DayOf(now));
        if (orders.Count > 0)
        {
            partition.PutSummary(after, next);
        }
        else if (partition.Find(CustomerPartition.SummaryRow) is not null)
        {
            partition.Delete(CustomerPartition.SummaryRow);
        }
    }

    /// <summary>After the commit: the review that is not waited for any more.</summary>
    public async ValueTask ForgetAsync(UndoPart part, DateTimeOffset now)
    {
        var (before, after) = part.Standing;
        if (before?.NextReviewOn is { } old && old > calendar.DayOf(now) && old != after?.NextReviewOn)
        {
            await _due.RemoveAsync(new DueRow(old, DueKind.Stage, part.Partition.Key, ""));
        }
    }

    private async ValueTask PlanAsync(CustomerPartition partition, StageStanding? next, DateOnly today)
    {
        await _due.BeginAsync(today);
        if (next?.NextReviewOn is { } crossing)
        {
            await _due.AddAsync(new DueRow(crossing > today ? crossing : today, DueKind.Stage, partition.Key, ""));
        }

        if (partition.Find(CustomerPartition.ValueRow) is not null)
        {
            await _due.AddAsync(new DueRow(today, DueKind.Value, partition.Key, ""));
        }
    }
}
