using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Runs;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reviews;

/// <summary>Reviews what is due of some kinds in one shard; a due row goes only after its review is on file.</summary>
/// <param name="admit">Called when all shards are done; null when somebody else does it.</param>
/// <param name="cursors">Those of the kinds; both when a tick does all at once.</param>
internal sealed class ReviewShard(
    IRowStore store,
    ReviewCustomer review,
    PlanLaunch launch,
    AdmitBacklogs? admit,
    CampaignBudget budget,
    CampaignBook book,
    BusinessCalendar calendar,
    TimeProvider clock,
    RunOptions options,
    IReadOnlySet<DueKind> kinds,
    params string[] cursors
) : IShardStep
{
    private readonly DueIndex _due = new(store);
    private readonly DueWalk _walk = new(new DueIndex(store), new CustomerIndex(store), book, kinds);
    private readonly RefitRows _refits = new(store);
    private Beginning? _begun;

    /// <summary>What holds for a whole run, read once: the moment it speaks for names it.</summary>
    private sealed record Beginning(DateTimeOffset RunAt, DateOnly From, DateOnly Today, Refit? Refit);

    public async ValueTask<bool> RunAsync(ShardTurn turn)
    {
        var begun = await BeginAsync(turn.RunAt);
        turn.PageEnded = budget.GiveBackAsync;
        return await turn.ForEachAsync(
            _walk.ReadAsync(turn, begun.From, begun.Today),
            item => item.Position,
            item => ActAsync(item, begun.Refit, turn.Tally),
            alone: item => item is DueItem.AllDone
        );
    }

    public async ValueTask CloseAsync(FinishedRun run)
    {
        _begun = null;
        foreach (var name in cursors)
        {
            var cursor = new DayCursor(store, name);
            await cursor.StartAsync(calendar.DayOf(run.StartedAt));
            await cursor.MoveAsync(run.Tally.Oldest, calendar.DayOf(run.StartedAt));
        }

        if (admit is not null)
        {
            using var box = new TimeBox(clock, options);
            await admit.RunAsync(run.Tally, box.Look, box.Token);
        }
    }

    private async ValueTask<Beginning> BeginAsync(DateTimeOffset runAt)
    {
        if (_begun is { } known && known.RunAt == runAt)
        {
            return known;
        }

        var today = calendar.DayOf(runAt);
        var from = today;
        foreach (var name in cursors)
        {
            var start = await new DayCursor(store, name).StartAsync(today);
            from = start < from ? start : from;
        }

        return _begun = new Beginning(runAt, from, today, await _refits.NewestAsync());
    }

    private async ValueTask ActAsync(DueItem item, Refit? refit, RunTally tally)
    {
        try
        {
            await (
                item switch
                {
                    DueItem.OfCustomer of => ReviewAsync(of.Rows, refit, tally),
                    DueItem.OneOfAll { Row.Kind: DueKind.Launch } one => launch.RunAsync(one.Live, one.Customer, refit, clock.GetUtcNow()),
                    DueItem.OneOfAll one => AnswerDateAsync(one, refit, tally),
                    DueItem.AllDone done => EndAsync(done, refit),
                    _ => throw new InvalidOperationException("A walk has three items."),
                }
            );
        }
        catch
        {
            tally.Left(item.Day);
            throw;
        }
    }

    /// <summary>A launch of which nothing is left has its line standing, before the row that made it goes.</summary>
    private async ValueTask EndAsync(DueItem.AllDone done, Refit? refit)
    {
        if (done is { Row.Kind: DueKind.Launch, Live: { Version.Campaign.Trigger: CampaignTrigger.StageEntered } live })
        {
            var today = calendar.DayOf(clock.GetUtcNow());
            if (launch.LooksAgain(live, refit, today))
            {
                await _due.AddAsync(DueRow.ForShard(today.AddDays(1), DueKind.Launch, done.Row.Shard, done.Row.Reference));
            }

            await new BacklogDesk(store, done.Row.Reference).EndFillingAsync(done.Row.Shard);
        }

        await _due.RemoveAsync(done.Row);
    }

    private async ValueTask ReviewAsync(IReadOnlyList<DueRow> rows, Refit? refit, RunTally tally)
    {
        Count(await review.RunAsync(rows[0].Customer, rows, [], refit, clock.GetUtcNow()), tally);
        await _due.RemoveAsync(rows);
    }

    /// <summary>What was done is found done again, so a crash only costs the reading.</summary>
    private async ValueTask AnswerDateAsync(DueItem.OneOfAll one, Refit? refit, RunTally tally)
    {
        var occasion = Occasion.Date(one.Day) with { OnlyFor = one.Row.Reference };
        Count(await review.RunAsync(one.Customer, [], [occasion], refit, clock.GetUtcNow()), tally);
    }

    private static void Count(ReviewOutcome outcome, RunTally tally)
    {
        tally.Count(nameof(ReviewReport.Reviewed));
        tally.Count(nameof(ReviewReport.Planned), outcome.Planned);
        if (outcome.Entered is { } stage)
        {
            tally.Count($"{nameof(ReviewReport.Entered)}.{stage}");
        }
    }
}
