using RetentionFuncs.Campaigns;
using RetentionFuncs.Clocks;
using RetentionFuncs.Messages;
using RetentionFuncs.Reviews;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Telemetry;

/// <summary>How a home stands at one moment.</summary>
/// <param name="DueRows">Reviews due and not done, up to 1,000 in each day and shard.</param>
/// <param name="OldestDue">The day the oldest of them fell due, or null when none waits.</param>
/// <param name="ModelAgeDays">Days since the last refit, or null before the first.</param>
/// <param name="BudgetLeft">Messages left, by live campaign that has a budget; never below 0.</param>
/// <param name="StoppedBecause">Why the breaker keeps messages back, or null.</param>
/// <param name="Killed">Whether a person has stopped all sending.</param>
public sealed record HomeReading(
    DateTimeOffset At,
    long DueRows,
    DateOnly? OldestDue,
    double? ModelAgeDays,
    IReadOnlyDictionary<string, long> BudgetLeft,
    string? StoppedBecause,
    bool Killed
);

/// <summary>
/// Reads how the home stands from index rows and counters only, and writes the gauges. What it reads grows with what is due, never
/// with the number of customers; what is open is counted by the sweep, which looks at it anyway.
/// </summary>
public sealed class ObserveHome(
    IRowStore store,
    CampaignBook book,
    CampaignBudget budgets,
    SendControl control,
    BusinessCalendar calendar,
    TimeProvider clock
)
{
    public async ValueTask<HomeReading> RunAsync(CancellationToken cancel = default)
    {
        var now = clock.GetUtcNow();
        var (rows, oldest) = await DueAsync(calendar.DayOf(now), cancel);
        var refit = await new RefitRows(store).NewestAsync();
        var reading = new HomeReading(
            now,
            rows,
            oldest,
            (now - refit?.At)?.TotalDays,
            await BudgetsAsync(),
            await control.StandingAsync() is { IsOpen: true } open ? open.Why : null,
            await book.IsKilledAsync()
        );
        Write(reading);
        ProductMeter.RunFinished(nameof(ObserveHome));
        return reading;
    }

    private async ValueTask<(long Rows, DateOnly? Oldest)> DueAsync(DateOnly today, CancellationToken cancel)
    {
        var due = new DueIndex(store);
        var rows = 0L;
        DateOnly? oldest = null;
        for (var day = await new DayCursor(store, DueIndex.CursorName).StartAsync(today); day <= today; day = day.AddDays(1))
        {
            foreach (var shard in Shards.All)
            {
                cancel.ThrowIfCancellationRequested();
                var waiting = await due.CountAtMostAsync(day, shard);
                rows += waiting;
                oldest ??= waiting > 0 ? day : null;
            }
        }

        return (rows, oldest);
    }

    private async ValueTask<Dictionary<string, long>> BudgetsAsync()
    {
        var left = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var live in await book.LiveAsync())
        {
            if (live.Version.Campaign.MessageBudget is { } budget)
            {
                left[live.Head.Key] = Math.Max(0, budget - await budgets.SpentAsync(live.Head.Key));
            }
        }

        return left;
    }

    private void Write(HomeReading reading)
    {
        ProductMeter.DueBacklog.Record(reading.DueRows);
        ProductMeter.DueOldest.Record(reading.OldestDue is { } day ? calendar.DayOf(reading.At).DayNumber - day.DayNumber : 0);
        ProductMeter.BreakerOpen.Record(reading.StoppedBecause is null ? 0 : 1);
        ProductMeter.SendingStopped.Record(reading.Killed ? 1 : 0);
        if (reading.ModelAgeDays is { } age)
        {
            ProductMeter.ModelAge.Record(age);
        }

        foreach (var (campaign, left) in reading.BudgetLeft)
        {
            ProductMeter.BudgetLeft.Record(left, new KeyValuePair<string, object?>("campaign", campaign));
        }
    }
}
