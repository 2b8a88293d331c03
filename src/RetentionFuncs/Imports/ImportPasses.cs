namespace RetentionFuncs.Imports;

/// <summary>The two passes over one opened file, with what lies between them.</summary>
internal sealed class ImportPasses<TRow, TItem> : IDisposable
    where TRow : class
    where TItem : class
{
    private readonly OpenedFile<TRow, TItem> _file;
    private readonly ImportOptions _options;
    private readonly FieldRules _fields;
    private readonly IProgress<ImportProgress>? _progress;
    private readonly long _size;
    private readonly CancellationToken _cancellation;
    private readonly Notices _notices = new();
    private readonly Spool _spool;
    private readonly RefusedRowsFile _refusedFile;
    private readonly Refusals _refusals;
    private readonly RefusedRowsFile _skippedFile;
    private readonly Skips _skips;
    private long _rows;

    /// <param name="size">Bytes of the file.</param>
    /// <param name="spoolName">Unlike any other run's.</param>
    public ImportPasses(
        OpenedFile<TRow, TItem> file,
        ImportOptions options,
        FieldRules fields,
        string spoolName,
        long size,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellation
    )
    {
        (_file, _options, _fields, _size, _progress, _cancellation) = (file, options, fields, size, progress, cancellation);
        _spool = new Spool(options.TempFolder, spoolName);
        _refusedFile = FileFor(options.RefusedFile, RefusedRowsFile.OwnColumns);
        _refusals = new Refusals(_refusedFile, options.Language);
        _skippedFile = FileFor(options.SkippedFile, RefusedRowsFile.SkippedColumns);
        _skips = new Skips(_skippedFile, options.Language);
    }

    private RefusedRowsFile FileFor(string? path, IReadOnlyList<string> columns) =>
        new(path, _file.Reader.Dialect, _file.Header, _file.Map.OwnFields, columns);

    /// <returns>Null, or where and why the file as a whole is refused.</returns>
    public async ValueTask<(long? Line, Wording Reason)?> ReadAsync()
    {
        var first = new FirstPass<TRow, TItem>(
            _file,
            new RowView(_file.Map, _fields, _notices),
            _spool,
            _refusals,
            (rows, bytes) => _progress?.Report(new ImportProgress(ImportPhase.Reading, rows, bytes, _size)),
            _cancellation
        );
        var problem = await first.RunAsync();
        _rows = first.Rows;
        if (_file.Reader.Encoding is not "UTF-8" and var encoding)
        {
            _notices.Add("", new($"read as {encoding}", $"按 {encoding} 编码读取"), 0, []);
        }

        if (_file.Reader.BlankLines is > 0 and var blank)
        {
            _notices.Add("", new($"blank lines passed over: {blank}", $"跳过的空行：{blank}"), 0, []);
        }

        return problem is var (line, reason) ? (line, reason)
            : _spool.HasOverfullPart ? (null, new("is too large to be taken in at once; split it", "文件太大，无法一次导入；请拆分"))
            : null;
    }

    /// <param name="announce">Told the keys of the groups before they are applied, in order.</param>
    /// <returns>Null when a slice ended before the file did.</returns>
    public async ValueTask<ImportReport?> ApplyAsync(
        ImportRun run,
        IImportSink sink,
        ImportSlice? slice,
        Func<IEnumerable<string>, ValueTask> announce
    )
    {
        _refusals.BeginSecondPass();
        var second = new SecondPass<TRow, TItem>(
            _file,
            new RowView(_file.Map, _fields, new Notices()),
            sink,
            _refusals,
            _skips,
            _notices,
            slice is null ? null : new SliceWalk(slice),
            announce,
            rows => _progress?.Report(new ImportProgress(ImportPhase.Applying, rows, _size, _size)),
            _cancellation
        );
        if (!await second.RunAsync(_spool, PositionAt))
        {
            return null;
        }

        if (_rows != second.Accepted + _skips.Count + _refusals.Count)
        {
            throw new InvalidOperationException(
                $"{_rows} rows were read, but {second.Accepted} accepted, {_skips.Count} skipped and {_refusals.Count} refused."
            );
        }

        return new ImportReport(
            run.File,
            _rows,
            second.Accepted,
            second.Unchanged,
            _refusals.Count,
            typeof(TItem) == typeof(ProductRow) || typeof(TItem) == typeof(ImportedFacts.Suppressions) ? 0 : second.Groups,
            second.Orders,
            _refusedFile.Finish() is { } path ? slice?.RefusedAs ?? path : null,
            _file.Map.Recognised,
            _file.Map.Ignored,
            _notices.In(_options.Language),
            _refusals.First
        )
        {
            Skipped = _skips.Count,
            SkippedBecause = _skips.ByReason,
            SkippedFile = _skippedFile.Finish(),
        };

        ImportPosition PositionAt(string key) =>
            new(key, run.RecordedAt, _rows, second.Accepted, second.Unchanged, _refusals.Count) { Skipped = _skips.Count };
    }

    public void Dispose()
    {
        _spool.Dispose();
        _refusedFile.Dispose();
        _skippedFile.Dispose();
    }
}
