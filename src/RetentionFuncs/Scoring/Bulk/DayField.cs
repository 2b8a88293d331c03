using System.Runtime.CompilerServices;
using RetentionFuncs.Clocks;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// Reads <c>2025-03-04</c>, <c>2025-03-04T10:11</c> (or a space; seconds and a fraction may follow) and an offset <c>Z</c>, <c>+08:00</c> or
/// <c>+0800</c>. Nothing else.
/// </summary>
internal sealed class DayField(BusinessCalendar calendar, DateOnly? latest)
{
    private const int FirstYear = 1970;
    private const int LastYear = 2148;

    /// <summary>Day 0 of a file's days: 1 January 1970.</summary>
    public static readonly int Epoch = new DateOnly(FirstYear, 1, 1).DayNumber;

    private static readonly (ushort Start, byte Length)[] Months = AllMonths();

    private readonly int _latest = (latest?.DayNumber ?? int.MaxValue) - Epoch;

    // Zone look-ups are dear and files repeat their hours: the last answers are kept.
    private readonly (long Hour, int Offset)[] _offsets = new (long, int)[1024];

    /// <param name="day">Days since 1 January 1970, in the business's zone.</param>
    /// <param name="moment">Seconds of that day counted from 1; 0 when the text has no time.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead(ReadOnlySpan<byte> text, out int day, out int moment)
    {
        moment = 0;
        return TryDay(text, out day) && (text.Length == 10 || TryMoment(text[10..], ref day, out moment)) && day <= _latest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDay(ReadOnlySpan<byte> text, out int day)
    {
        day = 0;
        if (text.Length < 10 || text[4] != '-' || text[7] != '-')
        {
            return false;
        }

        var (y0, y1, y2, y3) = (text[0] - '0', text[1] - '0', text[2] - '0', text[3] - '0');
        var (m0, m1, d0, d1) = (text[5] - '0', text[6] - '0', text[8] - '0', text[9] - '0');
        var year = (((((y0 * 10) + y1) * 10) + y2) * 10) + y3;
        var (month, date) = ((m0 * 10) + m1, (d0 * 10) + d1);
        // All digits: no difference is below 0 or above 9.
        var odd =
            y0 | y1 | y2 | y3 | m0 | m1 | d0 | d1 | (9 - y0) | (9 - y1) | (9 - y2) | (9 - y3) | (9 - m0) | (9 - m1) | (9 - d0) | (9 - d1);
        if (odd < 0 || year is < FirstYear or > LastYear || month is < 1 or > 12)
        {
            return false;
        }

        var (start, length) = Months[((year - FirstYear) * 12) + month - 1];
        day = start + date - 1;
        return date >= 1 && date <= length;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryMoment(ReadOnlySpan<byte> text, ref int day, out int moment)
    {
        moment = 0;
        if (text[0] is not ((byte)'T' or (byte)' ') || !PlainTime.TryRead(text[1..], out var second, out var offset))
        {
            return false;
        }

        if (offset is { } minutes)
        {
            var utc = (day * 86400L) + second - (minutes * 60);
            var local = utc + OffsetAt(utc);
            (day, second) = ((int)Math.DivRem(local, 86400, out var rest), (int)rest);
            if (local < 0 || day > ushort.MaxValue - 1)
            {
                return false;
            }
        }

        moment = second + 1;
        return true;
    }

    /// <summary>Seconds the business's clock is ahead; asked of the calendar for each quarter of an hour, as zones change on such.</summary>
    private int OffsetAt(long utc)
    {
        var quarter = Math.DivRem(utc, 900, out _) + 1;
        ref var slot = ref _offsets[(int)(quarter & 1023)];
        if (slot.Hour != quarter)
        {
            var instant = DateTimeOffset.FromUnixTimeSeconds(utc);
            var (date, time) = calendar.LocalOf(instant, null);
            slot = (quarter, (int)(new DateTimeOffset(date, time, TimeSpan.Zero).ToUnixTimeSeconds() - utc));
        }

        return slot.Offset;
    }

    private static (ushort, byte)[] AllMonths()
    {
        var months = new (ushort, byte)[(LastYear - FirstYear + 1) * 12];
        for (var i = 0; i < months.Length; i++)
        {
            var (year, month) = (FirstYear + (i / 12), (i % 12) + 1);
            months[i] = ((ushort)(new DateOnly(year, month, 1).DayNumber - Epoch), (byte)DateTime.DaysInMonth(year, month));
        }

        return months;
    }
}
