namespace RetentionFuncs.Messages;

/// <summary>Which of a template's languages a contact gets. One locale is chosen for the whole message.</summary>
public static class MessageLocales
{
    /// <summary>The part before the first dash, lower case: <c>zh</c> for <c>zh-CN</c>.</summary>
    public static string LanguageOf(string locale) => locale.Split('-', '_')[0].ToLowerInvariant();

    /// <summary>
    /// The contact's locale exactly, else its language, else the business's the same way, else the template's first; null when the
    /// template has no language the layout speaks.
    /// </summary>
    public static string? Choose(IEnumerable<string> available, string? wanted, string business)
    {
        var spoken = available.Where(l => MessagePhrases.For(l) is not null).ToList();
        return Match(spoken, wanted) ?? Match(spoken, business) ?? spoken.FirstOrDefault();
    }

    /// <summary>The text for a locale from a table by locale: exact, else its language, else any; empty when the table is empty.</summary>
    public static string Pick(IReadOnlyDictionary<string, string> texts, string locale) =>
        Match([.. texts.Keys], locale) is { } found ? texts[found] : texts.Values.FirstOrDefault() ?? "";

    private static string? Match(List<string> available, string? wanted)
    {
        if (string.IsNullOrWhiteSpace(wanted))
        {
            return null;
        }

        var language = LanguageOf(wanted);
        return available.Find(l => Same(l, wanted))
            ?? available.Find(l => Same(l, language))
            ?? available.Find(l => Same(LanguageOf(l), language));
    }

    private static bool Same(string left, string right) =>
        string.Equals(left.Replace('_', '-'), right.Replace('_', '-'), StringComparison.OrdinalIgnoreCase);
}
