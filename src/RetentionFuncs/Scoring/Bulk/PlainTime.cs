namespace RetentionFuncs.Scoring.Bulk;

/// <summary>The time of day behind a date: <c>10:11</c>, <c>10:11:12</c>, <c>10:11:12.345</c>, each perhaps with an offset.</summary>
internal static class PlainTime
{
    /// <param name="second">Of the day, 0 to 86399.</param>
    /// <param name="offset">Minutes ahead of UTC; null when the text names none.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out int second, out int? offset)
    {
        (second, offset) = (0, null);
        if (!TryTwo(ref text, 23, out var hour) || !Skip(ref text, ':') || !TryTwo(ref text, 59, out var minute))
        {
            return false;
        }

        second = (hour * 3600) + (minute * 60);
        if (Skip(ref text, ':'))
        {
            if (!TryTwo(ref text, 59, out var seconds) || !TryFraction(ref text))
            {
                return false;
            }

            second += seconds;
        }

        return text.IsEmpty || TryOffset(text, out offset);
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int? offset)
    {
        offset = 0;
        if (text.SequenceEqual("Z"u8))
        {
            return true;
        }

        var sign = text[0] switch
        {
            (byte)'+' => 1,
            (byte)'-' => -1,
            _ => 0,
        };
        text = text[1..];
        if (
            sign == 0
            || !TryTwo(ref text, 13, out var hours)
            || (Skip(ref text, ':') && text.IsEmpty)
            || !TryTwo(ref text, 59, out var minutes)
        )
        {
            return false;
        }

        offset = sign * ((hours * 60) + minutes);
        return text.IsEmpty;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> text)
    {
        if (!Skip(ref text, '.'))
        {
            return true;
        }

        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? text.Length : end;
        text = text[digits..];
        return digits > 0;
    }

    private static bool TryTwo(ref ReadOnlySpan<byte> text, int most, out int value)
    {
        value = 0;
        if (text.Length < 2 || !char.IsAsciiDigit((char)text[0]) || !char.IsAsciiDigit((char)text[1]))
        {
            return false;
        }

        value = ((text[0] - '0') * 10) + text[1] - '0';
        text = text[2..];
        return value <= most;
    }

    private static bool Skip(ref ReadOnlySpan<byte> text, char mark)
    {
        var found = !text.IsEmpty && text[0] == mark;
        text = found ? text[1..] : text;
        return found;
    }
}
