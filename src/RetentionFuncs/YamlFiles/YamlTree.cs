using RetentionFuncs.Findings;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace RetentionFuncs.YamlFiles;

/// <summary>
/// Reads the plain part of YAML: maps, lists and texts of one document. Anchors, aliases, tags, repeated keys, tabs and deep nesting
/// are refused with their line, because they mean something else than people think they wrote.
/// </summary>
internal sealed class YamlTree
{
    private const int MaxDepth = 16;
    private const int MaxLength = 1024 * 1024;

    private readonly IParser _parser;
    private readonly FindingList _findings;
    private readonly IReadOnlyList<string> _lines;

    private YamlTree(string text, FindingList findings)
    {
        _lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        _parser = new Parser(new StringReader(text));
        _findings = findings;
    }

    /// <summary>The map at the top, or null with an error among the findings.</summary>
    public static YamlMap? Read(string text, FindingList findings)
    {
        if (text.Length > MaxLength)
        {
            findings.Error(0, 0, new Phrase("The file is larger than 1 MB.", "文件超过 1 MB。"));
            return null;
        }

        var tree = new YamlTree(text, findings);
        try
        {
            return tree.Document();
        }
        catch (YamlStop stop)
        {
            findings.Error(stop.Line, stop.Column, stop.Sentence, stop.Hint);
        }
        catch (YamlException broken)
        {
            tree.Broken(broken.Start, Reason(broken));
        }
        catch (Exception odd) when (odd is InvalidOperationException or ArgumentException or FormatException or ArithmeticException)
        {
            // The scanner gives up on some damaged texts without saying where; the last sound piece is the nearest known place.
            tree.Broken(tree._parser.Current?.End ?? Mark.Empty, "a piece cannot be read.");
        }

        return null;
    }

    private YamlMap? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _findings.Error(1, 1, new Phrase("The file is empty.", "文件是空的。"));
            return null;
        }

        _parser.Consume<DocumentStart>();
        var node = Node(0);
        var end = _parser.Consume<DocumentEnd>();
        if (!_parser.Accept<StreamEnd>(out _))
        {
            throw new YamlStop(end.End, "A second document begins here; one file holds one.", "这里开始了第二个文档；一个文件只能有一个。");
        }

        if (node is YamlMap map)
        {
            return map;
        }

        _findings.Error(node.Line, node.Column, new Phrase("The file must be 'key: value' lines.", "文件内容应该是“键: 值”的形式。"));
        return null;
    }

    private YamlNode Node(int depth)
    {
        var next = _parser.Consume<ParsingEvent>();
        if (depth > MaxDepth)
        {
            throw new YamlStop(next.Start, $"Nested deeper than {MaxDepth}.", $"嵌套超过 {MaxDepth} 层。");
        }

        RefuseCleverness(next);
        return next switch
        {
            Scalar scalar => Text(scalar),
            SequenceStart start => new YamlList(Line(start.Start), Column(start.Start), Items(depth)),
            MappingStart start => new YamlMap(Line(start.Start), Column(start.Start), Entries(depth)),
            _ => throw new YamlStop(next.Start, "This cannot be read.", "这里无法读取。"),
        };
    }

    private List<YamlNode> Items(int depth)
    {
        var items = new List<YamlNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return items;
    }

    private List<KeyValuePair<YamlText, YamlNode>> Entries(int depth)
    {
        var entries = new List<KeyValuePair<YamlText, YamlNode>>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var node = Node(depth + 1);
            if (node is not YamlText key)
            {
                throw new YamlStop(new Mark(0, node.Line, node.Column), "A key must be a plain word.", "键必须是普通单词。", BracesHint);
            }

            if (!lines.TryAdd(key.Value, key.Line))
            {
                _findings.Error(
                    key.Line,
                    key.Column,
                    new Phrase(
                        $"'{key.Value}' stands here a second time; the first is on line {lines[key.Value]}.",
                        $"“{key.Value}”重复了，第一次出现在第 {lines[key.Value]} 行。"
                    ),
                    new Phrase("Keep one of them.", "请只保留一个。")
                );
            }

            entries.Add(KeyValuePair.Create(key, Node(depth + 1)));
        }

        return entries;
    }

    private YamlText Text(Scalar scalar) =>
        new(
            Line(scalar.Start),
            Column(scalar.Start),
            scalar.Value,
            scalar.Style == ScalarStyle.Plain,
            scalar.Style == ScalarStyle.Literal,
            _lines
        );

    private static void RefuseCleverness(ParsingEvent next)
    {
        if (next is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            throw new YamlStop(next.Start, "Anchors (&) and aliases (*) are not read here.", "这里不支持锚点（&）和引用（*）。", QuoteHint);
        }

        if (next is NodeEvent { Tag.IsEmpty: false })
        {
            throw new YamlStop(next.Start, "Tags (!) are not read here.", "这里不支持标签（!）。", QuoteHint);
        }
    }

    private static Phrase QuoteHint { get; } =
        new("If it is meant as text, put it in quotes; else write the value out.", "如果是普通文字，请加引号；否则请直接把内容写出来。");

    private static Phrase BracesHint { get; } =
        new("A text that begins with braces, such as {{name}}, goes in quotes.", "以花括号开头的文字（如 {{name}}）要加引号。");

    private void Broken(Mark near, string reason)
    {
        var (line, column) = (Line(near), Column(near));
        // The scanner reports a tab at the start of the map it is in, which may be far away.
        var (first, last) = reason.Contains(" tab", StringComparison.Ordinal) ? (1, _lines.Count) : (line - 1, line + 1);
        if (Enumerable.Range(first, last - first + 1).FirstOrDefault(at => TabIn(at) >= 0) is var tabbed and > 0)
        {
            _findings.Error(
                tabbed,
                TabIn(tabbed) + 1,
                new Phrase("A tab is used to indent.", "这一行用了制表符（Tab）缩进。"),
                new Phrase("Use spaces, two for each step.", "请改用空格，每级两个。")
            );
            return;
        }

        _findings.Error(
            line,
            column,
            new Phrase($"This is not valid YAML: {reason}", "这里不符合 YAML 格式。"),
            new Phrase("Check indentation, colons and quotes on this line and the one above.", "请检查这一行和上一行的缩进、冒号和引号。")
        );
    }

    /// <summary>Where the indentation of a line has a tab, from 0; -1 when it has none or there is no such line.</summary>
    private int TabIn(int line)
    {
        var text = line >= 1 && line <= _lines.Count ? _lines[line - 1].AsSpan() : [];
        return text[..^text.TrimStart().Length].IndexOf('\t');
    }

    private static string Reason(YamlException broken)
    {
        var reason = broken.InnerException is YamlException inner ? inner.Message : broken.Message;
        return reason.TrimEnd('.', ' ').ReplaceLineEndings(" ") + ".";
    }

    private static int Line(Mark mark) => (int)mark.Line;

    private static int Column(Mark mark) => (int)mark.Column;

    /// <summary>Leaves the recursion; never leaves this class.</summary>
    private sealed class YamlStop(Mark at, string en, string zh, Phrase? hint = null) : Exception
    {
        public int Line => (int)at.Line;
        public int Column => (int)at.Column;
        public Phrase Sentence => new(en, zh);
        public Phrase? Hint => hint;
    }
}
