namespace RetentionFuncs.Imports;

/// <summary>What a person has declared about the fields of one column.</summary>
/// <param name="Constant">What stands where the file has no such column, or the field is empty.</param>
/// <param name="Meanings">A word of the file to the word it is read as; compared as it stands, without case and outer spaces.</param>
internal sealed record ColumnWords(string? Constant, IReadOnlyDictionary<string, string>? Meanings)
{
    public static IReadOnlyDictionary<string, ColumnWords>? Of(ImportOptions options)
    {
        var columns = options.Constants.Keys.Union(options.Values.Keys, StringComparer.Ordinal).ToList();
        return columns.Count == 0
            ? null
            : columns.ToDictionary(
                c => c,
                c => new ColumnWords(
                    options.Constants.GetValueOrDefault(c),
                    options.Values.GetValueOrDefault(c) is { } v ? Folded(v) : null
                ),
                StringComparer.Ordinal
            );
    }

    /// <summary>The field as it is to be read.</summary>
    public ReadOnlySpan<char> Read(ReadOnlySpan<char> field) =>
        field.IsEmpty ? Constant
        : Meanings is not null && Meanings.TryGetValue(field.ToString(), out var meant) ? meant
        : field;

    private static Dictionary<string, string> Folded(IReadOnlyDictionary<string, string> values)
    {
        var folded = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (word, meant) in values)
        {
            folded[word.Trim()] = meant;
        }

        return folded;
    }
}
