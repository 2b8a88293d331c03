namespace RetentionFuncs.Imports;

/// <summary>Which mark stands before the cents.</summary>
public enum DecimalMark
{
    Point,
    Comma,
}

public static class DecimalMarks
{
    private static readonly string[] WithPoint =
    [
        "en",
        "zh",
        "ja",
        "ko",
        "th",
        "he",
        "hi",
        "ms",
        "de-ch",
        "de-li",
        "it-ch",
        "es-mx",
        "es-us",
        "point",
    ];

    private static readonly string[] WithComma =
    [
        "de",
        "fr",
        "es",
        "it",
        "nl",
        "pt",
        "ru",
        "uk",
        "pl",
        "cs",
        "sk",
        "sl",
        "hr",
        "hu",
        "ro",
        "bg",
        "el",
        "tr",
        "sv",
        "da",
        "nb",
        "nn",
        "no",
        "fi",
        "et",
        "lv",
        "lt",
        "is",
        "id",
        "vi",
        "af",
        "ca",
        "en-za",
        "comma",
    ];

    /// <summary>The mark of a culture such as <c>en</c>, <c>de</c>, <c>fr-FR</c>, from a table of our own: hosts without culture data would answer wrongly.</summary>
    public static bool TryOf(string culture, out DecimalMark mark)
    {
        var name = culture.Trim().Replace('_', '-').ToLowerInvariant();
        foreach (var tried in (ReadOnlySpan<string>)[name, name.Split('-')[0]])
        {
            mark = WithComma.Contains(tried) ? DecimalMark.Comma : DecimalMark.Point;
            if (mark == DecimalMark.Comma || WithPoint.Contains(tried))
            {
                return true;
            }
        }

        mark = default;
        return false;
    }
}
