namespace RetentionFuncs.Imports.Encodings;

/// <summary>How many bytes the character takes that begins the span; <see cref="CharLengths.Incomplete"/> or <see cref="CharLengths.Invalid"/>.</summary>
internal delegate int CharLength(ReadOnlySpan<byte> bytes);

/// <summary>The forms of characters, told strictly: what no table assigns is invalid, never guessed at.</summary>
internal static class CharLengths
{
    public const int Incomplete = 0;
    public const int Invalid = -1;

    /// <summary>GB 18030-2005, chapter 5: one, two or four bytes; four-byte codes only where they stand for a Unicode scalar.</summary>
    public static int Gb18030(ReadOnlySpan<byte> b)
    {
        if (b[0] < 0x80)
        {
            return 1;
        }

        if (b[0] is 0x80 or 0xFF)
        {
            return Invalid;
        }

        if (b.Length < 2)
        {
            return Incomplete;
        }

        return b[1] is >= 0x40 and <= 0x7E or >= 0x80 and <= 0xFE ? 2
            : b[1] is >= 0x30 and <= 0x39 ? FourBytes(b)
            : Invalid;
    }

    public static int ShiftJis(ReadOnlySpan<byte> b) =>
        b[0] is < 0x80 or >= 0xA1 and <= 0xDF ? 1
        : b[0] is not (>= 0x81 and <= 0x9F or >= 0xE0 and <= 0xFC) ? Invalid
        : b.Length < 2 ? Incomplete
        : b[1] is >= 0x40 and <= 0x7E or >= 0x80 and <= 0xFC ? 2
        : Invalid;

    /// <summary>Five codes are assigned to nothing.</summary>
    public static int Windows1252(ReadOnlySpan<byte> b) => b[0] is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D ? Invalid : 1;

    public static int Utf16LittleEndian(ReadOnlySpan<byte> b) => Utf16(b, 1, 0);

    public static int Utf16BigEndian(ReadOnlySpan<byte> b) => Utf16(b, 0, 1);

    private static int FourBytes(ReadOnlySpan<byte> b)
    {
        if (b.Length < 4)
        {
            return (b.Length < 3 || b[2] is >= 0x81 and <= 0xFE) ? Incomplete : Invalid;
        }

        if (b[2] is not (>= 0x81 and <= 0xFE) || b[3] is not (>= 0x30 and <= 0x39))
        {
            return Invalid;
        }

        var place = ((((((b[0] - 0x81) * 10) + (b[1] - 0x30)) * 126) + (b[2] - 0x81)) * 10) + (b[3] - 0x30);
        return place is < 39_418 or >= 189_000 and < 1_237_576 ? 4 : Invalid;
    }

    private static int Utf16(ReadOnlySpan<byte> b, int high, int low)
    {
        if (b.Length < 2)
        {
            return Incomplete;
        }

        if (b[high] is < 0xD8 or > 0xDF)
        {
            return b[high] == 0xFF && b[low] >= 0xFE ? Invalid : 2;
        }

        return b[high] >= 0xDC ? Invalid
            : b.Length < 4 ? Incomplete
            : b[2 + high] is >= 0xDC and <= 0xDF ? 4
            : Invalid;
    }
}
