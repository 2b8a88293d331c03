using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Runs;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reviews;

/// <summary>One thing to do on the way through what is due.</summary>
/// <param name="Position">Where to go on after it: day, then the customer, or the shard's row and the customer in it.</param>
internal abstract record DueItem(DateOnly Day, string Position)
{
    /// <summary>The rows of one customer and day.</summary>
    public sealed record OfCustomer(DateOnly Day, string Position, IReadOnlyList<DueRow> Rows) : DueItem(Day, Position);

    /// <summary>One customer of a row that stands for a whole shard.</summary>
    public sealed record OneOfAll(DateOnly Day, string Position, DueRow Row, LiveCampaign Live, CustomerKey Customer)
        : DueItem(Day, Position);

    /// <summary>All customers of such a row are done.</summary>
    /// <param name="Live">Null when there is no such campaign any more.</param>
    public sealed record AllDone(DateOnly Day, string Position, DueRow Row, LiveCampaign? Live) : DueItem(Day, Position);
}

/// <summary>
/// Streams what is due in one shard, day by day from the cursor, the rows of one customer together; a row for the whole shard becomes
/// one item a customer. Begins again behind any position it gave.
/// </summary>
internal sealed class DueWalk(DueIndex due, CustomerIndex index, CampaignBook book, IReadOnlySet<DueKind> kinds)
{
    private const string End = "~";

    public async IAsyncEnumerable<DueItem> ReadAsync(ShardTurn turn, DateOnly from, DateOnly today)
    {
        var resume = Resume.Parse(turn.After);
        for (var day = resume.Day > from ? resume.Day.Value : from; day <= today; day = day.AddDays(1))
        {
            var here = day == resume.Day ? resume : default;
            var batch = new List<DueRow>();
            await foreach (var row in due.ReadAsync(day, turn.Shard, here.From ?? ""))
            {
                if (!kinds.Contains(row.Kind))
                {
                    continue;
                }

                turn.Tally.Count(nameof(ReviewReport.Read));
                if (row.IsForShard)
                {
                    await foreach (var item in ExpandAsync(row, row.RowKey == here.From ? here.Customer : "", turn.Tally))
                    {
                        yield return item;
                    }

                    continue;
                }

                if (batch.Count > 0 && batch[0].Customer != row.Customer)
                {
                    yield return Of(batch);
                    batch = [];
                }

                batch.Add(row);
            }

            if (batch.Count > 0)
            {
                yield return Of(batch);
            }
        }
    }

    private async IAsyncEnumerable<DueItem> ExpandAsync(DueRow row, string? after, RunTally tally)
    {
        var live = await book.FindAsync(row.Reference);
        if (live?.Head.Status == CampaignStatus.Draft)
        {
            // Its launch is being written: these rows come first, the campaign's head last.
            tally.Left(row.Day);
            yield break;
        }

        if (live is not null && IsAnswered(row, live.Head.Status))
        {
            await foreach (var key in index.ReadAsync(row.Shard, after ?? ""))
            {
                yield return new DueItem.OneOfAll(row.Day, $"{Shards.DayName(row.Day)}|{row.RowKey}>{key.Value}", row, live, key);
            }
        }

        yield return new DueItem.AllDone(row.Day, $"{Shards.DayName(row.Day)}|{row.RowKey}>{End}", row, live);
    }

    private static bool IsAnswered(DueRow row, CampaignStatus status) =>
        status == CampaignStatus.Live || (row.Kind == DueKind.Launch && status == CampaignStatus.Paused);

    private static DueItem.OfCustomer Of(List<DueRow> batch) =>
        new(batch[0].Day, $"{Shards.DayName(batch[0].Day)}|{batch[0].Customer.Value}", batch);

    /// <param name="From">Row key to read from, included.</param>
    /// <param name="Customer">Within the row of that key: the customer done last.</param>
    private readonly record struct Resume(DateOnly? Day, string? From, string? Customer)
    {
        public static Resume Parse(string position)
        {
            if (position.Length == 0)
            {
                return default;
            }

            var parts = position.Split('|', 2);
            var day = Shards.DayOf(position);
            var row = parts[1].Split('>', 2);
            return row.Length == 1 ? new Resume(day, row[0] + "}", null)
                : row[1] == End ? new Resume(day, row[0] + "\u0001", null)
                : new Resume(day, row[0], row[1]);
        }
    }
}
