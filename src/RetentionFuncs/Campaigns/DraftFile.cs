using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Campaigns;

/// <summary>One file of a campaign folder, opened: its key, its top map and what is wrong with it.</summary>
internal sealed record DraftFile(string Key, YamlFields Fields, FindingList Findings)
{
    /// <summary>Opens the file and checks its schema; null when nothing in it can be trusted.</summary>
    public static DraftFile? Open(string key, string text, FindingList findings)
    {
        if (YamlTree.Read(text, findings) is not { } map)
        {
            return null;
        }

        var fields = new YamlFields(map, findings);
        return HasKnownSchema(fields, findings, required: true) ? new DraftFile(key, fields, findings) : null;
    }

    /// <summary>Refuses a file made for a newer version before looking at anything else in it.</summary>
    public static bool HasKnownSchema(YamlFields fields, FindingList findings, bool required)
    {
        if (!required && !fields.Has("schema"))
        {
            return true;
        }

        if (fields.Value("schema", YamlScalars.Whole(1, int.MaxValue), required: true) is not { } schema)
        {
            if (!fields.Has("schema"))
            {
                findings.Error(
                    1,
                    1,
                    new Phrase("The file does not say its schema.", "文件没有写 schema。"),
                    new Phrase("Begin it with: schema: 1", "请在开头写：schema: 1")
                );
            }

            return false;
        }

        if (schema <= CampaignWords.Schema)
        {
            return true;
        }

        var at = fields.Node("schema")!;
        findings.Error(
            at.Line,
            at.Column,
            new Phrase(
                $"Schema {schema} is newer than this program knows ({CampaignWords.Schema}); nothing of the file was read.",
                $"schema {schema} 比本程序支持的 {CampaignWords.Schema} 更新，文件没有读取。"
            ),
            new Phrase("Update RetentionFuncs.", "请升级 RetentionFuncs。")
        );
        return false;
    }

    /// <summary>Texts by locale, e.g. <c>title: {en: …, zh-CN: …}</c>, trimmed; keys in their usual case.</summary>
    public IReadOnlyDictionary<string, string> ByLocale(string key)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (Fields.Fields(key, required: true) is not { } map)
        {
            return texts;
        }

        foreach (var (locale, node) in Locales(map))
        {
            if (
                node is YamlText { IsEmpty: false } text
                && TemplateTexts.Clean(text.Value) is { Length: > 0 } clean
                && !clean.Contains('\n')
            )
            {
                texts[locale] = clean;
                continue;
            }

            Findings.Error(
                node.Line,
                node.Column,
                new Phrase($"'{key}' for {locale} must be one line of text.", $"“{key}”的 {locale} 应该是一行文字。")
            );
        }

        return texts;
    }

    /// <summary>The entries of a map whose keys are locales; other keys become findings, and so does an empty map.</summary>
    public IEnumerable<(string Locale, YamlNode Node)> Locales(YamlMap map)
    {
        if (map.Entries.Count == 0)
        {
            Findings.Error(map.Line, map.Column, new Phrase("At least one locale is needed.", "至少需要一种语言。"), LocaleNames.Hint);
        }

        foreach (var (name, node) in map.Entries)
        {
            if (LocaleNames.TryRead(name.Value, out var locale))
            {
                yield return (locale, node);
            }
            else
            {
                Findings.Error(
                    name.Line,
                    name.Column,
                    new Phrase($"'{name.Value}' is not a locale.", $"“{name.Value}”不是语言代码。"),
                    LocaleNames.Hint
                );
            }
        }
    }

    /// <summary>A key or id; null with a finding when it is missing or has another shape.</summary>
    public string? KeyIn(YamlFields fields, string name, bool required = true)
    {
        if (fields.Text(name, required) is not { } text)
        {
            return null;
        }

        if (CampaignKeys.IsKey(text.Value))
        {
            return text.Value;
        }

        Findings.Error(
            text.Line,
            text.Column,
            new Phrase($"'{name}' cannot be '{text.Value}'.", $"“{name}”不能是“{text.Value}”。"),
            CampaignKeys.Hint
        );
        return null;
    }
}
