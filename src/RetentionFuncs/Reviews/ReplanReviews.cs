using System.Globalization;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Runs;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reviews;

/// <summary>
/// The full pass after the lapse rule changed, or when a folder is first looked at as of a day in its past: solves every customer's next
/// crossing anew and puts it into the due index. Recorded stages stay (design S8); rows of the old plan become spare ones.
/// </summary>
public sealed class ReplanReviews(IRowStore store, BusinessCalendar calendar, LapseRule rule, TimeProvider clock) : IShardStep
{
    private static readonly PartitionId Partition = new(StoreTable.Control, "lapse-rule");

    private const int Width = 128;

    private sealed record Done;

    private readonly DueIndex _due = new(store);
    private readonly CustomerIndex _index = new(store);

    /// <summary>Whether the rule differs from the one the reviews on file were planned with; a new installation notes the one it has.</summary>
    public async ValueTask<bool> IsWantedAsync()
    {
        if (await store.ReadRowAsync(Partition, "planned") is { } row)
        {
            return row.Properties.Text("rule") != Name(rule);
        }

        await NoteRuleAsync();
        return false;
    }

    private ValueTask NoteRuleAsync() => store.PutAnyAsync(Partition, "planned", new PropertyBag().Set("rule", Name(rule)));

    /// <returns>How many customers have a review ahead.</returns>
    public async ValueTask<int> RunAsync(IProgress<int>? progress = null, CancellationToken cancel = default) =>
        (int)(await this.RunAsync(clock.GetUtcNow(), progress, cancel))["Ahead"];

    public ValueTask<bool> RunAsync(ShardTurn turn) =>
        turn.ForEachAsync(
            _index.ReadAsync(turn.Shard, turn.After),
            key => key.Value,
            async key => turn.Tally.Count("Ahead", await PlanAsync(key, calendar.DayOf(turn.RunAt)) ? 1 : 0),
            Width
        );

    public ValueTask CloseAsync(FinishedRun run) => NoteRuleAsync();

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
            var summary = partition.Summary();
            var next = StageSchedule.AfterOrders(summary, standing, summary, rule)!;
            ahead = next.NextReviewOn is not null;
            if (next.NextReviewOn is { } day)
            {
                await _due.AddAsync(new DueRow(day > today ? day : today, DueKind.Stage, key, ""));
            }

            if (next != standing)
            {
                partition.PutSummary(summary, next);
            }

            return await partition.CommitAsync() is CommitResult.Applied ? new Done() : null;
        });
        return ahead;
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

    private static string Name(LapseRule rule) =>
        rule switch
        {
            LapseRule.FixedDays f => string.Create(
                CultureInfo.InvariantCulture,
                $"fixed-days {f.Bands.Cooling} {f.Bands.Lapsing} {f.Bands.Lapsed} {f.Bands.Lost}"
            ),
            LapseRule.OwnRhythm o => string.Create(
                CultureInfo.InvariantCulture,
                $"own-rhythm {o.Cooling} {o.Lapsing} {o.Lapsed} {o.Lost} x {o.PopulationGapDays:0.#}"
            ),
            _ => rule.ToString()!,
        };
}
