using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Segments;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reviews;

/// <summary>Plans the reviews that a launched campaign needs for one customer who was on file before; done twice it plans the same.</summary>
internal sealed class PlanLaunch(IRowStore store, BusinessSettings settings, BusinessCalendar calendar)
{
    /// <summary>How long after a launch the first refit is waited for.</summary>
    private const int RefitWithinDays = 14;

    private readonly AudienceCache _audiences = new();
    private readonly DueIndex _due = new(store);
    private readonly ReplenishReviews _replenish = new(store, calendar);

    public ValueTask RunAsync(LiveCampaign live, CustomerKey key, Refit? refit, DateTimeOffset now) =>
        live.Version.Campaign.Trigger switch
        {
            CampaignTrigger.DaysAfterOrder after => PlanOrdersAsync(key, after.Days, calendar.DayOf(now)),
            CampaignTrigger.Replenish before => PlanReplenishAsync(key, before.DaysBefore, calendar.DayOf(now)),
            CampaignTrigger.StageEntered entered when live.Version.Campaign.KeepsBacklog => PlanBacklogAsync(
                live,
                entered.Stage,
                key,
                refit,
                now
            ),
            _ => ValueTask.CompletedTask,
        };

    /// <summary>
    /// An audience that asks for tiers wants nobody before a refit told them: its backlog is looked at again the next day, so that who
    /// launches before the first refit is not left with an empty line.
    /// </summary>
    public bool LooksAgain(LiveCampaign live, Refit? refit, DateOnly today) =>
        refit?.Tiers is null
        && live is { Version.Campaign.KeepsBacklog: true, Head: { Status: not CampaignStatus.Stopped, LaunchedAt: { } launched } }
        && today < calendar.DayOf(launched).AddDays(RefitWithinDays)
        && _audiences.Of(live.Version).AsksForValue;

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

    /// <summary>In line first, then the customer's ledger: a crash leaves a position that says no more than the truth.</summary>
    private async ValueTask PlanBacklogAsync(LiveCampaign live, LapseStage stage, CustomerKey key, Refit? refit, DateTimeOffset now) =>
        _ = await ContendedCommit.UntilAppliedAsync<object>(async () =>
        {
            var (partition, today) = (await CustomerPartition.LoadAsync(store, key), calendar.DayOf(now));
            var begun = live.Head.StartOn < today ? live.Head.StartOn : today;
            if (partition.Standing() is not { } standing || standing.Stage != stage || standing.EnteredOn >= begun || IsGone(partition))
            {
                return partition;
            }

            var crossed = Occasion.StageEntered(stage, partition.Summary().LastDay, standing.EnteredOn);
            var facts = AudienceView.Of(partition, stage, refit, now, today, settings.Currency);
            if (JoinBacklog.Of(partition, live, _audiences.Of(live.Version), crossed, facts, now) is not { } waiting)
            {
                return partition;
            }

            await new WaitingLine(store, live.Head.Key).AddAsync(waiting);
            return await partition.CommitAsync() is CommitResult.Applied ? partition : null;
        });

    private static bool IsGone(CustomerPartition partition) => partition.IsErased || CustomerForward.Of(partition) is not null;
}
