namespace RetentionFuncs.YamlFiles;

/// <summary>A piece of a YAML file that knows where it stands; both counted from 1.</summary>
internal abstract class YamlNode(int line, int column)
{
    public int Line => line;

    public int Column => column;
}

internal sealed class YamlMap(int line, int column, IReadOnlyList<KeyValuePair<YamlText, YamlNode>> entries) : YamlNode(line, column)
{
    public IReadOnlyList<KeyValuePair<YamlText, YamlNode>> Entries => entries;

    public YamlNode? Find(string key) => entries.FirstOrDefault(e => string.Equals(e.Key.Value, key, StringComparison.Ordinal)).Value;
}

internal sealed class YamlList(int line, int column, IReadOnlyList<YamlNode> items) : YamlNode(line, column)
{
    public IReadOnlyList<YamlNode> Items => items;
}

/// <param name="lines">The source, so that a place inside the text can be found again.</param>
internal sealed class YamlText(int line, int column, string value, bool isPlain, bool isLiteral, IReadOnlyList<string> lines)
    : YamlNode(line, column)
{
    public string Value => value;

    /// <summary>Nothing was written after the colon.</summary>
    public bool IsEmpty => isPlain && value is "" or "~" or "null";

    /// <summary>Line and column of a character of the value; of the value's beginning where folding or escapes hide the place.</summary>
    public (int Line, int Column) PlaceOf(int offset)
    {
        var before = value.AsSpan(0, Math.Clamp(offset, 0, value.Length));
        var row = isLiteral ? before.Count('\n') : 0;
        var start = isLiteral ? before.LastIndexOf('\n') + 1 : 0;
        var end = value.IndexOf('\n', start);
        var part = end < 0 ? value[start..] : value[start..end];
        var at = Line + (isLiteral ? 1 + row : 0);
        var found =
            at <= lines.Count
                ? lines[at - 1].IndexOf(part, isLiteral ? 0 : Math.Min(Column - 1, lines[at - 1].Length), StringComparison.Ordinal)
                : -1;
        return found < 0 || part.Length == 0 ? (Line, Column) : (at, found + 1 + offset - start);
    }
}
