using System.Globalization;
using System.Text;

namespace RetentionFuncs.Storage;

/// <summary>Texts longer than one property holds, kept as <c>name0</c>, <c>name1</c> and so on.</summary>
public static class LongText
{
    /// <summary>UTF-16 units that fit into one row beside its names: 15 properties.</summary>
    public const int MostPerRow = 15 * Piece;

    private const int Piece = RowLimits.TextLength - 1;

    /// <exception cref="ArgumentException">Longer than <see cref="MostPerRow"/>.</exception>
    public static PropertyBag SetLong(this PropertyBag bag, string name, string text)
    {
        var pieces = Cut(text, Piece).ToList();
        if (pieces.Count > MostPerRow / Piece)
        {
            throw new ArgumentException($"'{name}' has {text.Length} characters; a row holds {MostPerRow}.", nameof(text));
        }

        for (var i = 0; i < pieces.Count; i++)
        {
            bag.Set(name + i.ToString(CultureInfo.InvariantCulture), pieces[i]);
        }

        return bag;
    }

    /// <summary>The text, empty when none is kept.</summary>
    public static string LongTextOf(this PropertyBag bag, string name)
    {
        var text = new StringBuilder();
        for (var i = 0; bag.TextOrNull(name + i.ToString(CultureInfo.InvariantCulture)) is { } piece; i++)
        {
            text.Append(piece);
        }

        return text.ToString();
    }

    /// <summary>Pieces of at most <paramref name="length"/> units; a surrogate pair is not parted.</summary>
    public static IEnumerable<string> Cut(string text, int length)
    {
        for (var start = 0; start < text.Length; )
        {
            var end = Math.Min(start + length, text.Length);
            end -= end < text.Length && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
            yield return text[start..end];
            start = end;
        }
    }
}
