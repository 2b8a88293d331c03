namespace RetentionFuncs.Imports;

/// <summary>The time of day and the offset of a moment.</summary>
internal static class TimeText
{
    public static bool TryTime(ReadOnlySpan<char> text, out TimeOnly time, out TimeSpan? offset)
    {
        (time, offset) = (default, null);
        if (!TryPart(ref text, out var hour) || !Skip(ref text, ':') || !TryPart(ref text, out var minute))
        {
            return false;
        }

        var (second, ticks) = (0, 0L);
        if (Skip(ref text, ':') && !(TryPart(ref text, out second) && TryFraction(ref text, out ticks)))
        {
            return false;
        }

        text = text.TrimStart();
        if (!TryHalf(ref text, ref hour) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        time = new TimeOnly(hour, minute, Math.Min(second, 59)).Add(TimeSpan.FromTicks(ticks));
        return text.IsEmpty || TryOffset(text, out offset);
    }

    private static bool TryPart(ref ReadOnlySpan<char> text, out int value)
    {
        var digits = Math.Min(DateText.CountDigits(text), 3);
        value = DateText.Number(text[..digits]);
        text = text[digits..];
        return digits is 1 or 2;
    }

    private static bool Skip(ref ReadOnlySpan<char> text, char mark)
    {
        var found = text.StartsWith(mark);
        text = found ? text[1..] : text;
        return found;
    }

    /// <summary>Digits beyond the seventh (100 ns) are cut off.</summary>
    private static bool TryFraction(ref ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        if (text.IsEmpty || text[0] is not ('.' or ','))
        {
            return true;
        }

        var digits = DateText.CountDigits(text[1..]);
        for (var i = 0; i < 7; i++)
        {
            ticks = (ticks * 10) + (i < digits ? text[1 + i] - '0' : 0);
        }

        text = text[(1 + digits)..];
        return digits > 0;
    }

    private static bool TryHalf(ref ReadOnlySpan<char> text, ref int hour)
    {
        var isAfternoon = text.StartsWith("PM", StringComparison.OrdinalIgnoreCase);
        if (!isAfternoon && !text.StartsWith("AM", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        text = text[2..].TrimStart();
        var isClockHour = hour is >= 1 and <= 12;
        hour = (hour % 12) + (isAfternoon ? 12 : 0);
        return isClockHour;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out TimeSpan? offset)
    {
        offset = TimeSpan.Zero;
        if (text is "Z" or "z" or "UTC" or "GMT")
        {
            return true;
        }

        if (text[0] is not ('+' or '-' or '\u2212'))
        {
            return false;
        }

        var sign = text[0] == '+' ? 1 : -1;
        var rest = text[1..];
        var digits = DateText.CountDigits(rest);
        var (hours, minutes) = (digits, rest.Length) switch
        {
            (2, 2) => (DateText.Number(rest), 0),
            (4, 4) => (DateText.Number(rest[..2]), DateText.Number(rest[2..])),
            (2, 5) when rest[2] == ':' && DateText.CountDigits(rest[3..]) == 2 => (DateText.Number(rest[..2]), DateText.Number(rest[3..])),
            _ => (99, 0),
        };
        offset = new TimeSpan(sign * hours, sign * minutes, 0);
        return hours <= 14 && minutes <= 59 && offset.Value.Duration() <= TimeSpan.FromHours(14);
    }
}
