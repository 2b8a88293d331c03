using System.Globalization;
using RetentionFuncs.Clocks;

namespace RetentionFuncs.Runs;

/// <summary>Names the period a run belongs to: a timer that fires twice within one starts it once.</summary>
public static class RunPeriods
{
    /// <summary>Full passes once a day of the business, reviews once an hour, the rest every five minutes (UTC) at most.</summary>
    /// <returns>Sorts by time; <c>2026-03-02</c> or <c>2026-03-02T10:05</c>.</returns>
    public static string Of(RunKind kind, DateTimeOffset now, BusinessCalendar calendar) =>
        kind switch
        {
            RunKind.RefitScores or RunKind.AuditTouchpoints or RunKind.ReplanReviews or RunKind.BuildReport => calendar
                .DayOf(now)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            RunKind.ReviewDue => Floor(now, TimeSpan.FromHours(1)),
            _ => Floor(now, TimeSpan.FromMinutes(5)),
        };

    private static string Floor(DateTimeOffset now, TimeSpan length) =>
        now.UtcDateTime.AddTicks(-(now.UtcTicks % length.Ticks)).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
