using System.Globalization;
using System.Text;

namespace RetentionFuncs.Imports;

/// <summary>Names, titles and other free text: inert, whatever it holds; cleaned of what would break a line or a reader's eyes.</summary>
internal static class TextField
{
    /// <summary>Longest text kept, in characters as a reader sees them (text elements); the rest is cut off.</summary>
    public const int MaxElements = 200;

    /// <summary>Most combining marks kept on one base character.</summary>
    public const int MaxMarks = 8;

    private static readonly string[] Placeholders =
    [
        "null",
        "n/a",
        "#n/a",
        "#ref!",
        "#value!",
        "#name?",
        "#null!",
        "nan",
        "undefined",
        "(null)",
        "\\N",
        "0000-00-00",
        "0000-00-00 00:00:00",
    ];

    /// <summary>Whether the text is what programs write for nothing.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> text)
    {
        foreach (var placeholder in Placeholders)
        {
            if (text.Equals(placeholder, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The cleaned text; empty when nothing is left. Line breaks and tabs become spaces, other controls and bidi marks go.</summary>
    public static string Clean(ReadOnlySpan<char> text, out bool wasCut)
    {
        wasCut = false;
        text = IdField.TrimAll(text);
        if (text.Length <= MaxElements && Ascii.IsValid(text) && !text.ContainsAnyInRange('\0', '\u001F') && !text.Contains('\u007F'))
        {
            return text.ToString();
        }

        var kept = new StringBuilder(Math.Min(text.Length, 1024));
        var marks = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            marks = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks + 1 : 0;
            if (rune.Value is '\r' or '\n' or '\t' or 0x2028 or 0x2029)
            {
                kept.Append(' ');
            }
            else if (category != UnicodeCategory.Control && !IsBidi(rune.Value) && marks <= MaxMarks)
            {
                kept.Append(rune.ToString());
            }
        }

        return Cut(kept.ToString().Trim(), out wasCut);
    }

    private static bool IsBidi(int c) =>
        c is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0xFEFF;

    private static string Cut(string text, out bool wasCut)
    {
        wasCut = false;
        if (text.Length <= MaxElements)
        {
            return text;
        }

        var (at, elements) = (0, 0);
        for (; at < text.Length && elements < MaxElements; elements++)
        {
            at += StringInfo.GetNextTextElementLength(text, at);
        }

        wasCut = at < text.Length;
        return text[..at];
    }
}
