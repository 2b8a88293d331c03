using System.Globalization;

namespace RetentionFuncs.Imports;

/// <summary>What was noticed without refusing anything: one entry for each column and kind, with a count and the first place.</summary>
internal sealed class Notices
{
    private readonly Dictionary<(string Column, string Text), Entry> _entries = [];

    public void Add(string column, Wording text, long line, ReadOnlySpan<char> value)
    {
        if (_entries.TryGetValue((column, text.En), out var entry))
        {
            _entries[(column, text.En)] = entry with { Count = entry.Count + 1 };
            return;
        }

        _entries.Add((column, text.En), new Entry(text, 1, line, RejectedRow.Shorten(value)));
    }

    public IReadOnlyList<string> In(string language) => [.. _entries.Select(e => Say(e.Key.Column, e.Value).In(language))];

    private static Wording Say(string column, Entry entry)
    {
        var culture = CultureInfo.InvariantCulture;
        var head = column.Length == 0 ? "" : column + ": ";
        var headZh = column.Length == 0 ? "" : column + "：";
        var value = entry.Value.Length == 0 ? "" : $" '{entry.Value}'";
        var valueZh = entry.Value.Length == 0 ? "" : $"“{entry.Value}”";
        return entry.Line == 0
            ? new Wording(
                string.Create(culture, $"{head}{entry.Text.En} ({entry.Count})"),
                string.Create(culture, $"{headZh}{entry.Text.Zh}（{entry.Count}）")
            )
            : new Wording(
                string.Create(culture, $"{head}{entry.Text.En} ({entry.Count} rows, first on line {entry.Line}{value})"),
                string.Create(culture, $"{headZh}{entry.Text.Zh}（{entry.Count} 行，首见第 {entry.Line} 行{valueZh}）")
            );
    }

    private sealed record Entry(Wording Text, long Count, long Line, string Value);
}
