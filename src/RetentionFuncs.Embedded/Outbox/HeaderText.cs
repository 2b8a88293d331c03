using System.Text;

namespace RetentionFuncs.Embedded.Outbox;

/// <summary>Writes header lines: RFC 5322 folding, RFC 2047 encoded words. A line break in a value can never start a new header.</summary>
internal static class HeaderText
{
    private const int LineLength = 76;

    /// <summary>"=?utf-8?B?" and "?=".</summary>
    private const int WordFrame = 12;

    /// <summary>Base64 of 45 bytes in its frame has 72 of the 75 characters that RFC 2047 allows a word.</summary>
    private const int BytesPerWord = 45;

    /// <summary>Free text, such as a subject: plain when it is printable ASCII, else in encoded words.</summary>
    public static string Free(string name, string value) =>
        Line(name, IsPlain(value) ? value.Split(' ') : EncodedWords(value, name.Length));

    /// <summary>One address with its display name.</summary>
    public static string Address(string name, string? display, string address) =>
        Line(
            name,
            string.IsNullOrEmpty(display) ? [address]
                : IsPlain(display) ? [.. Quoted(display).Split(' '), $"<{address}>"]
                : [.. EncodedWords(display, name.Length), $"<{address}>"]
        );

    /// <summary>A value with a syntax of its own, such as an address in angle brackets; folded only at its spaces.</summary>
    public static string Structured(string name, string value) => Line(name, value.Split(' '));

    private static string Line(string name, IReadOnlyList<string> pieces)
    {
        // A name is ours; one that is not has no room for a second header either.
        var line = new StringBuilder(string.Concat(name.Where(c => char.IsAsciiLetterOrDigit(c) || c == '-'))).Append(':');
        var column = line.Length;
        foreach (var piece in pieces.Select(Printable))
        {
            var folds = column > name.Length + 1 && column + 1 + piece.Length > LineLength;
            _ = line.Append(folds ? "\r\n " : " ").Append(piece);
            column = folds ? 1 + piece.Length : column + 1 + piece.Length;
        }

        return line.Append("\r\n").ToString();
    }

    /// <summary>The last guard, for values that no contract looked at.</summary>
    private static string Printable(string piece) =>
        piece.All(c => c is >= ' ' and <= '~') ? piece : string.Concat(piece.Select(c => c is >= ' ' and <= '~' ? c : '?'));

    /// <summary>Whether it survives as it stands: no encoded-word look-alike, no space that folding would lose, no word too long for a line.</summary>
    private static bool IsPlain(string value) =>
        value.All(c => c is >= ' ' and <= '~')
        && !value.Contains("=?", StringComparison.Ordinal)
        && value.Split(' ').All(w => w.Length is > 0 and < 200);

    private static string Quoted(string display) =>
        display.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' or '_' or '\'' or '!')
            ? display
            : "\"" + display.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    /// <summary>Whole characters only in each word, since a reader decodes each on its own; the first is shorter by the header's name.</summary>
    private static List<string> EncodedWords(string value, int nameLength)
    {
        var words = new List<string>();
        var bytes = new List<byte>(BytesPerWord);
        var room = Math.Min(BytesPerWord, (LineLength - nameLength - 2 - WordFrame) / 4 * 3);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var written = rune.EncodeToUtf8(utf8);
            if (bytes.Count + written > room)
            {
                words.Add(Encoded(bytes));
                bytes.Clear();
                room = BytesPerWord;
            }

            bytes.AddRange(utf8[..written]);
        }

        words.Add(Encoded(bytes));
        return words;
    }

    private static string Encoded(List<byte> bytes) => $"=?utf-8?B?{Convert.ToBase64String([.. bytes])}?=";
}
