using System.Runtime.CompilerServices;
using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reviews;

/// <param name="Read">Due rows read.</param>
/// <param name="Reviewed">Customers looked at.</param>
public sealed record ReviewReport(int Read, int Reviewed, int Planned, IReadOnlyDictionary<LapseStage, int> Entered);

/// <summary>
/// Reviews what is due and nothing else: the rows of every day from the cursor to today, shard by shard, one customer at a time. Stops
/// between customers when told to; what is left is found again, because a row goes only after its review is on file.
/// </summary>
public sealed class ReviewDue(IRowStore store, ReviewCustomer review, CampaignBook book, BusinessCalendar calendar, TimeProvider clock)
{
    /// <summary>Customers of one shard reviewed side by side; they share nothing but counters.</summary>
    private const int Width = 32;

    private readonly DueIndex _due = new(store);
    private readonly DayCursor _cursor = new(store, DueIndex.CursorName);
    private readonly RefitRows _refits = new(store);
    private readonly CustomerIndex _index = new(store);

    /// <param name="progress">Told the number of customers reviewed so far.</param>
    public async ValueTask<ReviewReport> RunAsync(IProgress<int>? progress = null, CancellationToken cancel = default)
    {
        var tally = new Tally(progress);
        var today = calendar.DayOf(clock.GetUtcNow());
        var cutPoints = (await _refits.NewestAsync())?.CutPoints;
        for (var day = await _cursor.StartAsync(today); day <= today; day = day.AddDays(1))
        {
            foreach (var shard in Shards.All)
            {
                await ReviewShardAsync(day, shard, cutPoints, tally, cancel);
            }
        }

        await _cursor.WriteAsync(today.AddDays(-1));
        return new ReviewReport(tally.Read, tally.Reviewed, tally.Planned, tally.Entered);
    }

    private async ValueTask ReviewShardAsync(DateOnly day, string shard, RfmCutPoints? cutPoints, Tally tally, CancellationToken cancel) =>
        await SideBySide.ForEachAsync(
            ByCustomerAsync(day, shard, tally, cancel),
            Width,
            rows => rows[0].IsForShard ? ExpandAsync(rows[0], cutPoints, tally, cancel) : ReviewOneAsync(rows, cutPoints, tally)
        );

    /// <summary>The rows of one customer lie together; a row for the whole shard comes alone.</summary>
    private async IAsyncEnumerable<IReadOnlyList<DueRow>> ByCustomerAsync(
        DateOnly day,
        string shard,
        Tally tally,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var batch = new List<DueRow>();
        await foreach (var row in _due.ReadAsync(day, shard))
        {
            cancel.ThrowIfCancellationRequested();
            tally.Read++;
            if (batch.Count > 0 && (row.IsForShard || batch[0].Customer != row.Customer))
            {
                yield return batch;
                batch = [];
            }

            batch.Add(row);
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private async ValueTask ReviewOneAsync(IReadOnlyList<DueRow> rows, RfmCutPoints? cutPoints, Tally tally)
    {
        tally.Add(await review.RunAsync(rows[0].Customer, rows, [], cutPoints, clock.GetUtcNow()));
        await _due.RemoveAsync(rows);
    }

    /// <summary>A calendar date for everyone of a shard; what was done is found done again, so a crash only costs the reading.</summary>
    private async ValueTask ExpandAsync(DueRow row, RfmCutPoints? cutPoints, Tally tally, CancellationToken cancel)
    {
        if (await book.FindAsync(row.Reference) is not { Head.Status: CampaignStatus.Live })
        {
            await _due.RemoveAsync(row);
            return;
        }

        var occasion = Occasion.Date(row.Day) with { OnlyFor = row.Reference };
        await SideBySide.ForEachAsync(
            _index.ReadAsync(row.Shard),
            Width,
            async key =>
            {
                cancel.ThrowIfCancellationRequested();
                tally.Add(await review.RunAsync(key, [], [occasion], cutPoints, clock.GetUtcNow()));
            }
        );
        await _due.RemoveAsync(row);
    }

    private sealed class Tally(IProgress<int>? progress)
    {
        public int Read { get; set; }

        public int Reviewed { get; private set; }

        public int Planned { get; private set; }

        public Dictionary<LapseStage, int> Entered { get; } = [];

        public void Add(ReviewOutcome outcome)
        {
            lock (Entered)
            {
                Reviewed++;
                Planned += outcome.Planned;
                if (outcome.Entered is { } stage)
                {
                    Entered[stage] = Entered.GetValueOrDefault(stage) + 1;
                }
            }

            progress?.Report(Reviewed);
        }
    }
}
