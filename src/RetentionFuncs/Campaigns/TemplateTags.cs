using RetentionFuncs.Findings;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Campaigns;

/// <summary>One use of a name in a template.</summary>
/// <param name="Guarded">Whether it stands where a block has asked for it (for offer names: for any of them), so it is never empty there.</param>
internal sealed record TemplateUse(TemplateName Name, int Offset, bool Guarded);

/// <summary>What is wrong with one pair of braces.</summary>
internal sealed record TemplateProblem(int Offset, Phrase Message, Phrase? Hint);

/// <summary>Reads the <c>{{…}}</c> of a template: known names and the blocks if, unless and else, nothing more.</summary>
internal sealed class TemplateTags
{
    private readonly Stack<Block> _open = new();
    private readonly List<TemplateUse> _uses = [];
    private readonly List<TemplateProblem> _problems = [];

    private TemplateTags() { }

    public IReadOnlyList<TemplateUse> Uses => _uses;

    public IReadOnlyList<TemplateProblem> Problems => _problems;

    public static TemplateTags Read(string text)
    {
        var tags = new TemplateTags();
        for (
            var at = text.IndexOf("{{", StringComparison.Ordinal);
            at >= 0;
            at = at < text.Length ? text.IndexOf("{{", at, StringComparison.Ordinal) : -1
        )
        {
            var end = text.IndexOf("}}", at, StringComparison.Ordinal);
            if (end < 0)
            {
                tags.Problem(
                    at,
                    "These braces are never closed.",
                    "这对花括号没有结束。",
                    new Phrase("Write {{name}}.", "请写成 {{name}}。")
                );
                break;
            }

            tags.Tag(text, at, text[(at + 2)..end]);
            at = end + 2;
        }

        foreach (var block in tags._open)
        {
            tags.Problem(
                block.Offset,
                $"'{{{{#{block.Word}}}}}' is never closed.",
                $"“{{{{#{block.Word}}}}}”没有结束。",
                new Phrase($"Add {{{{/{block.Word}}}}}.", $"请补上 {{{{/{block.Word}}}}}。")
            );
        }

        FullWidth(text, tags);
        return tags;
    }

    private void Tag(string text, int at, string inner)
    {
        var body = inner.Trim();
        if (at > 0 && text[at - 1] == '\\')
        {
            Problem(at, "A backslash before braces is not read here.", "花括号前不能有反斜杠。");
        }
        else if (body.Length > 0 && "{&>!~^".Contains(body[0]))
        {
            Problem(
                at,
                "Only plain names and if, unless, else are read: nothing raw, no partials, no comments.",
                "这里只能写名称和 if、unless、else，不支持原样输出、引用和注释。",
                new Phrase("Write {{name}} with two braces; every value is escaped.", "请用两个花括号 {{name}}，内容会自动转义。")
            );
        }
        else if (body.StartsWith('#'))
        {
            Begin(at, body[1..]);
        }
        else if (body.StartsWith('/'))
        {
            End(at, body[1..].Trim());
        }
        else if (body is "else")
        {
            Else(at);
        }
        else if (Known(at, body) is { } name)
        {
            _uses.Add(new TemplateUse(name, at, _open.Any(b => b.AsksFor(name))));
        }
    }

    private void Begin(int at, string body)
    {
        var words = body.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var word = words.Length > 0 ? words[0] : "";
        if (!TemplateNames.Blocks.Contains(word, StringComparer.Ordinal))
        {
            Problem(
                at,
                $"The block '{word}' is not known.",
                $"没有“{word}”这种条件块。",
                NearestName.Hint(word, [.. TemplateNames.Blocks])
            );
        }
        else if (words.Length != 2)
        {
            Problem(
                at,
                $"'{word}' asks about exactly one name.",
                $"{word} 后面要写一个名称。",
                new Phrase("Write {{#if offer_code}}.", "例如 {{#if offer_code}}。")
            );
        }

        var name = words.Length == 2 ? Known(at, words[1]) : null;
        _open.Push(new Block(word, at, name, Positive: word is "if"));
    }

    private void End(int at, string word)
    {
        if (!_open.TryPop(out var block))
        {
            Problem(at, $"'{{{{/{word}}}}}' closes nothing.", $"“{{{{/{word}}}}}”没有对应的开头。");
        }
        else if (!string.Equals(block.Word, word, StringComparison.Ordinal))
        {
            Problem(
                at,
                $"'{{{{/{word}}}}}' stands where '{{{{/{block.Word}}}}}' is due.",
                $"这里应该是“{{{{/{block.Word}}}}}”，而不是“{{{{/{word}}}}}”。"
            );
        }
    }

    private void Else(int at)
    {
        if (_open.TryPop(out var block) && !block.HasElse)
        {
            _open.Push(block with { Positive = !block.Positive, HasElse = true });
            return;
        }

        Problem(at, "This 'else' belongs to no block.", "这个 else 不属于任何条件块。");
    }

    private TemplateName? Known(int at, string name)
    {
        var known = TemplateNames.Find(name);
        if (known is null)
        {
            Problem(
                at,
                name.Length == 0 ? "These braces are empty." : $"Templates do not know '{name}'.",
                name.Length == 0 ? "花括号里是空的。" : $"模板里没有“{name}”这个名称。",
                NearestName.Hint(name, [.. TemplateNames.All.Select(n => n.Name)])
            );
        }

        return known;
    }

    private static void FullWidth(string text, TemplateTags tags)
    {
        if (text.IndexOfAny(['｛', '｝']) is var at && at >= 0)
        {
            tags.Problem(
                at,
                "These are full-width braces.",
                "这是全角花括号。",
                new Phrase("Write {{name}} with plain ones.", "请改用半角的 {{name}}。")
            );
        }
    }

    private void Problem(int offset, string en, string zh, Phrase? hint = null) =>
        _problems.Add(new TemplateProblem(offset, new Phrase(en, zh), hint));

    private sealed record Block(string Word, int Offset, TemplateName? About, bool Positive, bool HasElse = false)
    {
        public bool AsksFor(TemplateName name) => Positive && About is not null && (About == name || (About.NeedsOffer && name.NeedsOffer));
    }
}
