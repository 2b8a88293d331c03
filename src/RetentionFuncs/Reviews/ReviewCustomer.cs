using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Orders;
using RetentionFuncs.Queues;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Segments;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;
using RetentionFuncs.Telemetry;

namespace RetentionFuncs.Reviews;

/// <summary>What one review did.</summary>
/// <param name="Entered">The stage entered, or null.</param>
/// <param name="Planned">Messages planned.</param>
public sealed record ReviewOutcome(LapseStage? Entered, int Planned)
{
    /// <summary>Of a turn in a backlog.</summary>
    internal BacklogTurn Turn { get; init; } = BacklogTurn.Out;
}

/// <summary>
/// Looks at one customer because something falls due: records a later stage, finds the occasions, moves the journeys that are due and
/// lets campaigns decide, strongest first; all of it in one commit of the customer's partition.
/// </summary>
public sealed class ReviewCustomer(
    IRowStore store,
    IWorkQueue queue,
    InstanceSecret secret,
    BusinessSettings settings,
    BusinessCalendar calendar,
    CampaignBook book,
    CampaignBudget budget,
    ScoringBook scoring
)
{
    private const int PartAt = 40;

    private readonly FindOccasions _occasions = new(store, book, calendar, scoring);
    private readonly ReviewSurroundings _surroundings = new(store, secret, settings, calendar, book, budget);
    private readonly AudienceCache _audiences = new();

    /// <param name="rows">This customer's due rows, verified here against what is on file; the caller removes them afterwards.</param>
    /// <param name="dates">Calendar dates of campaigns that fall on everyone.</param>
    public ValueTask<ReviewOutcome> RunAsync(
        CustomerKey key,
        IReadOnlyList<DueRow> rows,
        IReadOnlyList<Occasion> dates,
        Refit? refit,
        DateTimeOffset now
    ) => RunAsync(key, rows, dates, refit, now, null);

    /// <summary>A customer's turn in a campaign's backlog has come; taken twice it comes to the same.</summary>
    internal ValueTask<ReviewOutcome> TakeTurnAsync(string campaign, WaitingCustomer who, Refit? refit, DateTimeOffset now) =>
        RunAsync(who.Customer, [], [], refit, now, new TurnOf(campaign, who.Occasion));

    private async ValueTask<ReviewOutcome> RunAsync(
        CustomerKey key,
        IReadOnlyList<DueRow> rows,
        IReadOnlyList<Occasion> dates,
        Refit? refit,
        DateTimeOffset now,
        TurnOf? turn
    )
    {
        var spent = new HashSet<string>(StringComparer.Ordinal);
        using var span = ProductTrace.Review(key);
        var outcome = await ContendedCommit.UntilAppliedAsync(() => TryAsync(key, rows, dates, refit, now, spent, turn));
        ProductMeter.CustomersReviewed.Add(1);
        return outcome;
    }

    private async ValueTask<ReviewOutcome?> TryAsync(
        CustomerKey key,
        IReadOnlyList<DueRow> rows,
        IReadOnlyList<Occasion> dates,
        Refit? refit,
        DateTimeOffset now,
        HashSet<string> spent,
        TurnOf? turn
    )
    {
        var partition = await CustomerPartition.LoadAsync(store, key);
        if (partition.IsErased || partition.Profile() is not { } customer || CustomerForward.Of(partition) is not null)
        {
            return new ReviewOutcome(null, 0);
        }

        var effects = new ReviewEffects();
        var today = calendar.DayOf(now);
        var found = await _occasions.RunAsync(partition, rows, today, effects, refit, now, turn);
        var summary = partition.Summary();
        var tierNow = (found.Tier?.Standing ?? partition.Tier())?.Tier;
        var facts = AudienceView.Of(
            customer,
            partition.Contacts(),
            summary,
            found.Standing?.Stage,
            today,
            settings.Currency,
            refit?.CutPoints,
            () => CustomerSignals.Of(partition, summary, found.Standing?.Stage, now, today, refit, settings.Currency),
            () => ValueFacts.Of(partition, summary, refit, now, today, tierNow)
        );
        foreach (var (live, crossed) in found.Backlog)
        {
            if (JoinBacklog.Of(partition, live, _audiences.Of(live.Version), crossed, facts, now) is { } waiting)
            {
                effects.Backlog.Add((live.Head.Key, waiting));
            }
        }

        if (found.Tier is { Move: { } move } moved)
        {
            // Should the work be cut off between its parts, the move keeps the day that names its occasion.
            partition.PutTier(moved.Standing with { Unanswered = move });
        }

        var around = await _surroundings.OfAsync(partition, facts, now, spent);
        var due = rows.Where(r => r.Kind == DueKind.Journey).Select(r => r.Reference).ToHashSet(StringComparer.Ordinal);
        if (!await RunJourneysAsync(partition, [.. found.Occasions, .. dates], due, around, effects, today, spent))
        {
            return null;
        }

        if (found.Standing is { } standing && standing != partition.Standing())
        {
            partition.PutSummary(partition.Summary(), standing);
        }

        if (found.Tier is { } tier)
        {
            KeepTier(partition, tier);
        }

        return await CommitAsync(partition, effects, spent, now)
            ? new ReviewOutcome(found.Entered, effects.PlannedSoFar)
            {
                Turn = turn is null ? BacklogTurn.Out : TurnIn(partition, turn, effects),
            }
            : null;
    }

    private static BacklogTurn TurnIn(CustomerPartition partition, TurnOf turn, ReviewEffects effects) =>
        JourneyEntry.Find(partition, turn.Campaign, turn.Occasion) is not null ? BacklogTurn.Entered
        : effects.TurnedAway is CampaignDecision.Hold ? BacklogTurn.Waits
        : BacklogTurn.Out;

    /// <summary>An order that comes meanwhile asks for another look, which this one must not take away: so it speaks of the summary it read or not at all.</summary>
    private static void KeepTier(CustomerPartition partition, TierReview tier)
    {
        var standing = tier.Standing with { Unanswered = null };
        if (tier.Move is not null || standing != partition.Tier())
        {
            partition.PutTier(standing);
        }

        partition.Hold(CustomerPartition.SummaryRow);
    }

    /// <summary>Index rows, the customer's commit, then copies and queue messages; false means: look again.</summary>
    private async ValueTask<bool> CommitAsync(CustomerPartition partition, ReviewEffects effects, HashSet<string> spent, DateTimeOffset now)
    {
        if (!await PayAsync(effects, spent))
        {
            return false;
        }

        await effects.BeforeAsync(store);
        switch (await partition.CommitAsync())
        {
            case CommitResult.Applied:
                await effects.AfterAsync(store, queue, settings.Cap, now);
                return true;
            case CommitResult.Conflict:
                await PutBackAsync(effects.Budgeted);
                return false;
            default:
                // It may have been applied: what was paid stays paid.
                return false;
        }
    }

    /// <summary>Each entry is whole in one commit; a customer with very many is committed in parts, far below the store's limit.</summary>
    private async ValueTask<bool> RunJourneysAsync(
        CustomerPartition partition,
        IReadOnlyList<Occasion> occasions,
        HashSet<string> due,
        JourneySurroundings around,
        ReviewEffects effects,
        DateOnly today,
        HashSet<string> spent
    )
    {
        var stronger = await _surroundings.StrongerUnderWayAsync(partition);
        foreach (var live in await book.AllAsync())
        {
            foreach (var entry in DueEntries.Of(partition, live, occasions, due, today))
            {
                var version = await book.VersionAsync(entry.Campaign, entry.Version);
                var blocker = stronger is { } s && s.Priority > live.Version.Campaign.Priority ? s.Key : null;
                var run = new JourneyRun(around, live, version, _audiences.Of(version), partition, effects, blocker);
                if (run.Advance(entry) && (stronger is null || live.Version.Campaign.Priority > stronger.Priority))
                {
                    stronger = live.Version.Campaign;
                }

                if (partition.ChangeCount > PartAt && !await CommitAsync(partition, effects, spent, around.Now))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Takes what the planned messages cost from the budgets, once; a budget that ran out meanwhile means deciding again.</summary>
    private async ValueTask<bool> PayAsync(ReviewEffects effects, HashSet<string> spent)
    {
        for (var i = 0; i < effects.Budgeted.Count; i++)
        {
            if (!await budget.TakeAsync(effects.Budgeted[i]))
            {
                spent.Add(effects.Budgeted[i].Key);
                await PutBackAsync(effects.Budgeted.Take(i));
                return false;
            }
        }

        return true;
    }

    private async ValueTask PutBackAsync(IEnumerable<Campaign> paid)
    {
        foreach (var campaign in paid)
        {
            await budget.PutBackAsync(campaign);
        }
    }
}
