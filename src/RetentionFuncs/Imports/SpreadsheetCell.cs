namespace RetentionFuncs.Imports;

/// <summary>A field of a file that people open in a spreadsheet.</summary>
internal static class SpreadsheetCell
{
    /// <summary>Led by an apostrophe where a spreadsheet would take it for a formula, and quoted where needed.</summary>
    public static string Inert(string text, char delimiter) =>
        Quoted(text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0', ..] ? "'" + text : text, delimiter);

    /// <summary>As it is, quoted where it would not be read back as it is.</summary>
    public static string Quoted(string text, char delimiter) =>
        text.AsSpan().IndexOfAny([delimiter, '"', '\r', '\n']) < 0 && text.Trim().Length == text.Length
            ? text
            : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
