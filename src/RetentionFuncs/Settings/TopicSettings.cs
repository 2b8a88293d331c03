using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Settings;

/// <summary>Reads <c>topics:</c>, a map of keys, each with its names by locale.</summary>
internal static class TopicSettings
{
    /// <summary>More boxes than anybody reads.</summary>
    private const int Most = 20;

    public static IReadOnlyList<Topic> Read(YamlFields fields, FindingList findings)
    {
        if (fields.Fields("topics") is not { } map)
        {
            return [];
        }

        var topics = new List<Topic>();
        foreach (var (key, node) in map.Entries)
        {
            if (!CampaignKeys.IsKey(key.Value))
            {
                findings.Error(
                    key.Line,
                    key.Column,
                    new Phrase($"A topic cannot be called '{key.Value}'.", $"话题的键不能是“{key.Value}”。"),
                    CampaignKeys.Hint
                );
            }
            else if (Names(key, node, findings) is { Count: > 0 } names)
            {
                topics.Add(new Topic(key.Value, names));
            }
        }

        if (topics.Count > Most)
        {
            findings.Error(map.Line, map.Column, new Phrase($"At most {Most} topics.", $"最多 {Most} 个话题。"));
        }

        return topics;
    }

    private static SortedDictionary<string, string> Names(YamlText key, YamlNode node, FindingList findings)
    {
        var names = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (node is not YamlMap map || map.Entries.Count == 0)
        {
            findings.Error(
                node.Line,
                node.Column,
                new Phrase($"The topic '{key.Value}' needs a name in each language.", $"话题“{key.Value}”要写各语言的名称。"),
                new Phrase("Write {en: News, zh-CN: 资讯}.", "例如 {en: News, zh-CN: 资讯}。")
            );
            return names;
        }

        foreach (var (name, value) in map.Entries)
        {
            if (!LocaleNames.TryRead(name.Value, out var locale))
            {
                findings.Error(
                    name.Line,
                    name.Column,
                    new Phrase($"'{name.Value}' is not a locale.", $"“{name.Value}”不是语言代码。"),
                    LocaleNames.Hint
                );
            }
            else if (
                value is not YamlText { IsEmpty: false } text
                || TemplateTexts.Clean(text.Value) is not { Length: > 0 and <= 60 } clean
            )
            {
                findings.Error(
                    value.Line,
                    value.Column,
                    new Phrase("A topic's name is one line of up to 60 characters.", "话题名称应为一行，不超过 60 个字符。")
                );
            }
            else
            {
                names[locale] = clean.ReplaceLineEndings(" ");
            }
        }

        return names;
    }
}
