namespace RetentionFuncs.Imports;

/// <summary>The ways exports keep a spreadsheet from taking an id for a number: <c>="0012"</c>, and an apostrophe in front.</summary>
internal static class ExcelText
{
    /// <param name="text">Without outer spaces.</param>
    /// <param name="apostrophes">Whether this kind of file is known to write the apostrophe; elsewhere it may be part of an id.</param>
    public static ReadOnlySpan<char> Unwrap(ReadOnlySpan<char> text, bool apostrophes)
    {
        if (text.IsEmpty || text[0] is not ('=' or '\''))
        {
            return text;
        }

        return text.Length >= 3 && text[0] == '=' && text[1] == '"' && text[^1] == '"' ? Unwrap(IdField.TrimAll(text[2..^1]), apostrophes)
            : apostrophes && text[0] == '\'' ? IdField.TrimAll(text[1..])
            : text;
    }
}
