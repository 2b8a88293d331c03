namespace RetentionFuncs.Imports;

internal static class CsvText
{
    /// <summary>CR, LF and CRLF each count one.</summary>
    public static int CountLineBreaks(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (text.IndexOfAny((byte)'\r', (byte)'\n') is var at and >= 0)
        {
            count++;
            text = text[(at + (text[at..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }

        return count;
    }

    /// <summary>Writes each doubled quote once.</summary>
    /// <returns>How many bytes were written.</returns>
    public static int Unquote(ReadOnlySpan<byte> quoted, Span<byte> plain)
    {
        var length = 0;
        for (var i = 0; i < quoted.Length; i++)
        {
            plain[length++] = quoted[i];
            i += quoted[i] == '"' ? 1 : 0;
        }

        return length;
    }
}
