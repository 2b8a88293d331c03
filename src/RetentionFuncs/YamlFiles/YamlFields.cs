using RetentionFuncs.Findings;

namespace RetentionFuncs.YamlFiles;

/// <summary>
/// Takes the values out of one map by name and says what is wrong with them. What was never asked for is unknown, and
/// <see cref="Done"/> says so.
/// </summary>
internal sealed class YamlFields(YamlMap map, FindingList findings)
{
    private readonly List<string> _known = [];

    public YamlMap Map => map;

    /// <summary>Whether the key is there, with or without a value.</summary>
    public bool Has(string key)
    {
        Know(key);
        return map.Find(key) is not null;
    }

    public YamlNode? Node(string key, bool required = false)
    {
        Know(key);
        var node = map.Find(key);
        if (node is null or YamlText { IsEmpty: true } && required)
        {
            var at = node ?? map;
            findings.Error(
                at.Line,
                at.Column,
                node is null
                    ? new Phrase($"'{key}' is missing.", $"缺少“{key}”。")
                    : new Phrase($"'{key}' has no value.", $"“{key}”没有填写。")
            );
        }

        return node is YamlText { IsEmpty: true } ? null : node;
    }

    public YamlMap? Fields(string key, bool required = false) =>
        As<YamlMap>(key, required, new Phrase("'name: value' lines below it", "下一级的“键: 值”"));

    public YamlList? List(string key, bool required = false) =>
        As<YamlList>(key, required, new Phrase("a list below it, each line with a dash", "一个列表，每项以短横线开头"));

    public YamlText? Text(string key, bool required = false) => As<YamlText>(key, required, new Phrase("one text", "一段文字"));

    /// <summary>The value as <paramref name="read"/> understands it; null when it is missing or was refused.</summary>
    public T? Value<T>(string key, YamlScalar<T> read, bool required = false)
        where T : struct => Text(key, required) is { } text ? Value(key, text, read) : null;

    public T? Value<T>(string key, YamlText text, YamlScalar<T> read)
        where T : struct
    {
        var value = read.TryRead(text.Value.Trim());
        if (value is null)
        {
            Wrong(key, text, read.Expected);
        }

        return value;
    }

    /// <summary>One of a closed list of words.</summary>
    public T? Choice<T>(string key, IReadOnlyList<KeyValuePair<string, T>> words, bool required = false)
        where T : struct
    {
        if (Text(key, required) is not { } text)
        {
            return null;
        }

        foreach (var (word, value) in words)
        {
            if (string.Equals(word, text.Value, StringComparison.Ordinal))
            {
                return value;
            }
        }

        findings.Error(text.Line, text.Column, CannotBe(key, text), NearestName.Hint(text.Value, [.. words.Select(w => w.Key)]));
        return null;
    }

    public void Wrong(string key, YamlText text, Phrase expected) =>
        findings.Error(text.Line, text.Column, CannotBe(key, text), new Phrase($"Write {expected.En}.", $"请写{expected.Zh}。"));

    /// <summary>Every key that nobody asked for is an error with the nearest known one.</summary>
    public void Done()
    {
        foreach (var (key, _) in map.Entries)
        {
            if (!_known.Contains(key.Value))
            {
                findings.Error(
                    key.Line,
                    key.Column,
                    new Phrase($"The key '{Short(key.Value)}' is not known here.", $"这里没有“{Short(key.Value)}”这个键。"),
                    NearestName.Hint(key.Value, _known)
                );
            }
        }
    }

    private T? As<T>(string key, bool required, Phrase expected)
        where T : YamlNode
    {
        var node = Node(key, required);
        if (node is not null and not T)
        {
            findings.Error(
                node.Line,
                node.Column,
                new Phrase($"'{key}' has the wrong shape.", $"“{key}”的写法不对。"),
                new Phrase($"It needs {expected.En}.", $"它需要{expected.Zh}。")
            );
        }

        return node as T;
    }

    private static Phrase CannotBe(string key, YamlText text) =>
        new($"'{key}' cannot be '{Short(text.Value)}'.", $"“{key}”不能是“{Short(text.Value)}”。");

    private static string Short(string text) => text.Length <= 60 ? text : text[..57] + "...";

    private void Know(string key)
    {
        if (!_known.Contains(key))
        {
            _known.Add(key);
        }
    }
}
