namespace RetentionFuncs.Embedded.Keeping;

/// <summary>Cuts records out of a table or a file of lines, byte for byte, whatever its encoding; the rest stays as it was.</summary>
internal static class RecordCutting
{
    /// <param name="quoted">Whether a line end within double quotes belongs to the record, and the first record is a header.</param>
    /// <returns>What is left, and how many records were cut out.</returns>
    public static (byte[] Kept, int Cut) Without(byte[] bytes, bool quoted, Func<ReadOnlyMemory<byte>, bool> isToGo)
    {
        using var kept = new MemoryStream(bytes.Length);
        var cut = 0;
        foreach (var (from, to) in Records(bytes, quoted))
        {
            if (!(quoted && from == 0) && isToGo(bytes.AsMemory(from, to - from)))
            {
                cut++;
            }
            else
            {
                kept.Write(bytes, from, to - from);
            }
        }

        return (kept.ToArray(), cut);
    }

    /// <summary>Each with its line end; the end is excluded. Line ends and quotes are single bytes in every encoding that refused rows have.</summary>
    private static IEnumerable<(int From, int To)> Records(byte[] bytes, bool quoted)
    {
        var (from, inside) = (0, false);
        for (var i = 0; i < bytes.Length; i++)
        {
            inside ^= quoted && bytes[i] == (byte)'"';
            if (bytes[i] == (byte)'\n' && !inside)
            {
                yield return (from, i + 1);
                from = i + 1;
            }
        }

        if (from < bytes.Length)
        {
            yield return (from, bytes.Length);
        }
    }
}
