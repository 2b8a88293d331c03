using System.Text;
using System.Text.Unicode;
using RetentionFuncs.Customers;
using RetentionFuncs.Imports.Encodings;

namespace RetentionFuncs.Imports;

/// <param name="Column">The column's name; empty for the whole row.</param>
internal sealed record RowRefusal(string Column, string Value, Wording Reason);

/// <summary>
/// One record, read by the meaning of its columns. The first problem found is kept in <see cref="Refusal"/>; after it every
/// question is answered with nothing, so that rules can ask on without looking back.
/// </summary>
internal sealed class RowView(ColumnMap map, FieldRules rules, Notices notices)
{
    private static readonly Wording Empty = new("is empty", "为空");
    private static readonly Wording Placeholder = new("holds a placeholder, read as empty", "是占位文字，按空值处理");
    private CsvRow _row = null!;

    public RowRefusal? Refusal { get; private set; }

    public FieldRules Rules => rules;

    /// <summary>The group the row was put under in the first pass; null while that is being found out.</summary>
    public string? KnownGroup { get; private set; }

    public void Begin(CsvRow row, string? knownGroup = null)
    {
        (_row, Refusal, KnownGroup) = (row, null, knownGroup);
        if (row.Fault != CsvFault.None)
        {
            var header = row.FaultField >= 0 && row.FaultField < map.Headers.Count ? map.Headers[row.FaultField] : "";
            var value = row.FaultField >= 0 ? Show(row.Bytes(row.FaultField)) : "";
            Refusal = new RowRefusal(header, value, CsvFaults.Say(row.Fault, row.FieldCount, map.Headers.Count, row.Encoding));
        }
    }

    public bool Has(ImportColumn column) => map.Has(column);

    public bool IsEmpty(ImportColumn column) => Field(column).IsEmpty;

    /// <summary>A mandatory id.</summary>
    public string Id(ImportColumn column)
    {
        if (Refusal is not null)
        {
            return "";
        }

        if (!IdField.TryRead(Field(column), out var id, out var problem))
        {
            Refuse(column, problem);
        }
        else if (IdField.LooksBent(id))
        {
            Notice(column, new("looks like a long number that a spreadsheet has cut short", "像是被表格软件改成科学计数法的长数字"), id);
        }

        return id;
    }

    /// <summary>Free text, cleaned; null when empty or a placeholder.</summary>
    public string? Text(ImportColumn column)
    {
        var text = Optional(column);
        if (text.IsEmpty)
        {
            return null;
        }

        var clean = TextField.Clean(text, out var wasCut);
        if (wasCut)
        {
            Notice(column, new($"was cut to {TextField.MaxElements} characters", $"已截断为 {TextField.MaxElements} 个字符"), clean);
        }

        return clean.Length == 0 ? null : clean;
    }

    /// <summary>A moment; null when the field is empty.</summary>
    public ReadDate? Date(ImportColumn column, bool isMandatory)
    {
        var text = Asked(column, isMandatory);
        if (text.IsEmpty)
        {
            return null;
        }

        if (rules.Dates.TryRead(text, out var date, out var problem))
        {
            return date;
        }

        Refuse(column, problem);
        return null;
    }

    /// <summary>An amount or a quantity; null when the field is empty.</summary>
    /// <param name="currency">What signs and codes beside the number must agree with; null: none may stand there.</param>
    public decimal? Number(ImportColumn column, string? currency, bool isMandatory = false)
    {
        var text = Asked(column, isMandatory);
        if (text.IsEmpty)
        {
            return null;
        }

        if (rules.Amounts.TryRead(text, currency, out var number, out var problem))
        {
            return number;
        }

        Refuse(column, problem);
        return null;
    }

    /// <summary>The row's currency, else the file's.</summary>
    public string Currency() => Code(ImportColumn.Currency, PlaceFields.TryCurrency) ?? rules.Currency;

    public delegate bool CodeReader(string text, out string code, out Wording problem);

    /// <summary>A code of some standard; null when empty.</summary>
    public string? Code(ImportColumn column, CodeReader read)
    {
        var text = Optional(column);
        if (text.IsEmpty)
        {
            return null;
        }

        if (read(text.ToString(), out var code, out var problem))
        {
            return code;
        }

        Refuse(column, problem);
        return null;
    }

    public delegate T? ChoiceReader<T>(ReadOnlySpan<char> text, out Wording problem)
        where T : struct;

    /// <summary>One of a few words; null when empty.</summary>
    public T? Choice<T>(ImportColumn column, ChoiceReader<T> read)
        where T : struct
    {
        var text = Optional(column);
        if (text.IsEmpty)
        {
            return null;
        }

        var choice = read(text, out var problem);
        if (choice is null)
        {
            Refuse(column, problem);
        }

        return choice;
    }

    /// <summary>An e-mail address; a bad one refuses the row, or is left out with a notice.</summary>
    public EmailAddress? Email(ImportColumn column, bool isStrict)
    {
        var text = Optional(column).ToString();
        if (text.Length == 0)
        {
            return null;
        }

        if (!EmailField.TryRead(text, out var email, out var problem))
        {
            if (isStrict)
            {
                Refuse(column, problem);
                return null;
            }

            Notice(column, new($"left out, because it {problem.En}", $"未采用：{problem.Zh}"), text);
            return null;
        }

        if (EmailField.LooksConfusable(text))
        {
            Notice(column, new("mixes alphabets in its domain, as look-alike domains do", "域名混用了不同字母表，可能是仿冒域名"), text);
        }

        return email;
    }

    public string Raw(ImportColumn column) => Field(column).ToString();

    public void Notice(ImportColumn column, Wording text, ReadOnlySpan<char> value) =>
        notices.Add(map.NameOf(column), text, _row.Line, value);

    public void Refuse(ImportColumn column, Wording reason) =>
        Refusal ??= new RowRefusal(map.NameOf(column), map.IndexOf(column) >= 0 ? Show(_row.Bytes(map.IndexOf(column))) : "", reason);

    /// <summary>The field without outer spaces, read as was declared; empty when the file lacks the column.</summary>
    private ReadOnlySpan<char> Field(ImportColumn column)
    {
        var at = map.IndexOf(column);
        var text = at < 0 ? [] : ExcelText.Unwrap(IdField.TrimAll(_row.Text(at)), rules.Assumes.Apostrophes);
        return map.WordsOf(column) is { } words ? words.Read(text) : text;
    }

    private ReadOnlySpan<char> Asked(ImportColumn column, bool isMandatory)
    {
        if (!isMandatory)
        {
            return Optional(column);
        }

        var text = Refusal is null ? Field(column) : [];
        if (text.IsEmpty)
        {
            Refuse(column, Empty);
        }

        return text;
    }

    /// <summary>The trimmed text of a column that need not be there; empty for what programs write for nothing.</summary>
    private ReadOnlySpan<char> Optional(ImportColumn column)
    {
        var text = Refusal is null ? Field(column) : [];
        if (!TextField.IsPlaceholder(text))
        {
            return text;
        }

        Notice(column, Placeholder, text);
        return [];
    }

    private string Show(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes)
            ? RejectedRow.Shorten(Encoding.UTF8.GetString(bytes.Length > 1024 ? bytes[..1024] : bytes))
            : OddBytes.Show(bytes, _row.Encoding != "UTF-8", RejectedRow.MaxValue);
}
