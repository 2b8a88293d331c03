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
/// <param name="Backlog">Crossings too early to be news, with the campaign that keeps a backlog for them.</param>
internal sealed record FoundOccasions(
    IReadOnlyList<Occasion> Occasions,
    LapseStage? Entered,
    StageStanding? Standing,
    TierReview? Tier,
    IReadOnlyList<SlippedEarlier> Backlog
);

internal sealed record SlippedEarlier(LiveCampaign Live, Occasion Crossed);

/// <summary>A turn in a campaign's backlog, for a silence that began with <paramref name="Occasion"/>.</summary>
internal sealed record TurnOf(string Campaign, string Occasion);

/// <summary>
/// Verifies a customer's due rows against what is on file and says what happened: a stage entered, a birthday, days after an order, goods nearly used up, a
/// turn in a backlog, a value tier moved, marketing mail asked for. Plans the next review; spare rows come to nothing. The stage is left to be written last: what was cut off before
/// finds the same occasions again.
/// </summary>
internal sealed class FindOccasions(IRowStore store, CampaignBook book, BusinessCalendar calendar, ScoringBook scoring)
{
    private readonly ReplenishReviews _replenish = new(store, calendar);

    /// <param name="turn">Set when a turn in a campaign's backlog has come.</param>
    public async ValueTask<FoundOccasions> RunAsync(
        CustomerPartition partition,
        IReadOnlyList<DueRow> rows,
        DateOnly today,
        ReviewEffects effects,
        Refit? refit,
        DateTimeOffset now,
        TurnOf? turn = null
    )
    {
        var found = new List<Occasion>();
        var backlog = new List<SlippedEarlier>();
        var standing = ReviewStanding(partition, rows, today, await scoring.RuleAsync(), effects);
        var entered = EnteredBy(partition, standing);
        if (entered is { } stage)
        {
            backlog.AddRange(await SlippedAsync(stage, today));
            found.Add(stage with { Except = [.. backlog.Select(s => s.Live.Head.Key)] });
        }

        if (turn is not null && await TurnOccasionAsync(partition, turn, today, now) is { } come)
        {
            found.Add(come);
        }

        foreach (var row in rows)
        {
            if (await OccasionOfAsync(partition, row, effects, today, now) is { } occasion)
            {
                found.Add(occasion);
            }

            if (row.Kind == DueKind.Backlog && await PlannedBeforeAsync(partition, row) is { } slipped)
            {
                backlog.Add(slipped);
            }
        }

        var tier = rows.Any(r => r.Kind == DueKind.Value) ? AskTier.Of(partition, refit, now, today) : null;
        if (tier?.Move is { } move)
        {
            found.Add(Occasion.TierMoved(move));
        }

        return new FoundOccasions(found, entered is null ? null : standing!.Stage, standing, tier, backlog);
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

    /// <summary>The campaigns whose backlog a crossing belongs to because it is too old to be news.</summary>
    private async ValueTask<IEnumerable<SlippedEarlier>> SlippedAsync(Occasion crossed, DateOnly today) =>
        (await book.LiveAsync())
            .Where(live => live.Version.Campaign.KeepsBacklog && crossed.IsFor(live.Version.Campaign))
            .Where(live => crossed.Day < (live.Head.StartOn ?? today) || crossed.Day < today.AddDays(-OrderReviews.LateDays))
            .Select(live => new SlippedEarlier(live, crossed));

    /// <summary>Nothing when the silence it was about has ended.</summary>
    private async ValueTask<Occasion?> TurnOccasionAsync(CustomerPartition partition, TurnOf turn, DateOnly today, DateTimeOffset now)
    {
        if (partition.Standing() is { } standing && Occasion.NameOf(partition.Summary().LastDay) == turn.Occasion)
        {
            return new Occasion(new CampaignTrigger.StageEntered(standing.Stage), turn.Occasion, today, null, true, turn.Campaign);
        }

        if (await book.FindAsync(turn.Campaign) is { Version: var version })
        {
            DecisionLedger.Record(
                partition,
                new LedgerLine(
                    turn.Campaign,
                    turn.Occasion,
                    version.Campaign.Steps[0].Id,
                    now,
                    "Skip",
                    Gate.Live,
                    GateReason.OrderedMeanwhile,
                    null,
                    null,
                    null,
                    version.Hash
                )
            );
        }

        return null;
    }

    private async ValueTask<SlippedEarlier?> PlannedBeforeAsync(CustomerPartition partition, DueRow row)
    {
        var parts = row.Reference.Split('|');
        return
            partition.Standing() is { } standing
            && Occasion.NameOf(partition.Summary().LastDay) == parts[1]
            && await book.FindAsync(parts[0]) is { Version.Campaign.KeepsBacklog: true } live
            ? new SlippedEarlier(live, Occasion.StageEntered(standing.Stage, partition.Summary().LastDay, standing.EnteredOn))
            : null;
    }

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
}
