using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Reviews;
using RetentionFuncs.Runs;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Backlogs;

/// <summary>
/// Gives out the day's places of every campaign that keeps a backlog: the most valuable in line first, campaigns of higher priority first.
/// A turn is a whole review, and a place is used only by whoever entered, control like treatment; so as many enter a day as the campaign
/// says, no more, and fewer only when nobody else in line may. Cut off anywhere and repeated it ends the same.
/// </summary>
internal sealed class AdmitBacklogs(
    IRowStore store,
    ReviewCustomer review,
    CampaignBudget budget,
    CampaignBook book,
    BusinessCalendar calendar,
    ScoringBook scoring,
    TimeProvider clock
)
{
    private const int Width = 32;

    private sealed record Step(bool IsLast);

    /// <param name="each">Called after each turn.</param>
    /// <param name="stopping">Honoured between a few turns; what is left is given by who comes next.</param>
    public async ValueTask RunAsync(RunTally tally, Action? each = null, CancellationToken stopping = default)
    {
        foreach (var live in await book.LiveAsync())
        {
            if (!IsOpen(live) || await book.IsKilledAsync())
            {
                continue;
            }

            for (var last = false; !last && !stopping.IsCancellationRequested; )
            {
                last = (await ContendedCommit.UntilAppliedAsync(() => StepAsync(live, tally, each))).IsLast;
            }

            await budget.GiveBackAsync();
        }
    }

    private bool IsOpen(LiveCampaign live)
    {
        var (today, campaign) = (Today, live.Version.Campaign);
        return campaign.KeepsBacklog && !(live.Head.StartOn > today) && !(campaign.End <= today);
    }

    private DateOnly Today => calendar.DayOf(clock.GetUtcNow());

    /// <summary>Settles what is open, or opens the next places: everything it goes by is on file, so it may be cut off at any call.</summary>
    /// <returns>Null: look again.</returns>
    private async ValueTask<Step?> StepAsync(LiveCampaign live, RunTally tally, Action? each)
    {
        var (desk, campaign) = (new BacklogDesk(store, live.Head.Key), live.Version.Campaign);
        var read = await desk.ReadAsync();
        if (read.IsFilling)
        {
            return new Step(true);
        }

        if (read.Open.Count > 0)
        {
            return await SettleAsync(desk, read, live, tally, each) ? new Step(false) : null;
        }

        var state = read.State.On(Today);
        if (state.Given >= campaign.BacklogPerDay || state.IsThrough || !await budget.HasLeftAsync(campaign))
        {
            return new Step(true);
        }

        var next = await NextAsync(live.Head.Key, state.Position, Math.Min(BacklogDesk.MostOpen, campaign.BacklogPerDay - state.Given));
        var opened =
            next.Count == 0
                ? state with
                {
                    IsThrough = true,
                }
                : state with
                {
                    Given = state.Given + next.Count,
                    Position = next[^1].Position,
                };
        return await desk.OpenAsync(read, opened, next) ? new Step(next.Count == 0) : null;
    }

    private async ValueTask<IReadOnlyList<WaitingCustomer>> NextAsync(string campaign, string after, int most)
    {
        var next = new List<WaitingCustomer>(most);
        await foreach (var who in new WaitingLine(store, campaign).ReadAsync(after))
        {
            next.Add(who);
            if (next.Count == most)
            {
                break;
            }
        }

        return next;
    }

    private async ValueTask<bool> SettleAsync(BacklogDesk desk, DeskReading read, LiveCampaign live, RunTally tally, Action? each)
    {
        var (line, entered) = (new WaitingLine(store, live.Head.Key), 0);
        var refit = await scoring.NewestAsync();
        await SideBySide.ForEachAsync(
            read.Open.ToAsyncEnumerable(),
            Width,
            async place =>
            {
                var turn = await TurnAsync(live.Head.Key, place.Customer, refit, tally);
                if (turn != BacklogTurn.Waits)
                {
                    // Before the place is settled: whoever entered is never in line again.
                    await line.RemoveAsync(place.Customer.Customer);
                }

                Interlocked.Add(ref entered, turn == BacklogTurn.Entered ? 1 : 0);
                each?.Invoke();
            }
        );

        // Places left open overnight are used today, if at all, and count today.
        var state = (read.State with { Given = read.State.Given - read.Open.Count }).On(Today);
        if (!await desk.SettleAsync(read, state with { Given = state.Given + entered }))
        {
            return false;
        }

        tally.Count(nameof(ReviewReport.Admitted), entered);
        return true;
    }

    /// <summary>A record that cannot be worked on holds up nobody else.</summary>
    private async ValueTask<BacklogTurn> TurnAsync(string campaign, WaitingCustomer who, Refit? refit, RunTally tally)
    {
        try
        {
            var outcome = await review.TakeTurnAsync(campaign, who, refit, clock.GetUtcNow());
            tally.Count(nameof(ReviewReport.Reviewed));
            tally.Count(nameof(ReviewReport.Planned), outcome.Planned);
            return outcome.Turn;
        }
        catch (Exception e) when (e is not (StoreUnavailableException or Queues.QueueUnavailableException or OperationCanceledException))
        {
            tally.PassOver($"{campaign}|{who.Customer.Value}", e);
            return BacklogTurn.Waits;
        }
    }
}
