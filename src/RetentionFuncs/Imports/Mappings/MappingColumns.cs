using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Imports.Mappings;

/// <summary>The parts of a mapping file that speak of columns by name.</summary>
/// <param name="names">The columns this kind of import can have; null: not known here, and the file's own header decides.</param>
internal sealed class MappingColumns(FindingList findings, IReadOnlyList<string>? names)
{
    /// <summary>Column to one text each.</summary>
    public IReadOnlyDictionary<string, string>? Texts(YamlMap? map) => map is null ? null : Pairs(map, areColumns: true);

    /// <summary>Column to the meanings of its words.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? Meanings(YamlMap? map)
    {
        if (map is null)
        {
            return null;
        }

        var read = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var (column, node) in map.Entries)
        {
            CheckName(column);
            if (node is YamlMap words)
            {
                read[column.Value] = Pairs(words, areColumns: false);
                continue;
            }

            findings.Error(
                node.Line,
                node.Column,
                new Phrase($"'{column.Value}' has the wrong shape.", $"“{column.Value}”的写法不对。"),
                new Phrase("Write 'word of the file: what it means' lines below it.", "请在下一级写“文件里的词: 含义”。")
            );
        }

        return read;
    }

    private Dictionary<string, string> Pairs(YamlMap map, bool areColumns)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, node) in map.Entries)
        {
            if (areColumns)
            {
                CheckName(key);
            }

            if (node is YamlText { IsEmpty: false } text)
            {
                read[key.Value] = text.Value.Trim();
                continue;
            }

            findings.Error(node.Line, node.Column, new Phrase($"'{key.Value}' needs one text.", $"“{key.Value}”后面要写一段文字。"));
        }

        return read;
    }

    private void CheckName(YamlText column)
    {
        if (names is not null && !names.Contains(column.Value))
        {
            findings.Error(
                column.Line,
                column.Column,
                new Phrase($"There is no column '{column.Value}' in this kind of import.", $"这类导入没有“{column.Value}”这一列。"),
                NearestName.Hint(column.Value, names)
            );
        }
    }
}
