using System.Text;
using RetentionFuncs.Findings;
using RetentionFuncs.Messages;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Campaigns;

/// <summary>One use of a name, with its place in the template file.</summary>
internal sealed record PlacedUse(string Locale, string Part, TemplateName Name, bool Guarded, int Line, int Column);

/// <summary>A template that could be read, with the names it uses.</summary>
internal sealed record DraftTemplate(MessageTemplate Template, IReadOnlyList<PlacedUse> Uses, DraftFile File);

/// <summary>Reads <c>campaigns/templates/&lt;key&gt;.yaml</c>.</summary>
internal sealed class TemplateReader
{
    /// <summary>UTF-8 bytes of both parts together, without frame and footer.</summary>
    private const int LargestMessage = 90_000;

    private readonly DraftFile _file;
    private readonly List<PlacedUse> _uses = [];

    private TemplateReader(DraftFile file) => _file = file;

    public static DraftTemplate? Read(DraftFile file)
    {
        var reader = new TemplateReader(file);
        var locales = reader.Locales();
        file.Fields.Done();
        return file.Findings.HasErrors ? null : new DraftTemplate(new MessageTemplate(file.Key, locales), reader._uses, file);
    }

    private SortedDictionary<string, TemplateText> Locales()
    {
        var texts = new SortedDictionary<string, TemplateText>(StringComparer.Ordinal);
        if (_file.Fields.Fields("locales", required: true) is not { } map)
        {
            return texts;
        }

        foreach (var (locale, node) in _file.Locales(map))
        {
            if (node is not YamlMap parts)
            {
                _file.Findings.Error(
                    node.Line,
                    node.Column,
                    new Phrase($"{locale} needs subject, text and html.", $"{locale} 下面要有 subject、text 和 html。")
                );
                continue;
            }

            var fields = new YamlFields(parts, _file.Findings);
            texts[locale] =
                fields.Has("subject") || fields.Has("html")
                    ? new TemplateText(Part(fields, locale, "subject"), Part(fields, locale, "text"), Part(fields, locale, "html"))
                    : new TemplateText("", Part(fields, locale, "text"), "");
            fields.Done();
            Whole(locale, texts[locale], node);
        }

        return texts;
    }

    private void Whole(string locale, TemplateText text, YamlNode at)
    {
        if (Encoding.UTF8.GetByteCount(text.Text) + Encoding.UTF8.GetByteCount(text.Html) > LargestMessage)
        {
            _file.Findings.Error(
                at.Line,
                at.Column,
                new Phrase(
                    "Text and html together are over 90 KB. With the frame the message nears 100 KB, where Gmail cuts it, and the unsubscribe link with it.",
                    "text 和 html 合计超过 90 KB，加上外层后接近 100 KB，会被 Gmail 截断，退订链接也会一起被截掉。"
                ),
                new Phrase("Shorten it, and link to images instead of embedding them.", "请精简内容，图片用链接，不要内嵌。")
            );
        }

        if (MessagePhrases.For(locale) is null)
        {
            _file.Findings.Warning(
                at.Line,
                at.Column,
                new Phrase(
                    $"Footers are written in English and Chinese only, so the text for {locale} is never used.",
                    $"页脚目前只有中文和英文，所以 {locale} 的文字不会被用到。"
                )
            );
        }
    }

    private string Part(YamlFields fields, string locale, string part)
    {
        if (fields.Text(part, required: true) is not { } text)
        {
            return "";
        }

        var tags = TemplateTags.Read(text.Value);
        foreach (var problem in tags.Problems)
        {
            var (line, column) = text.PlaceOf(problem.Offset);
            _file.Findings.Error(line, column, problem.Message, problem.Hint);
        }

        foreach (var use in tags.Uses)
        {
            var (line, column) = text.PlaceOf(use.Offset);
            _uses.Add(new PlacedUse(locale, part, use.Name, use.Guarded, line, column));
        }

        TemplatePartLint.Check(part, text, tags.Problems.Count == 0, _file.Findings);
        return TemplateTexts.Clean(text.Value);
    }
}
