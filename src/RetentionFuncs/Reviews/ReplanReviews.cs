using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Runs;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reviews;

/// <summary>
/// The full pass after the lapse rule changed, or when a folder is first looked at as of a day in its past: solves every customer's next
/// crossing anew and puts it into the due index. Recorded stages stay (design S8); rows of the old plan become spare ones.
/// </summary>
public sealed class ReplanReviews(IRowStore store, BusinessCalendar calendar, string currency, ScoringBook scoring, TimeProvider clock)
    : IShardStep
{
    private static readonly PartitionId Partition = new(StoreTable.Control, "lapse-rule");

    private const int Width = 128;

    private sealed record Done;

    private readonly DueIndex _due = new(store);
    private readonly CustomerIndex _index = new(store);

    /// <summary>
    /// Whether the rule, or the refit it rests on, differs from what the reviews on file were planned with. A new installation notes the
    /// rule it has, unless a refit came first: then the reviews of the first import were planned without it.
    /// </summary>
    public async ValueTask<bool> IsWantedAsync()
    {
        if (await store.ReadRowAsync(Partition, "planned") is { } row)
        {
            return row.Properties.Text("rule") != await PlannedWithAsync();
        }

        if ((await scoring.NewestAsync())?.Model is not null)
        {
            return true;
        }

        await NoteRuleAsync();
        return false;
    }

    /// <summary>The rule as it holds now, and the refit whose numbers tiers rest on.</summary>
    private async ValueTask<string> PlannedWithAsync()
    {
        var rule = (await scoring.RuleAsync()).Name;
        return (await scoring.NewestAsync())?.Model is { } model ? $"{rule}; refit {model.Version}" : rule;
    }

    private async ValueTask NoteRuleAsync() =>
        await store.PutAnyAsync(Partition, "planned", new PropertyBag().Set("rule", await PlannedWithAsync()));

    /// <returns>How many customers have a review ahead.</returns>
    public async ValueTask<int> RunAsync(IProgress<int>? progress = null, CancellationToken cancel = default) =>
        (int)(await this.RunAsync(clock.GetUtcNow(), progress, cancel))["Ahead"];

    public ValueTask<bool> RunAsync(ShardTurn turn)
    {
        // Another program may have refitted a moment ago; what is planned with an older fit would stay so for a week.
        scoring.Forget();
        return turn.ForEachAsync(
            _index.ReadAsync(turn.Shard, turn.After),
            key => key.Value,
            async key => turn.Tally.Count("Ahead", await PlanAsync(key, calendar.DayOf(turn.RunAt)) ? 1 : 0),
            Width
        );
    }

    /// <summary>Notes what it planned with, unless a refit came in between: then it is wanted again.</summary>
    public async ValueTask CloseAsync(FinishedRun run)
    {
        if (!((await scoring.NewestAsync())?.At > run.StartedAt))
        {
            await NoteRuleAsync();
        }
    }

    private async ValueTask<bool> PlanAsync(CustomerKey key, DateOnly today)
    {
        var ahead = false;
        await ContendedCommit.UntilAppliedAsync(async () =>
        {
            var partition = await CustomerPartition.LoadAsync(store, key);
            if (partition.Standing() is not { } standing)
            {
                return new Done();
            }

            await PlanBirthdaysAsync(partition);
            var known = partition.Summary();
            var summary = await WholeAsync(partition, known);
            var next = StageSchedule.AfterOrders(summary, standing, summary, await scoring.RuleAsync())!;
            ahead = next.NextReviewOn is not null;
            if (next.NextReviewOn is { } day)
            {
                await _due.AddAsync(new DueRow(day > today ? day : today, DueKind.Stage, key, ""));
            }

            await PlanTierAsync(partition, summary, today);
            if (next != standing || summary != known)
            {
                partition.PutSummary(summary, next);
            }

            return await partition.CommitAsync() is CommitResult.Applied ? new Done() : null;
        });
        return ahead;
    }

    /// <summary>A first tier, and what no campaign answers, is recorded at once; a move waits for its review.</summary>
    private async ValueTask PlanTierAsync(CustomerPartition partition, PurchaseSummary summary, DateOnly today)
    {
        if (AskTier.Of(partition, summary, await scoring.NewestAsync(), clock.GetUtcNow(), today) is not { } tier)
        {
            return;
        }

        if (tier.Move is not null)
        {
            await _due.AddAsync(new DueRow(today, DueKind.Value, partition.Key, ""));
        }
        else if (tier.Standing != partition.Tier())
        {
            partition.PutTier(tier.Standing);
        }
    }

    /// <summary>The summary with what an older program did not keep, folded anew from the orders, and with the market of today.</summary>
    private async ValueTask<PurchaseSummary> WholeAsync(CustomerPartition partition, PurchaseSummary known)
    {
        var market = partition.Contacts().Primary()?.Country ?? known.Market;
        if (known.Traits is not null || !known.HasPurchases)
        {
            return known.Market == market ? known : known with { Market = market };
        }

        var orders = new List<Order>();
        await foreach (var order in RecordOrders.ReadAllAsync(store, partition.Key))
        {
            orders.Add(order);
        }

        return PurchaseFold.Of(orders, calendar, currency) with
        {
            Market = market,
        };
    }

    private async ValueTask PlanBirthdaysAsync(CustomerPartition partition)
    {
        foreach (var contact in partition.Contacts())
        {
            if (contact.Birthday is { } birthday)
            {
                await _due.AddAsync(Birthdays.NextRow(partition.Key, contact, birthday, calendar, clock.GetUtcNow()));
            }
        }
    }
}
