using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Runs;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reviews;

/// <param name="Read">Due rows read.</param>
/// <param name="Reviewed">Customers looked at.</param>
public sealed record ReviewReport(int Read, int Reviewed, int Planned, IReadOnlyDictionary<LapseStage, int> Entered)
{
    /// <summary>Customers whose record could not be worked on and were passed over; their rows stay and are tried again.</summary>
    public IReadOnlyList<BrokenItem> Broken { get; init; } = [];

    public ReviewReport Plus(ReviewReport more) =>
        new(
            Read + more.Read,
            Reviewed + more.Reviewed,
            Planned + more.Planned,
            Entered.Concat(more.Entered).GroupBy(e => e.Key).ToDictionary(g => g.Key, g => g.Sum(e => e.Value))
        )
        {
            Broken = more.Broken,
        };
}

/// <summary>
/// Reviews what is due and nothing else: the rows of every day from the cursor to today, shard by shard, one customer at a time. Stops
/// between customers when told to; what is left is found again, because a row goes only after its review is on file.
/// </summary>
public sealed class ReviewDue
{
    private readonly TimeProvider _clock;
    private readonly IShardStep _all;

    internal ReviewDue(
        IRowStore store,
        ReviewCustomer review,
        CampaignBudget budget,
        CampaignBook book,
        BusinessCalendar calendar,
        TimeProvider clock
    )
    {
        _clock = clock;
        var launch = new PlanLaunch(store, budget, calendar);
        _all = Of(DueKinds.All, DueIndex.CursorName, DueIndex.WaitingCursorName);
        Timed = Of(DueKinds.Timed, DueIndex.CursorName);
        Waiting = Of(DueKinds.Waiting, DueIndex.WaitingCursorName);

        ReviewShard Of(IReadOnlySet<DueKind> kinds, params string[] cursors) =>
            new(store, review, launch, budget, book, calendar, clock, kinds, cursors);
    }

    /// <summary>Stages, days after an order, birthdays, dates and launches.</summary>
    public IShardStep Timed { get; }

    /// <summary>Journeys that wait or were held, and backlogs.</summary>
    public IShardStep Waiting { get; }

    /// <summary>Everything that is due, at once.</summary>
    /// <param name="progress">Told the number of customers reviewed so far.</param>
    public async ValueTask<ReviewReport> RunAsync(IProgress<int>? progress = null, CancellationToken cancel = default) =>
        ReportOf(await _all.RunAsync(_clock.GetUtcNow(), progress, cancel));

    internal ValueTask<RunTally> TallyAsync() => _all.RunAsync(_clock.GetUtcNow());

    private static ReviewReport ReportOf(RunTally tally) =>
        new(
            (int)tally[nameof(ReviewReport.Read)],
            (int)tally[nameof(ReviewReport.Reviewed)],
            (int)tally[nameof(ReviewReport.Planned)],
            tally.CountsOf<LapseStage>(nameof(ReviewReport.Entered))
        )
        {
            Broken = tally.BrokenItems,
        };
}
