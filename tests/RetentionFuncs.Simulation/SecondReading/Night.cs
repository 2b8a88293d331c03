namespace RetentionFuncs.Simulation.SecondReading;

/// <summary>Night in Berlin by the European rule itself, so that no time zone library has a say.</summary>
internal static class Night
{
    public static bool Covers(DateTimeOffset moment, TimeOnly from, TimeOnly to)
    {
        var utc = moment.UtcDateTime;
        var summer = utc >= LastSunday(utc.Year, 3) && utc < LastSunday(utc.Year, 10);
        var local = TimeOnly.FromDateTime(utc.AddHours(summer ? 2 : 1));
        return from == to ? false
            : from < to ? local >= from && local < to
            : local >= from || local < to;
    }

    /// <summary>01:00 UTC on the last Sunday of a month of 31 days.</summary>
    private static DateTime LastSunday(int year, int month)
    {
        var last = new DateTime(year, month, 31, 1, 0, 0, DateTimeKind.Utc);
        return last.AddDays(-(int)last.DayOfWeek);
    }
}
