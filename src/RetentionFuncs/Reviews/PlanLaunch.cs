using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reviews;

/// <summary>Plans the reviews that a launched campaign needs for one customer who was on file before; done twice it plans the same.</summary>
internal sealed class PlanLaunch(IRowStore store, CampaignBudget budget, BusinessCalendar calendar)
{
    private readonly DueIndex _due = new(store);
    private readonly ReplenishReviews _replenish = new(store, calendar);

    public ValueTask RunAsync(Campaign campaign, CustomerKey key, DateOnly today) =>
        campaign.Trigger switch
        {
            CampaignTrigger.DaysAfterOrder after => PlanOrdersAsync(key, after.Days, today),
            CampaignTrigger.Replenish before => PlanReplenishAsync(key, before.DaysBefore, today),
            CampaignTrigger.StageEntered entered when campaign.BacklogPerDay > 0 => PlanBacklogAsync(campaign, entered.Stage, key, today),
            _ => ValueTask.CompletedTask,
        };

    private async ValueTask PlanOrdersAsync(CustomerKey key, int days, DateOnly today)
    {
        if (
            await SummaryScan.FindAsync(store, key) is not { HasPurchases: true } summary
            || summary.LastDay.AddDays(days + OrderReviews.LateDays) < today
        )
        {
            return;
        }

        var orders = new List<Order>();
        await foreach (var order in RecordOrders.ReadAllAsync(store, key))
        {
            orders.Add(order);
        }

        foreach (var due in OrderReviews.For(key, orders, days, calendar, today))
        {
            await _due.AddAsync(due);
        }
    }

    private async ValueTask PlanReplenishAsync(CustomerKey key, int daysBefore, DateOnly today)
    {
        var orders = new List<Order>();
        await foreach (var order in RecordOrders.ReadAllAsync(store, key))
        {
            orders.Add(order);
        }

        await foreach (var due in _replenish.ForAsync(key, ReplenishReviews.LastOfEach(orders), daysBefore, today, calendar.StartOf(today)))
        {
            await _due.AddAsync(due);
        }
    }

    private async ValueTask PlanBacklogAsync(Campaign campaign, LapseStage stage, CustomerKey key, DateOnly today)
    {
        var partition = await CustomerPartition.LoadAsync(store, key);
        if (partition.Standing() is { } standing && standing.Stage == stage && standing.EnteredOn < today)
        {
            var day = await budget.BacklogDayAsync(campaign, today);
            await _due.AddAsync(new DueRow(day, DueKind.Backlog, key, $"{campaign.Key}|{Occasion.NameOf(partition.Summary().LastDay)}"));
        }
    }
}
