using System.Text;

namespace RetentionFuncs.Reports.TextReports;

/// <summary>Text measured in terminal cells: Chinese characters and full-width marks take two.</summary>
internal static class TextColumns
{
    public static int Width(string text) => text.EnumerateRunes().Sum(CellsOf);

    public static string PadRight(string text, int cells) => text + new string(' ', Math.Max(0, cells - Width(text)));

    public static string PadLeft(string text, int cells) => new string(' ', Math.Max(0, cells - Width(text))) + text;

    /// <summary>Left and right text on one line of that width, at least one space between.</summary>
    public static string Sides(string left, string right, int cells) =>
        left + new string(' ', Math.Max(1, cells - Width(left) - Width(right))) + right;

    /// <summary>Breaks at spaces, and before or after any wide character save closing marks; a longer word stands alone.</summary>
    public static IEnumerable<string> Wrap(string text, int cells)
    {
        var (line, width) = (new StringBuilder(), 0);
        foreach (var piece in Pieces(text))
        {
            var size = Width(piece.TrimEnd());
            if (width > 0 && width + size > cells)
            {
                yield return line.ToString().TrimEnd();
                line.Clear();
                width = 0;
            }

            line.Append(piece);
            width += Width(piece);
        }

        if (line.Length > 0)
        {
            yield return line.ToString().TrimEnd();
        }
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var piece = new StringBuilder();
        var runes = text.EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            piece.Append(runes[i]);
            var ends = i + 1 == runes.Length || runes[i].Value == ' ' || Parts(runes[i], runes[i + 1]);
            if (ends)
            {
                yield return piece.ToString();
                piece.Clear();
            }
        }
    }

    private static bool Parts(Rune before, Rune after) =>
        (CellsOf(before) == 2 || CellsOf(after) == 2) && !IsClosing(after) && !IsOpening(before);

    private static bool IsClosing(Rune rune) => "，。；：、）”》！？％, .;:)%".Contains((char)Math.Min(rune.Value, char.MaxValue));

    private static bool IsOpening(Rune rune) => "（“《(".Contains((char)Math.Min(rune.Value, char.MaxValue));

    // East Asian Wide and Fullwidth, as far as reports use them (Unicode UAX #11); quotation marks are wide beside Chinese in most terminals' narrow setting, so counted narrow.
    private static int CellsOf(Rune rune) =>
        rune.Value switch
        {
            >= 0x1100 and <= 0x115F => 2,
            >= 0x2E80 and <= 0xA4CF => 2,
            >= 0xAC00 and <= 0xD7A3 => 2,
            >= 0xF900 and <= 0xFAFF => 2,
            >= 0xFE30 and <= 0xFE6F => 2,
            >= 0xFF00 and <= 0xFF60 => 2,
            >= 0xFFE0 and <= 0xFFE6 => 2,
            >= 0x1F300 and <= 0x1FAFF => 2,
            >= 0x20000 and <= 0x3FFFD => 2,
            _ => 1,
        };
}
