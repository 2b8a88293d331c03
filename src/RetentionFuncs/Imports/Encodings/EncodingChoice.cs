using System.Text;
using System.Text.Unicode;

namespace RetentionFuncs.Imports.Encodings;

/// <summary>Which encoding a file is read in: its mark's, the declared one, UTF-8, or GB18030 where that is certain.</summary>
internal static class EncodingChoice
{
    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Gb18030Mark => [0x84, 0x31, 0x95, 0x33];

    /// <param name="head">The first block.</param>
    /// <param name="isWhole">Whether that is the whole file.</param>
    /// <param name="isKnown">Whether these headers are ones that we know in Chinese; null: nothing is detected.</param>
    /// <param name="source">Null for UTF-8.</param>
    /// <param name="mark">Bytes before the text.</param>
    public static bool TryFind(
        ReadOnlySpan<byte> head,
        bool isWhole,
        FileEncoding? declared,
        Func<IReadOnlyList<string>, bool>? isKnown,
        out SourceEncoding? source,
        out int mark,
        out Wording problem
    )
    {
        problem = default;
        if (ByMark(head, out source, out mark) is { } marked)
        {
            problem = declared is { } said && said != marked ? Disagrees(said, marked) : default;
            return problem == default;
        }

        var header = CsvDialect.FirstLine(head, out _);
        source = declared switch
        {
            FileEncoding.Gb18030 => SourceEncoding.Gb18030,
            FileEncoding.Windows1252 => SourceEncoding.Windows1252,
            FileEncoding.ShiftJis => SourceEncoding.ShiftJis,
            FileEncoding.Utf16 => ByteOrder(head),
            null when !header.Contains((byte)0) && !Utf8.IsValid(header) && IsGb18030(head, isWhole, header, isKnown) =>
                SourceEncoding.Gb18030,
            _ => null,
        };
        problem =
            source is not null ? default
            : declared == FileEncoding.Utf16 || header.Contains((byte)0) ? UnmarkedUtf16
            : Utf8.IsValid(header) ? default
            : declared == FileEncoding.Utf8 ? NotUtf8
            : Unknown;
        return problem == default;
    }

    private static FileEncoding? ByMark(ReadOnlySpan<byte> head, out SourceEncoding? source, out int mark)
    {
        var isLittle = head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]);
        var isBig = head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]);
        var isGb = head.StartsWith(Gb18030Mark);
        mark =
            isLittle || isBig ? 2
            : isGb ? 4
            : 0;
        source =
            isLittle ? SourceEncoding.Utf16LittleEndian
            : isBig ? SourceEncoding.Utf16BigEndian
            : isGb ? SourceEncoding.Gb18030
            : null;
        return isLittle || isBig ? FileEncoding.Utf16
            : isGb ? FileEncoding.Gb18030
            : head.StartsWith(Utf8Mark) ? FileEncoding.Utf8
            : null;
    }

    /// <summary>Delimiters and line ends are ASCII: their zero bytes come second in little endian, first in big endian.</summary>
    private static SourceEncoding? ByteOrder(ReadOnlySpan<byte> head)
    {
        var (first, second) = (0, 0);
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            first += head[i] == 0 ? 1 : 0;
            second += head[i + 1] == 0 ? 1 : 0;
        }

        return second > 2 * first ? SourceEncoding.Utf16LittleEndian
            : first > 2 * second ? SourceEncoding.Utf16BigEndian
            : null;
    }

    /// <summary>Certain when every byte of the block is sound GB18030 and the header, so read, is made of column names we know.</summary>
    private static bool IsGb18030(
        ReadOnlySpan<byte> head,
        bool isWhole,
        ReadOnlySpan<byte> header,
        Func<IReadOnlyList<string>, bool>? isKnown
    )
    {
        var rest = head[SourceEncoding.Gb18030.ValidRun(head)..];
        if (!rest.IsEmpty && (isWhole || CharLengths.Gb18030(rest) != CharLengths.Incomplete))
        {
            return false;
        }

        var text = Encoding.UTF8.GetBytes(SourceEncoding.Gb18030.Text.GetString(header));
        var row = new CsvRow(CsvDialect.MostFrequent(text));
        _ = row.Scan(text, 0, text.Length, final: true);
        return isKnown?.Invoke([.. Enumerable.Range(0, Math.Min(row.FieldCount, CsvReader.MaxColumns)).Select(i => row.Text(i).ToString())])
            == true;
    }

    private static Wording Disagrees(FileEncoding said, FileEncoding marked) =>
        new(
            $"was declared as {FileEncodings.NameOf(said)}, but its first bytes mark it as {FileEncodings.NameOf(marked)}",
            $"声明的编码是 {FileEncodings.NameOf(said)}，但文件开头的标记是 {FileEncodings.NameOf(marked)}"
        );

    private static Wording UnmarkedUtf16 { get; } =
        new(
            "has NUL bytes in its first line, as UTF-16 without a mark has; declare --encoding utf-16, or save it as CSV (UTF-8)",
            "第一行含有 NUL 字节，很像不带标记的 UTF-16；请用 --encoding utf-16 声明，或另存为 CSV（UTF-8）"
        );

    private static Wording NotUtf8 { get; } =
        new("was declared as utf-8, but its first line is not UTF-8", "声明的编码是 utf-8，但第一行不是 UTF-8");

    private static Wording Unknown { get; } =
        new(
            "has a first line that is not UTF-8; say what it is: --encoding gb18030 (Chinese), windows-1252 (Western European) or shift_jis "
                + "(Japanese), or save it as CSV (UTF-8)",
            "第一行不是 UTF-8，列名也认不出来，无法确定编码；中文文件请加 --encoding gb18030（GBK 同此），或另存为 CSV（UTF-8）"
        );
}
