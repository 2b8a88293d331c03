using System.Globalization;
using System.Text;

namespace RetentionFuncs.Messages;

/// <summary>Makes text that others typed harmless in a message: one line, no control or direction characters, a bounded length.</summary>
public static class SafeText
{
    /// <summary>Longest name shown, in characters as a reader counts them.</summary>
    public const int NameLength = 50;

    /// <summary>More marks on one base letter than any living script stacks are dropped.</summary>
    private const int MarksPerLetter = 4;

    private static readonly HashSet<string> Placeholders = new(StringComparer.Ordinal)
    {
        "null",
        "NULL",
        "(null)",
        "nil",
        "NaN",
        "N/A",
        "n/a",
        "undefined",
        "unknown",
        "Unknown",
        "UNKNOWN",
        "#REF!",
        "#N/A",
        "#NAME?",
        "#VALUE!",
        "#NULL!",
        "#NUM!",
        "#DIV/0!",
        "无",
        "未知",
        "匿名",
    };

    /// <summary>
    /// The name as it may be shown, or null when there is none worth showing: empty, a spreadsheet's word for empty, without any
    /// letter, or with a link or template braces in it (both are how strangers smuggle text into other people's mail).
    /// </summary>
    public static string? Name(string? given)
    {
        var text = OneLine(given).Trim(' ', ',', ';', ':', '，', '；', '：', '、');
        if (text.Length == 0 || Placeholders.Contains(text) || Smuggles(text) || !text.EnumerateRunes().Any(IsShown))
        {
            return null;
        }

        return Isolated(Capped(text, NameLength));
    }

    /// <summary>White space collapsed to single spaces, control, format, private and unassigned characters removed, NFC.</summary>
    public static string OneLine(string? given)
    {
        var text = new StringBuilder();
        var marks = 0;
        foreach (var rune in (given ?? "").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (Rune.IsWhiteSpace(rune))
            {
                _ = text.Length > 0 && text[^1] != ' ' ? text.Append(' ') : text;
            }
            else if (IsKept(rune, category) && marks <= MarksPerLetter)
            {
                _ = text.Append(rune);
            }
        }

        return text.ToString().Trim().Normalize(NormalizationForm.FormC);
    }

    /// <summary>At most so many grapheme clusters; what is cut is marked with an ellipsis.</summary>
    public static string Capped(string text, int graphemes)
    {
        if (text.Length <= graphemes)
        {
            return text;
        }

        var starts = StringInfo.ParseCombiningCharacters(text);
        return starts.Length <= graphemes ? text : text[..starts[graphemes - 1]].TrimEnd() + "…";
    }

    /// <summary>Text with right-to-left letters is wrapped in first-strong isolates, so that it cannot reorder what surrounds it.</summary>
    private static string Isolated(string text) => text.EnumerateRunes().Any(IsRightToLeft) ? $"\u2068{text}\u2069" : text;

    private static bool Smuggles(string text) =>
        text.Contains("{{", StringComparison.Ordinal)
        || text.Contains("}}", StringComparison.Ordinal)
        || text.Contains("://", StringComparison.Ordinal)
        || text.Contains("www.", StringComparison.OrdinalIgnoreCase)
        || text.Contains('@', StringComparison.Ordinal);

    private static bool IsShown(Rune rune) => Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol;

    /// <summary>The two joiners are kept: Persian, Indic scripts and emoji need them.</summary>
    private static bool IsKept(Rune rune, UnicodeCategory category) =>
        rune.Value is 0x200C or 0x200D
        || category
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.Surrogate
            )
            && rune.Value != 0xFFFD;

    private static bool IsRightToLeft(Rune rune) =>
        rune.Value
            is (>= 0x0590 and <= 0x08FF)
                or (>= 0xFB1D and <= 0xFDFF)
                or (>= 0xFE70 and <= 0xFEFF)
                or (>= 0x10800 and <= 0x10FFF)
                or (>= 0x1E800 and <= 0x1EFFF);
}
