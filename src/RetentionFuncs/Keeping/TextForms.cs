using System.Text;

namespace RetentionFuncs.Keeping;

/// <summary>Bytes of unknown encoding as the texts they may be, to look for somebody in them.</summary>
public static class TextForms
{
    private static readonly Encoding Chinese = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;
    private static readonly char[] Edges = [',', ';', '\t', '|', '"', '\r', '\n'];

    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 1 && bytes[0] == 0xFF && bytes[1] == 0xFE)
        {
            return [Encoding.Unicode.GetString(bytes)];
        }

        if (bytes.Length > 1 && bytes[0] == 0xFE && bytes[1] == 0xFF)
        {
            return [Encoding.BigEndianUnicode.GetString(bytes)];
        }

        return System.Text.Ascii.IsValid(bytes)
            ? [Encoding.ASCII.GetString(bytes)]
            : [Encoding.UTF8.GetString(bytes), Chinese.GetString(bytes)];
    }

    /// <summary>The cells of a line as any of the usual delimiters would part it.</summary>
    public static IEnumerable<string> CellsOf(string line) => line.Split(Edges, StringSplitOptions.RemoveEmptyEntries).Append(line);
}
