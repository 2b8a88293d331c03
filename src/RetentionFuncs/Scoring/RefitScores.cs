using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Runs;
using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Scoring.Values;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Scoring;

/// <summary>The weekly full pass: new RFM cut points, the fitted model and the population's mean gap. One of the few verbs that read everybody.</summary>
public sealed class RefitScores(
    IRowStore store,
    BusinessCalendar calendar,
    string currency,
    ScoringBook scoring,
    ChoiceOptions choice,
    ValueSettings value,
    TimeProvider clock
) : IShardStep
{
    public static readonly TimeSpan Every = TimeSpan.FromDays(7);

    private readonly RefitRows _rows = new(store);
    private readonly CustomerIndex _index = new(store);
    private readonly MakeRefit _make = new(store, currency, value);

    /// <summary>Refits when the newest one is a week old or missing; null when it was not time.</summary>
    public async ValueTask<Refit?> RunIfDueAsync(CancellationToken cancel = default)
    {
        var (newest, now) = (await _rows.NewestAsync(), clock.GetUtcNow());
        if (newest is not null && now - newest.At < Every)
        {
            return null;
        }

        await this.RunAsync(now, null, cancel);
        return await _rows.NewestAsync();
    }

    public ValueTask<bool> RunAsync(ShardTurn turn)
    {
        var tally = new RefitTally(calendar.DayOf(turn.RunAt), currency);
        turn.Part = tally.Take;
        return turn.ForEachAsync(
            _index.ReadAsync(turn.Shard, turn.After),
            key => key.Value,
            async key =>
            {
                if (await SummaryScan.FindAsync(store, key) is { } summary)
                {
                    tally.Add(summary);
                }
            }
        );
    }

    /// <summary>Adds the shards up. The newest refit speaks for one moment, so that closing again writes nothing new.</summary>
    public async ValueTask CloseAsync(FinishedRun run)
    {
        var newest = await _rows.NewestAsync();
        if (newest?.At == run.StartedAt)
        {
            return;
        }

        var asOf = calendar.DayOf(run.StartedAt);
        var tally = new RefitTally(asOf, currency);
        foreach (var part in run.Parts)
        {
            tally.Add(part);
        }

        var version = (newest?.CutPoints.Version ?? 0) + 1;
        await _rows.PutAsync(await _make.RunAsync(tally.Histories, tally.ToCutPoints(version), choice, run.StartedAt));
        scoring.Forget();
    }
}

/// <summary>Reads the summary of every customer, by shard and key.</summary>
public static class SummaryScan
{
    public static async IAsyncEnumerable<(CustomerKey Key, PurchaseSummary Summary)> AllAsync(IRowStore store)
    {
        await foreach (var key in new CustomerIndex(store).ReadAllAsync())
        {
            if (await FindAsync(store, key) is { } summary)
            {
                yield return (key, summary);
            }
        }
    }

    /// <summary>One customer's, or null while nothing was ever bought.</summary>
    public static async ValueTask<PurchaseSummary?> FindAsync(IRowStore store, CustomerKey key) =>
        await store.ReadRowAsync(CustomerPartition.IdOf(key), CustomerPartition.SummaryRow) is { } row
            ? OrderRows.ReadSummary(row.Properties)
            : null;
}
