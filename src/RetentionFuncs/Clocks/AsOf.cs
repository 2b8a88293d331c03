using System.Globalization;

namespace RetentionFuncs.Clocks;

/// <summary>The moment that a question speaks for: a bare day (its end), an instant, or neither, which is now (design S5).</summary>
public sealed record AsOf(DateOnly? Day, DateTimeOffset? Moment)
{
    private const int FirstYear = 1970;
    private const int LastYear = 2199;

    public static AsOf Now { get; } = new(null, null);

    public bool IsNow => Day is null && Moment is null;

    /// <summary>The business day spoken for.</summary>
    public DateOnly DayIn(BusinessCalendar calendar, TimeProvider clock) => Day ?? calendar.DayOf(Moment ?? clock.GetUtcNow());

    /// <summary>The instant before which everything is known; the end of the day when a day was named.</summary>
    public DateTimeOffset EndIn(BusinessCalendar calendar, TimeProvider clock) =>
        Moment ?? (Day is { } day ? calendar.EndOf(day) : clock.GetUtcNow());

    /// <summary>Reads <c>yyyy-MM-dd</c> or an ISO moment with its offset; years 1970 to 2199, so that days around it exist too. Null is now.</summary>
    /// <returns>Null when the text is neither.</returns>
    public static AsOf? Read(string? text)
    {
        if (text is null)
        {
            return Now;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day.Year is >= FirstYear and <= LastYear ? new AsOf(day, null) : null;
        }

        return
            text.Contains('T', StringComparison.Ordinal)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            && at.UtcDateTime.Year is >= FirstYear and <= LastYear
            ? new AsOf(null, at)
            : null;
    }
}
