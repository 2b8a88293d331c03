using System.Text.RegularExpressions;

namespace RetentionFuncs.Findings;

/// <summary>The shape of a locale: language, then optional script and region, as in <c>en</c>, <c>zh-CN</c>, <c>zh-Hant-TW</c>.</summary>
public static partial class LocaleNames
{
    public static Phrase Hint { get; } = new("Write a locale such as en, de-AT or zh-CN.", "请写语言代码，例如 en、de-AT 或 zh-CN。");

    /// <param name="locale">In its usual case: language lower, script with a capital, region upper.</param>
    public static bool TryRead(string text, out string locale)
    {
        var match = Shape().Match(text);
        locale = match.Success
            ? match.Groups[1].Value.ToLowerInvariant()
                + Tail(match.Groups[2].Value, Title)
                + Tail(match.Groups[3].Value, s => s.ToUpperInvariant())
            : "";
        return match.Success;
    }

    private static string Tail(string part, Func<string, string> inCase) => part.Length == 0 ? "" : "-" + inCase(part);

    private static string Title(string script) => char.ToUpperInvariant(script[0]) + script[1..].ToLowerInvariant();

    [GeneratedRegex(@"\A([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|[0-9]{3}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
