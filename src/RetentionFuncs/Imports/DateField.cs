using RetentionFuncs.Clocks;

namespace RetentionFuncs.Imports;

/// <summary>In which order a date such as <c>03/04/2025</c> is written. A date that begins with the year needs no declaration.</summary>
public enum DateOrder
{
    DayMonthYear,
    MonthDayYear,
    YearMonthDay,
}

/// <param name="At">The instant; a time without an offset is the business zone's.</param>
/// <param name="HasTime">Whether the file gave a time of day.</param>
internal readonly record struct ReadDate(DateTimeOffset At, bool HasTime);

/// <summary>Reads moments. Accepted: year first, with or without time and offset; other orders when declared.</summary>
/// <param name="latest">The last acceptable instant (included); null = any.</param>
internal sealed class DateField(BusinessCalendar calendar, DateOrder? order, DateTimeOffset? latest)
{
    private static readonly DateTimeOffset Earliest = DateTimeOffset.UnixEpoch;

    // Files repeat their days: the last instant found for each slot is kept, because zone look-ups are the dear part.
    private readonly (int Day, DateTimeOffset Start)[] _starts = new (int, DateTimeOffset)[4096];

    public bool TryRead(ReadOnlySpan<char> text, out ReadDate date, out Wording problem)
    {
        date = default;
        if (!DateText.TryParse(text, order, out var parts, out problem))
        {
            return false;
        }

        if (parts.Day.Year is < 1969 or > 9998)
        {
            problem = OutOfRange(parts.Day.Year);
            return false;
        }

        date = new ReadDate(InstantOf(parts), parts.Time is not null);
        problem =
            date.At < Earliest ? OutOfRange(parts.Day.Year)
            : date.At > latest
                ? new("lies in the future; if that is meant, allow future dates", "是将来的时间；如果确实如此，请允许将来日期")
            : default;
        return problem == default;
    }

    private static Wording OutOfRange(int year) =>
        year < 1971
            ? new("lies before 1970, which spreadsheets write for an empty date", "早于 1970 年，通常是表格软件给空日期写的值")
            : new("is later than any real date", "晚于任何真实日期");

    private DateTimeOffset InstantOf(DateParts parts)
    {
        if (parts.Offset is { } offset)
        {
            return new DateTimeOffset(parts.Day, parts.Time ?? default, offset);
        }

        if (parts.Time is { } time)
        {
            return calendar.InstantOf(parts.Day, time);
        }

        ref var slot = ref _starts[parts.Day.DayNumber % _starts.Length];
        if (slot.Day != parts.Day.DayNumber)
        {
            slot = (parts.Day.DayNumber, calendar.InstantOf(parts.Day, default));
        }

        return slot.Start;
    }
}
