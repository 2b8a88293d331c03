using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Campaigns;

/// <summary>One use of an offer name, with its place in the template file.</summary>
internal sealed record OfferUse(string Locale, string Part, string Name, bool Guarded, int Line, int Column);

/// <summary>A template that could be read, with what it says about offers.</summary>
internal sealed record DraftTemplate(MessageTemplate Template, IReadOnlyList<OfferUse> OfferUses, DraftFile File);

/// <summary>Reads <c>campaigns/templates/&lt;key&gt;.yaml</c>.</summary>
internal sealed class TemplateReader
{
    private readonly DraftFile _file;
    private readonly List<OfferUse> _uses = [];

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
            texts[locale] = new TemplateText(Part(fields, locale, "subject"), Part(fields, locale, "text"), Part(fields, locale, "html"));
            fields.Done();
        }

        return texts;
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

        foreach (var use in tags.Uses.Where(u => u.Name.NeedsOffer))
        {
            var (line, column) = text.PlaceOf(use.Offset);
            _uses.Add(new OfferUse(locale, part, use.Name.Name, use.Guarded, line, column));
        }

        TemplatePartLint.Check(part, text, _file.Findings);
        return TemplateTexts.Clean(text.Value);
    }
}
