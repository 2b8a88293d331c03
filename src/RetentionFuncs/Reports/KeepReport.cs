using RetentionFuncs.Clocks;
using RetentionFuncs.Customers;
using RetentionFuncs.Runs;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Reports;

/// <summary>
/// Builds the report of the last whole day in pages and keeps it, with the stages of each day, so that who reads it or asks for the
/// history of churn reads a few rows and no customer.
/// </summary>
public sealed class KeepReport(IRowStore store, BuildReport build, BusinessCalendar calendar) : IShardStep
{
    private readonly ReportRows _rows = new(store);
    private readonly CustomerIndex _index = new(store);

    public async ValueTask<bool> RunAsync(ShardTurn turn)
    {
        var history = await build.HistoryToAsync(DayOf(turn.RunAt));
        turn.Part = history.Take;
        return await turn.ForEachAsync(_index.ReadAsync(turn.Shard, turn.After), key => key.Value, key => build.CountAsync(key, history));
    }

    public async ValueTask CloseAsync(FinishedRun run)
    {
        var day = DayOf(run.StartedAt);
        var history = await build.HistoryToAsync(day);
        foreach (var part in run.Parts)
        {
            history.Add(part);
        }

        var series = history.ToSeries();
        await _rows.PutDaysAsync(series.All);
        await _rows.PutAsync(day, ReportJson.Write(await build.ReportAsync(day, series)), run.StartedAt);
    }

    private DateOnly DayOf(DateTimeOffset at) => calendar.DayOf(at).AddDays(-1);
}
