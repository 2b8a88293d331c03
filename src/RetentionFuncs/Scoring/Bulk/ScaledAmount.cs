using System.Runtime.CompilerServices;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// Amounts as whole ten-thousandths of the currency, so that sums are exact in any order. Read: an optional minus, one to nine digits,
/// and perhaps a point with one, two or four digits (three can be thousands).
/// </summary>
public static class ScaledAmount
{
    public const long One = 10_000;

    public static decimal ToDecimal(long scaled) => scaled / (decimal)One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryRead(ReadOnlySpan<byte> text, out long scaled)
    {
        scaled = 0;
        var at = !text.IsEmpty && text[0] == '-' ? 1 : 0;
        var negative = at == 1;
        var whole = at;
        for (; at < text.Length && at - whole < 10 && char.IsAsciiDigit((char)text[at]); at++)
        {
            scaled = (scaled * 10) + text[at] - '0';
        }

        var digits = at - whole;
        if (digits is 0 or > 9)
        {
            return false;
        }

        var decimals = 0;
        if (at < text.Length && text[at] == '.')
        {
            for (at++; at < text.Length && decimals < 4 && char.IsAsciiDigit((char)text[at]); at++, decimals++)
            {
                scaled = (scaled * 10) + text[at] - '0';
            }

            if (decimals is 0 or 3)
            {
                return false;
            }
        }

        scaled *= decimals switch
        {
            0 => One,
            1 => 1_000,
            2 => 100,
            _ => 1,
        };
        scaled = negative ? -scaled : scaled;
        return at == text.Length;
    }
}
