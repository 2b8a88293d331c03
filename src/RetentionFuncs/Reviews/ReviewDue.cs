using RetentionFuncs.Backlogs;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Runs;
using RetentionFuncs.Scoring;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reviews;

/// <param name="Read">Due rows read.</param>
/// <param name="Reviewed">Customers looked at.</param>
public sealed record ReviewReport(int Read, int Reviewed, int Planned, IReadOnlyDictionary<LapseStage, int> Entered)
{
    /// <summary>Customers who entered from campaigns' backlogs, control included.</summary>
    public int Admitted { get; init; }

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
            Admitted = Admitted + more.Admitted,
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
    private readonly AdmitBacklogs _admit;

    internal ReviewDue(
        IRowStore store,
        ReviewCustomer review,
        AdmitBacklogs admit,
        CampaignBudget budget,
        CampaignBook book,
        BusinessCalendar calendar,
        BusinessSettings settings,
        RunOptions options,
        TimeProvider clock
    )
    {
        (_clock, _admit) = (clock, admit);
        var launch = new PlanLaunch(store, settings, calendar);
        _all = Of(DueKinds.All, null, DueIndex.CursorName, DueIndex.WaitingCursorName);
        Timed = Of(DueKinds.Timed, null, DueIndex.CursorName);
        Waiting = Of(DueKinds.Waiting, admit, DueIndex.WaitingCursorName);

        ReviewShard Of(IReadOnlySet<DueKind> kinds, AdmitBacklogs? then, params string[] cursors) =>
            new(store, review, launch, then, budget, book, calendar, clock, options, kinds, cursors);
    }

    /// <summary>Stages, days after an order, birthdays, dates and launches.</summary>
    public IShardStep Timed { get; }

    /// <summary>Journeys that wait or were held; then the day's places of the backlogs.</summary>
    public IShardStep Waiting { get; }

    /// <summary>Everything that is due, at once.</summary>
    /// <param name="progress">Told the number of customers reviewed so far.</param>
    public async ValueTask<ReviewReport> RunAsync(IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        var tally = await _all.RunAsync(_clock.GetUtcNow(), progress, cancel);
        await _admit.RunAsync(tally, stopping: cancel);
        cancel.ThrowIfCancellationRequested();
        return ReportOf(tally);
    }

    /// <summary>The reviews alone, without backlogs.</summary>
    internal ValueTask<RunTally> TallyAsync() => _all.RunAsync(_clock.GetUtcNow());

    private static ReviewReport ReportOf(RunTally tally) =>
        new(
            (int)tally[nameof(ReviewReport.Read)],
            (int)tally[nameof(ReviewReport.Reviewed)],
            (int)tally[nameof(ReviewReport.Planned)],
            tally.CountsOf<LapseStage>(nameof(ReviewReport.Entered))
        )
        {
            Admitted = (int)tally[nameof(ReviewReport.Admitted)],
            Broken = tally.BrokenItems,
        };
}
