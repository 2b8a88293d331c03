using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Scoring;

/// <summary>The weekly full pass: new RFM cut points and the population's mean gap. One of the few verbs that read everybody.</summary>
public sealed class RefitScores(IRowStore store, BusinessCalendar calendar, string currency, TimeProvider clock)
{
    public static readonly TimeSpan Every = TimeSpan.FromDays(7);

    private readonly RefitRows _rows = new(store);

    /// <summary>Refits when the newest one is a week old or missing; null when it was not time.</summary>
    public async ValueTask<Refit?> RunIfDueAsync(CancellationToken cancel = default)
    {
        var newest = await _rows.NewestAsync();
        return newest is not null && clock.GetUtcNow() - newest.At < Every ? null : await RunAsync(newest, cancel);
    }

    private async ValueTask<Refit> RunAsync(Refit? newest, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var tally = new RfmTally(calendar.DayOf(now), currency);
        var (gaps, span) = (0L, 0L);
        await foreach (var (_, summary) in SummaryScan.AllAsync(store))
        {
            cancel.ThrowIfCancellationRequested();
            tally.Add(summary);
            if (summary.PurchaseDays.Count > 1)
            {
                gaps += summary.PurchaseDays.Count - 1;
                span += summary.LastDay.DayNumber - summary.FirstDay.DayNumber;
            }
        }

        var refit = new Refit(tally.ToCutPoints((newest?.CutPoints.Version ?? 0) + 1), gaps == 0 ? null : (decimal)span / gaps, now);
        await _rows.PutAsync(refit);
        return refit;
    }
}

/// <summary>Reads the summary of every customer, by shard and key.</summary>
public static class SummaryScan
{
    public static async IAsyncEnumerable<(CustomerKey Key, PurchaseSummary Summary)> AllAsync(IRowStore store)
    {
        await foreach (var key in new CustomerIndex(store).ReadAllAsync())
        {
            if (await store.ReadRowAsync(CustomerPartition.IdOf(key), CustomerPartition.SummaryRow) is { } row)
            {
                yield return (key, OrderRows.ReadSummary(row.Properties));
            }
        }
    }
}
