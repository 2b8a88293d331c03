using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reviews;

/// <param name="Entered">The stage entered, or null.</param>
/// <param name="Standing">As this review finds it; not on file yet.</param>
/// <param name="Tier">Likewise; null when no tier was asked for.</param>
internal sealed record FoundOccasions(IReadOnlyList<Occasion> Occasions, LapseStage? Entered, StageStanding? Standing, TierReview? Tier);

/// <summary>
/// Verifies a customer's due rows against what is on file and says what happened: a stage entered, a birthday, days after an order, goods nearly used up, a
/// place in a backlog, a value tier moved, marketing mail asked for. Plans the next review; spare rows come to nothing. The stage is left to be written last: what was cut off before
/// finds the same occasions again.
/// </summary>
internal sealed class FindOccasions(
    IRowStore store,
    CampaignBook book,
    CampaignBudget budget,
    BusinessCalendar calendar,
    ScoringBook scoring
)
{
    private readonly ReplenishReviews _replenish = new(store, calendar);

    public async ValueTask<FoundOccasions> RunAsync(
        CustomerPartition partition,
        IReadOnlyList<DueRow> rows,
        DateOnly today,
        ReviewEffects effects,
        Refit? refit,
        DateTimeOffset now
    )
    {
        var found = new List<Occasion>();
        var standing = ReviewStanding(partition, rows, today, await scoring.RuleAsync(), effects);
        var entered = EnteredBy(partition, standing);
        if (entered is { } stage)
        {
            var waiting = await QueueBacklogAsync(partition, stage, today, effects, now);
            found.Add(stage with { Except = waiting });
        }

        foreach (var row in rows)
        {
            if (await OccasionOfAsync(partition, row, effects, today, now) is { } occasion)
            {
                found.Add(occasion);
            }
        }

        var tier = rows.Any(r => r.Kind == DueKind.Value) ? AskTier.Of(partition, refit, now, today) : null;
        if (tier?.Move is { } move)
        {
            found.Add(Occasion.TierMoved(move));
        }

        return new FoundOccasions(found, entered is null ? null : standing!.Stage, standing, tier);
    }

    private static StageStanding? ReviewStanding(
        CustomerPartition partition,
        IReadOnlyList<DueRow> rows,
        DateOnly today,
        LapseRule rule,
        ReviewEffects effects
    )
    {
        if (!rows.Any(r => r.Kind == DueKind.Stage) || partition.Standing() is not { } standing)
        {
            return partition.Standing();
        }

        var reviewed = StageSchedule.Review(partition.Summary(), standing, rule, today);
        if (reviewed.NextReviewOn is { } next)
        {
            effects.Due.Add(new DueRow(next > today ? next : today.AddDays(1), DueKind.Stage, partition.Key, ""));
        }

        return reviewed;
    }

    private static Occasion? EnteredBy(CustomerPartition partition, StageStanding? reviewed) =>
        reviewed is not null && partition.Standing() is { } before && reviewed.Stage.IsLaterThan(before.Stage)
            ? Occasion.StageEntered(reviewed.Stage, partition.Summary().LastDay, reviewed.EnteredOn)
            : null;

    /// <summary>A crossing too old to be news waits for its place in the backlog of campaigns that keep one.</summary>
    /// <returns>The campaigns it waits for.</returns>
    private async ValueTask<IReadOnlyList<string>> QueueBacklogAsync(
        CustomerPartition partition,
        Occasion crossed,
        DateOnly today,
        ReviewEffects effects,
        DateTimeOffset now
    )
    {
        var waiting = new List<string>();
        foreach (var live in (await book.LiveAsync()).Where(c => crossed.IsFor(c.Version.Campaign) && c.Version.Campaign.BacklogPerDay > 0))
        {
            var start = live.Head.StartOn ?? today;
            if (crossed.Day < start || crossed.Day < today.AddDays(-OrderReviews.LateDays))
            {
                var day = await budget.BacklogDayAsync(live.Version.Campaign, today.AddDays(1));
                effects.Due.Add(new DueRow(day, DueKind.Backlog, partition.Key, $"{live.Head.Key}|{crossed.Name}"));
                DecisionLedger.Record(partition, BacklogLine(live, crossed, now, calendar.StartOf(day)));
                waiting.Add(live.Head.Key);
            }
        }

        return waiting;
    }

    private static LedgerLine BacklogLine(LiveCampaign live, Occasion crossed, DateTimeOffset now, DateTimeOffset until) =>
        new(
            live.Head.Key,
            crossed.Name,
            live.Version.Campaign.Steps[0].Id,
            now,
            "Hold",
            Gate.Live,
            GateReason.InBacklog,
            Occasion.NameOf(crossed.Day),
            null,
            until,
            live.Version.Hash
        );

    private async ValueTask<Occasion?> OccasionOfAsync(
        CustomerPartition partition,
        DueRow row,
        ReviewEffects effects,
        DateOnly today,
        DateTimeOffset now
    ) =>
        row.Kind switch
        {
            DueKind.Birthday => BirthdayOccasion(partition, row, effects),
            DueKind.Order => await OrderOccasionAsync(partition, row),
            DueKind.Replenish => await _replenish.OccasionAsync(partition.Key, row, effects, today, now),
            DueKind.Backlog => BacklogOccasion(partition, row),
            DueKind.Request => RequestOccasion(partition, row),
            _ => null,
        };

    private Occasion? BirthdayOccasion(CustomerPartition partition, DueRow row, ReviewEffects effects)
    {
        if (
            partition.ContactBy(new ContactKey(row.Reference)) is not { } contact
            || Occasion.LocalBirthday(partition.Key, contact, row.Day, calendar) is not { } local
        )
        {
            return null;
        }

        effects.Due.Add(Birthdays.RowFor(partition.Key, contact, contact.Birthday!.Value.In(local.Year + 1), calendar));
        return Occasion.BirthdayOf(contact, local, row.Day);
    }

    private async ValueTask<Occasion?> OrderOccasionAsync(CustomerPartition partition, DueRow row)
    {
        var parts = row.Reference.Split('|');
        var order = await store.ReadRowAsync(CustomerPartition.IdOf(partition.Key), CustomerPartition.OrderPrefix + parts[1]);
        return order is not null && OrderRows.Read(order.Properties).IsPurchase
            ? Occasion.AfterOrder(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), new OrderKey(parts[1]), row.Day)
            : null;
    }

    /// <summary>Nothing when the person has confirmed, or asked anew, since.</summary>
    private static Occasion? RequestOccasion(CustomerPartition partition, DueRow row)
    {
        var parts = row.Reference.Split('|');
        return partition.ContactBy(new ContactKey(parts[0])) is { Request: { ConfirmedAt: null } request } contact && request.Id == parts[1]
            ? Occasion.ConsentRequested(request.Id, contact, row.Day)
            : null;
    }

    private static Occasion? BacklogOccasion(CustomerPartition partition, DueRow row)
    {
        var parts = row.Reference.Split('|');
        return partition.Standing() is { } standing && Occasion.NameOf(partition.Summary().LastDay) == parts[1]
            ? new Occasion(new CampaignTrigger.StageEntered(standing.Stage), parts[1], row.Day, null, true, parts[0])
            : null;
    }
}
