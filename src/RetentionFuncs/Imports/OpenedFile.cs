using System.Security.Cryptography;
using System.Text;

namespace RetentionFuncs.Imports;

/// <summary>One form a kind of file may have.</summary>
/// <param name="Mandatory">Groups of columns of which one must be there.</param>
internal sealed record FileForm<TRow, TItem>(
    IReadOnlyList<ColumnSpec> Columns,
    IReadOnlyList<IReadOnlyList<ImportColumn>> Mandatory,
    RowRules<TRow, TItem> Rules
)
    where TRow : class
    where TItem : class
{
    public FormAssumptions Assumes { get; init; } = FormAssumptions.None;

    /// <summary>Why a file of this form cannot be taken in, though its header is known; null for most.</summary>
    public Wording? Problem { get; init; }

    /// <summary>Whether at least two of the headers are Chinese names that this form knows: then the encoding they were read in is right.</summary>
    public bool KnowsInChinese(IReadOnlyList<string> headers, IEnumerable<string> declared)
    {
        var known = Columns
            .SelectMany(c => c.Also.Prepend(c.Name))
            .Concat(declared)
            .Select(HeaderText.Fold)
            .ToHashSet(StringComparer.Ordinal);
        return headers.Select(HeaderText.Fold).Where(h => h.Any(c => c > 0x7F) && known.Contains(h)).Distinct().Count() >= 2;
    }
}

/// <summary>A file whose header is read and understood.</summary>
/// <param name="Header">The header as it stands, without our own columns.</param>
internal sealed record OpenedFile<TRow, TItem>(CsvReader Reader, ColumnMap Map, byte[] Header, FileForm<TRow, TItem> Form)
    where TRow : class
    where TItem : class
{
    public RowRules<TRow, TItem> Rules => Form.Rules;

    public static async ValueTask<(OpenedFile<TRow, TItem>? File, Wording Problem)> OpenAsync(
        Stream stream,
        ImportOptions options,
        IncrementalHash hash,
        Func<IReadOnlyList<string>, FileForm<TRow, TItem>> formOf
    )
    {
        var (reader, problem) = await CsvReader.OpenAsync(
            stream,
            options.Delimiter,
            hash,
            options.Encoding,
            h => formOf(h).KnowsInChinese(h, options.Columns.Values)
        );
        if (reader is null)
        {
            return (null, problem);
        }

        if (!await reader.ReadAsync())
        {
            return (null, new("has no line of column names", "没有列名行"));
        }

        if (reader.Row is { HasOpenQuote: true } or { Fault: not CsvFault.None })
        {
            return (null, HeaderFault(reader.Row));
        }

        var headers = Enumerable.Range(0, reader.Row.FieldCount).Select(i => HeaderOf(reader.Row.Bytes(i))).ToList();
        var form = formOf(headers);
        if (form.Problem is { } unfit)
        {
            return (null, unfit);
        }

        if (!ColumnMap.TryMatch(headers, form.Columns, form.Mandatory, options.Columns, out var map, out problem, ColumnWords.Of(options)))
        {
            return (null, problem);
        }

        reader.ExpectedFields = headers.Count;
        return (new OpenedFile<TRow, TItem>(reader, map, reader.Row.RawFields(map.OwnFields).ToArray(), form), default);
    }

    private static Wording HeaderFault(CsvRow row)
    {
        if (row.HasOpenQuote)
        {
            return new("opens a quote in its first line and never closes it", "第一行的引号没有闭合");
        }

        var fault = CsvFaults.Say(row.Fault, row.FieldCount, row.FieldCount, row.Encoding);
        return new($"has a first line that {fault.En}", $"第一行{fault.Zh}");
    }

    private static string HeaderOf(ReadOnlySpan<byte> bytes) => IdField.TrimAll(Encoding.UTF8.GetString(bytes)).ToString();
}
