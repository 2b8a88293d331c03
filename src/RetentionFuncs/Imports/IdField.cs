using System.Text;

namespace RetentionFuncs.Imports;

/// <summary>
/// Reads ids of the shop: kept as text, so that <c>007</c> and <c>7</c> differ; white space, no-break and zero-width characters around
/// them are taken off; compared as NFC. At most 512 characters.
/// </summary>
internal static class IdField
{
    public const int MaxLength = 512;

    public static bool TryRead(ReadOnlySpan<char> text, out string id, out Wording problem)
    {
        id = "";
        var trimmed = TrimAll(text);
        if (trimmed.IsEmpty)
        {
            problem = new("is empty", "为空");
        }
        else if (trimmed.Length > MaxLength)
        {
            problem = new($"has more than {MaxLength} characters", $"超过 {MaxLength} 个字符");
        }
        else if (HasControl(trimmed))
        {
            problem = new("has a line break or control character in it", "含有换行或控制字符");
        }
        else
        {
            (id, problem) = (trimmed.ToString(), default);
            id = Ascii.IsValid(trimmed) || id.IsNormalized() ? id : id.Normalize();
        }

        return id.Length > 0;
    }

    /// <summary>Whether it has the shape a spreadsheet gives to long numbers: <c>1E+05</c>, <c>1.23457E+11</c>.</summary>
    public static bool LooksBent(ReadOnlySpan<char> id)
    {
        var e = id.IndexOfAny('E', 'e');
        return e > 0
            && e + 2 < id.Length
            && id[e + 1] == '+'
            && !id[(e + 2)..].ContainsAnyExceptInRange('0', '9')
            && !id[..e].ContainsAnyExcept("0123456789.,");
    }

    /// <summary>Takes white space, no-break and zero-width characters off both ends.</summary>
    public static ReadOnlySpan<char> TrimAll(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && IsSpace(text[0]))
        {
            text = text[1..];
        }

        while (!text.IsEmpty && IsSpace(text[^1]))
        {
            text = text[..^1];
        }

        return text;
    }

    private static bool IsSpace(char c) => char.IsWhiteSpace(c) || c is '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\uFEFF';

    private static bool HasControl(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return true;
            }
        }

        return false;
    }
}
