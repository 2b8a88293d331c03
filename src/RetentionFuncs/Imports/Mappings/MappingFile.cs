using RetentionFuncs.Customers;
using RetentionFuncs.Findings;
using RetentionFuncs.Imports.Encodings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Imports.Mappings;

/// <summary>
/// A YAML file that says how to read files we do not know: encoding, dates, numbers, which header is which column, what their words
/// mean, and what holds for every row. It says what the flags of the command line can say, and more; flags outrank it.
/// </summary>
public static class MappingFile
{
    private static readonly YamlScalar<FileEncoding> Encoding = new(
        t => FileEncodings.TryOf(t, out var e) ? e : null,
        new Phrase("utf-8, utf-16, gb18030, windows-1252 or shift_jis", " utf-8、utf-16、gb18030、windows-1252 或 shift_jis")
    );

    private static readonly YamlScalar<DateOrder> Dates = new(
        t => DateOrders.TryOf(t, out var o) ? o : null,
        new Phrase("dmy, mdy or ymd", " dmy、mdy 或 ymd")
    );

    private static readonly YamlScalar<DecimalMark> Numbers = new(
        t => DecimalMarks.TryOf(t, out var m) ? m : null,
        new Phrase("a culture such as en (1,234.56) or de (1.234,56)", "数字写法，例如 en（1,234.56）或 de（1.234,56）")
    );

    private static readonly YamlScalar<char> Delimiter = new(
        t =>
            t is "tab" ? '\t'
            : t is "," or ";" or "|" ? t[0]
            : null,
        new Phrase("one of \",\" \";\" \"|\" tab", " \",\"、\";\"、\"|\" 或 tab")
    );

    private static readonly YamlScalar<int> Currency = new(
        t => t.Length == 3 && t.All(char.IsAsciiLetterUpper) ? 0 : null,
        new Phrase("three capital letters (ISO 4217), such as CNY", "三位大写字母（ISO 4217），例如 CNY")
    );

    private static readonly YamlScalar<int> Country = new(
        t => PlaceFields.TryCountry(t, out _, out _) ? 0 : null,
        new Phrase("two letters (ISO 3166) such as CN", "两位国家代码，例如 CN")
    );

    /// <summary>Reads a mapping.</summary>
    /// <param name="file">Its name, for the findings.</param>
    /// <param name="kind">The kind of import it is for (<see cref="ImportKinds"/>).</param>
    /// <returns>What it declares, or null when there is an error among the findings.</returns>
    public static (ImportDeclaration? Declared, IReadOnlyList<LintFinding> Findings) Read(string text, string file, string kind)
    {
        var findings = new FindingList(file);
        if (YamlTree.Read(text, findings) is not { } map)
        {
            return (null, findings.All);
        }

        var fields = new YamlFields(map, findings);
        var names = ImportKinds.ColumnsOf(kind);
        var columns = new MappingColumns(findings, names);
        var declared = Plain(fields, kind, findings) with
        {
            Columns = columns.Texts(fields.Fields("columns")),
            Values = columns.Meanings(fields.Fields("values")),
            Constants = columns.Texts(fields.Fields("constants")),
        };
        if (Checked(fields, "country", Country) is { } country)
        {
            declared = declared with
            {
                Constants = new Dictionary<string, string>(declared.Constants ?? new Dictionary<string, string>())
                {
                    ["country"] = country,
                },
            };
        }

        declared = WithConsent(declared, fields, findings);
        fields.Done();
        return (findings.HasErrors ? null : declared, findings.All);
    }

    private static ImportDeclaration Plain(YamlFields fields, string kind, FindingList findings) =>
        new()
        {
            Encoding = Checked(fields, "encoding", Encoding),
            Delimiter = Checked(fields, "delimiter", Delimiter),
            Dates = Checked(fields, "dates", Dates),
            Numbers = Checked(fields, "numbers", Numbers),
            Currency = Checked(fields, "currency", Currency),
            AllowFuture = fields.Value("allow_future", YamlScalars.TrueOrFalse) ?? false,
            Form = kind == ImportKinds.Orders ? FormOf(fields, findings) : null,
        };

    private static string? FormOf(YamlFields fields, FindingList findings)
    {
        if (fields.Text("form") is not { } text)
        {
            return null;
        }

        if (!OrderForms.Words.Contains(text.Value))
        {
            findings.Error(
                text.Line,
                text.Column,
                new Phrase($"'form' cannot be '{text.Value}'.", $"“form”不能是“{text.Value}”。"),
                NearestName.Hint(text.Value, OrderForms.Words)
            );
        }

        return text.Value;
    }

    private static ImportDeclaration WithConsent(ImportDeclaration declared, YamlFields fields, FindingList findings)
    {
        if (fields.Fields("consent") is not { } map)
        {
            return declared;
        }

        var consent = new YamlFields(map, findings);
        declared = declared with
        {
            Consent = consent.Text("channels", required: true)?.Value,
            ConsentBasis = consent.Text("basis", required: true)?.Value,
            ConsentSource = consent.Text("source", required: true)?.Value,
        };
        consent.Done();
        if (
            !findings.HasErrors
            && !DeclaredConsent.TryRead(declared.Consent, declared.ConsentBasis, declared.ConsentSource, out _, out var problem)
        )
        {
            findings.Error(map.Line, map.Column, new Phrase(problem.En + ".", problem.Zh + "。"));
        }

        return declared;
    }

    /// <summary>The text as it stands when it reads as it should.</summary>
    private static string? Checked<T>(YamlFields fields, string key, YamlScalar<T> scalar)
        where T : struct => fields.Text(key) is { } text && fields.Value(key, text, scalar) is not null ? text.Value.Trim() : null;
}
