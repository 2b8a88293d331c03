using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Orders;
using RetentionFuncs.Queues;
using RetentionFuncs.Scoring;
using RetentionFuncs.Segments;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reviews;

/// <summary>What one review did.</summary>
/// <param name="Entered">The stage entered, or null.</param>
/// <param name="Planned">Messages planned.</param>
public sealed record ReviewOutcome(LapseStage? Entered, int Planned);

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
    CampaignBook book
)
{
    private const int PartAt = 40;

    private readonly CampaignBudget _budget = new(store);
    private readonly Suppress _addresses = new(store);
    private readonly AudienceCache _audiences = new();

    /// <param name="rows">This customer's due rows, verified here against what is on file; the caller removes them afterwards.</param>
    /// <param name="dates">Calendar dates of campaigns that fall on everyone.</param>
    public async ValueTask<ReviewOutcome> RunAsync(
        CustomerKey key,
        IReadOnlyList<DueRow> rows,
        IReadOnlyList<Occasion> dates,
        RfmCutPoints? cutPoints,
        DateTimeOffset now
    )
    {
        var spent = new HashSet<string>(StringComparer.Ordinal);
        return await ContendedCommit.UntilAppliedAsync(() => TryAsync(key, rows, dates, cutPoints, now, spent));
    }

    private async ValueTask<ReviewOutcome?> TryAsync(
        CustomerKey key,
        IReadOnlyList<DueRow> rows,
        IReadOnlyList<Occasion> dates,
        RfmCutPoints? cutPoints,
        DateTimeOffset now,
        HashSet<string> spent
    )
    {
        var partition = await CustomerPartition.LoadAsync(store, key);
        if (partition.Profile() is not { } customer)
        {
            return new ReviewOutcome(null, 0);
        }

        var effects = new ReviewEffects();
        var today = calendar.DayOf(now);
        var (occasions, entered) = await OccasionsAsync(partition, rows, today, effects, now);
        var facts = AudienceView.Of(
            customer,
            partition.Contacts(),
            partition.Summary(),
            partition.Standing()?.Stage,
            today,
            settings.Currency,
            cutPoints
        );
        var around = await SurroundingsAsync(partition, facts, now, spent);
        var due = rows.Where(r => r.Kind == DueKind.Journey).Select(r => r.Reference).ToHashSet(StringComparer.Ordinal);
        return
            await RunJourneysAsync(partition, [.. occasions, .. dates], due, around, effects, today, spent)
            && await CommitAsync(partition, effects, spent, now)
            ? new ReviewOutcome(entered, effects.PlannedSoFar)
            : null;
    }

    /// <summary>Index rows, the customer's commit, then copies and queue messages; false means: look again.</summary>
    private async ValueTask<bool> CommitAsync(CustomerPartition partition, ReviewEffects effects, HashSet<string> spent, DateTimeOffset now)
    {
        if (!await PayAsync(effects, spent))
        {
            return false;
        }

        await effects.BeforeAsync(store);
        if (await partition.CommitAsync() is not CommitResult.Applied)
        {
            return false;
        }

        await effects.AfterAsync(store, queue, settings.Cap, now);
        return true;
    }

    private async ValueTask<(List<Occasion> Occasions, LapseStage? Entered)> OccasionsAsync(
        CustomerPartition partition,
        IReadOnlyList<DueRow> rows,
        DateOnly today,
        ReviewEffects effects,
        DateTimeOffset now
    )
    {
        var found = new List<Occasion>();
        var entered = ReviewStage(partition, rows, today, effects);
        if (entered is { } stage)
        {
            var waiting = await QueueBacklogAsync(partition, stage, today, effects, now);
            found.Add(stage with { Except = waiting });
        }

        foreach (var row in rows)
        {
            if (await OccasionOfAsync(partition, row, effects) is { } occasion)
            {
                found.Add(occasion);
            }
        }

        return (found, (entered?.Trigger as CampaignTrigger.StageEntered)?.Stage);
    }

    private Occasion? ReviewStage(CustomerPartition partition, IReadOnlyList<DueRow> rows, DateOnly today, ReviewEffects effects)
    {
        if (!rows.Any(r => r.Kind == DueKind.Stage) || partition.Standing() is not { } standing)
        {
            return null;
        }

        var summary = partition.Summary();
        var reviewed = StageSchedule.Review(summary, standing, settings.LapseRule, today);
        if (reviewed != standing)
        {
            partition.PutSummary(summary, reviewed);
        }

        if (reviewed.NextReviewOn is { } next)
        {
            effects.Due.Add(new DueRow(next > today ? next : today.AddDays(1), DueKind.Stage, partition.Key, ""));
        }

        return reviewed.Stage.IsLaterThan(standing.Stage)
            ? Occasion.StageEntered(reviewed.Stage, summary.LastDay, reviewed.EnteredOn)
            : null;
    }

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
                var day = await _budget.BacklogDayAsync(live.Version.Campaign, today.AddDays(1));
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

    private async ValueTask<Occasion?> OccasionOfAsync(CustomerPartition partition, DueRow row, ReviewEffects effects) =>
        row.Kind switch
        {
            DueKind.Birthday => BirthdayOccasion(partition, row, effects),
            DueKind.Order => await OrderOccasionAsync(partition, row),
            DueKind.Backlog => BacklogOccasion(partition, row),
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

    private static Occasion? BacklogOccasion(CustomerPartition partition, DueRow row)
    {
        var parts = row.Reference.Split('|');
        return partition.Standing() is { } standing && Occasion.NameOf(partition.Summary().LastDay) == parts[1]
            ? new Occasion(new CampaignTrigger.StageEntered(standing.Stage), parts[1], row.Day, null, true, parts[0])
            : null;
    }

    private async ValueTask<JourneySurroundings> SurroundingsAsync(
        CustomerPartition partition,
        AudienceFacts? facts,
        DateTimeOffset now,
        HashSet<string> spent
    )
    {
        var addresses = new Dictionary<AddressKey, AddressStanding>();
        foreach (var email in partition.Contacts().Select(c => c.Email).OfType<EmailAddress>())
        {
            var address = secret.AddressKeyOf(email);
            addresses[address] = await _addresses.ReadAsync(address);
        }

        var budgets = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var live in await book.LiveAsync())
        {
            budgets[live.Head.Key] = !spent.Contains(live.Head.Key) && await _budget.HasLeftAsync(live.Version.Campaign);
        }

        return new JourneySurroundings(settings, calendar, secret, now, await book.IsKilledAsync(), addresses, budgets, facts);
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
        var stronger = await StrongerUnderWayAsync(partition);
        foreach (var live in await book.AllAsync())
        {
            foreach (var entry in EntriesFor(partition, live, occasions, due, today))
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

    private static List<JourneyEntry> EntriesFor(
        CustomerPartition partition,
        LiveCampaign live,
        IReadOnlyList<Occasion> occasions,
        HashSet<string> due,
        DateOnly today
    )
    {
        var going = JourneyEntry
            .AllOf(partition)
            .Where(e => e.Campaign == live.Head.Key && due.Contains(e.Reference) && e.StepDueOn <= today)
            .Where(e => e.Status is EntryStatus.Held or EntryStatus.Active)
            .ToList();
        if (live.Head.Status is CampaignStatus.Live or CampaignStatus.Paused)
        {
            going.AddRange(
                occasions
                    .Where(o => o.IsFor(live.Version.Campaign) && JourneyEntry.Find(partition, live.Head.Key, o.Name) is null)
                    .Select(o => NewEntry(live, o, today))
            );
        }

        return going;
    }

    private static JourneyEntry NewEntry(LiveCampaign live, Occasion occasion, DateOnly today) =>
        new(
            live.Head.Key,
            occasion.Name,
            live.Version.Hash,
            EntryStatus.Held,
            null,
            occasion.Day,
            occasion.Admitted,
            null,
            0,
            occasion.Contact?.Value,
            live.Version.Campaign.Steps[0].Id,
            occasion.Admitted ? today
                : occasion.Day > today.AddDays(-1) ? occasion.Day
                : today,
            null
        );

    /// <summary>The strongest campaign that has a message of this customer under way.</summary>
    private async ValueTask<Campaign?> StrongerUnderWayAsync(CustomerPartition partition)
    {
        Campaign? strongest = null;
        foreach (
            var touch in Touchpoints
                .TouchpointRows.Touchpoints(partition)
                .Where(t => t.State is Touchpoints.TouchpointState.Planned or Touchpoints.TouchpointState.Sending)
        )
        {
            var campaign = (await book.VersionAsync(touch.Campaign, touch.Version)).Campaign;
            strongest = strongest is null || campaign.Priority > strongest.Priority ? campaign : strongest;
        }

        return strongest;
    }

    /// <summary>Takes what the planned messages cost from the budgets, once; a budget that ran out meanwhile means deciding again.</summary>
    private async ValueTask<bool> PayAsync(ReviewEffects effects, HashSet<string> spent)
    {
        foreach (var campaign in effects.Budgeted)
        {
            if (!await _budget.TakeAsync(campaign))
            {
                spent.Add(campaign.Key);
                return false;
            }
        }

        return true;
    }
}
