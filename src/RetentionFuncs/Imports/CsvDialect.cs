namespace RetentionFuncs.Imports;

/// <summary>How a file is written, seen from its first block.</summary>
/// <param name="Delimiter">One of <c>, ; tab |</c>.</param>
/// <param name="HasBom">Whether it begins with a mark, or was read from another encoding: files made of its rows begin with the UTF-8 one.</param>
/// <param name="NewLine">The line end of its first line; LF when it has none.</param>
/// <param name="HeaderAt">Bytes before the header: the mark and a spreadsheet's <c>sep=</c> line.</param>
/// <param name="HeaderLine">The line the header stands on, from 1.</param>
public sealed record CsvDialect(char Delimiter, bool HasBom, string NewLine, int HeaderAt, int HeaderLine)
{
    private const string Delimiters = ",;\t|";

    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    private static readonly (byte[] Magic, Wording Problem)[] Foreign =
    [
        ([0xFF, 0xFE, 0, 0], Utf32()),
        ([0, 0, 0xFE, 0xFF], Utf32()),
        ([0x1F, 0x8B], new("is a gzip archive; unpack it and import the CSV file inside", "是 gzip 压缩包；请解压后导入里面的 CSV 文件")),
        (
            "PK\u0003\u0004"u8.ToArray(),
            new("is a zip archive or an Excel workbook; save it as CSV (UTF-8)", "是 zip 压缩包或 Excel 工作簿；请另存为 CSV（UTF-8）")
        ),
        ([0xD0, 0xCF, 0x11, 0xE0], new("is an old Excel workbook; save it as CSV (UTF-8)", "是旧版 Excel 工作簿；请另存为 CSV（UTF-8）")),
    ];

    /// <summary>Looks at the first block of a file that is, or has been made, UTF-8.</summary>
    /// <param name="head">Up to 64 KB; the whole file if it is shorter.</param>
    /// <param name="delimiter">The declared delimiter, or null to find it in the header.</param>
    /// <param name="problem">Why the file cannot be read.</param>
    public static bool TryDetect(ReadOnlySpan<byte> head, char? delimiter, out CsvDialect dialect, out Wording problem)
    {
        dialect = null!;
        if (delimiter is { } declared && !Delimiters.Contains(declared))
        {
            problem = new("cannot be parted by that delimiter; declare one of , ; tab |", "不支持这个分隔符；可用的有 , ; 制表符 |");
            return false;
        }

        problem = default;
        var hasBom = head.StartsWith(Bom);
        var at = hasBom ? Bom.Length : 0;
        var line = 1;
        var first = FirstLine(head[at..], out var newLine);
        if (first.Length == 5 && first.StartsWith("sep="u8) && Delimiters.Contains((char)first[4]))
        {
            delimiter ??= (char)first[4];
            at += 5 + newLine.Length;
            line = 2;
            first = FirstLine(head[at..], out _);
        }

        dialect = new CsvDialect(delimiter ?? MostFrequent(first), hasBom, newLine, at, line);
        return true;
    }

    /// <summary>Why this is no text at all; null when it may be.</summary>
    /// <param name="head">The file's first bytes, as they stand.</param>
    internal static Wording? Refusal(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || head.SequenceEqual(Bom))
        {
            return new("is empty; it needs a line of column names", "是空文件；至少要有一行列名");
        }

        foreach (var (magic, problem) in Foreign)
        {
            if (head.StartsWith(magic))
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>The header's delimiter is the candidate that occurs most in it outside quotes; a comma when none does.</summary>
    internal static char MostFrequent(ReadOnlySpan<byte> line)
    {
        var (best, most) = (',', 0);
        foreach (var candidate in Delimiters)
        {
            var (count, quoted) = (0, false);
            foreach (var b in line)
            {
                quoted ^= b == '"';
                count += b == candidate && !quoted ? 1 : 0;
            }

            (best, most) = count > most ? (candidate, count) : (best, most);
        }

        return best;
    }

    internal static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> text, out string newLine)
    {
        var (end, quoted) = (0, false);
        for (; end < text.Length && (quoted || text[end] is not ((byte)'\r' or (byte)'\n')); end++)
        {
            quoted ^= text[end] == '"';
        }

        var rest = text[end..];
        newLine =
            rest.StartsWith("\r\n"u8) ? "\r\n"
            : rest.StartsWith("\r"u8) ? "\r"
            : "\n";
        return text[..end];
    }

    private static Wording Utf32() => new("is UTF-32; save it as CSV (UTF-8)", "是 UTF-32 编码；请另存为 CSV（UTF-8）");
}
