namespace RetentionFuncs.Imports;

/// <summary>Reads the whole file, refuses what is wrong in a row by itself, and spools the rest.</summary>
internal sealed class FirstPass<TRow, TItem>(
    OpenedFile<TRow, TItem> file,
    RowView view,
    Spool spool,
    Refusals refusals,
    Action<long, long> progress,
    CancellationToken cancellation
)
    where TRow : class
    where TItem : class
{
    private const int Step = 1 << 15;
    private readonly KeyCache _keys = new(file.Rules.KeyOf);

    public long Rows { get; private set; }

    /// <returns>Null, or where and why the file as a whole cannot be trusted.</returns>
    public async ValueTask<(long Line, Wording Reason)?> RunAsync()
    {
        var reader = file.Reader;
        while (await reader.ReadAsync())
        {
            if (Truncation(reader.Row) is { } truncation)
            {
                return (reader.Row.Line, truncation);
            }

            Take(reader.Row);
            if (++Rows % Step == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress(Rows, reader.BytesRead);
            }
        }

        return null;
    }

    private void Take(CsvRow row)
    {
        view.Begin(row);
        var read = view.Refusal is null ? file.Rules.Read(view) : null;
        if (view.Refusal is { } refusal)
        {
            var own = file.Map.OwnFieldsOf(row.FieldCount);
            refusals.Add(row.Line, refusal, row.RawFields(own), own);
            file.Rules.Forget();
            return;
        }

        var group = file.Rules.GroupOf(read!);
        spool.Add(_keys.Of(group), row.Line, group, row.RawFields(file.Map.OwnFields));
    }

    /// <summary>A file that was cut off: an open quote at its end, or a last line that is short and has no line end.</summary>
    private Wording? Truncation(CsvRow row)
    {
        if (row.HasOpenQuote)
        {
            return new(
                "ends inside a quoted field that begins in this row; the file was cut off, or a quote is missing",
                "文件在引号内结束：文件被截断，或此行少了一个引号"
            );
        }

        var isShort = row.FieldCount < file.Map.Headers.Count || row.Fault == CsvFault.InvalidUtf8;
        return !row.HasLineEnd && isShort
            ? new("ends in the middle of its last line; the file was cut off, export it again", "最后一行不完整：文件被截断，请重新导出")
            : null;
    }
}
