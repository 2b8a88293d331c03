namespace RetentionFuncs.Imports;

/// <summary>What a kind's form may depend on.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="RecordedAt">The moment as of which the import records.</param>
internal sealed record FormQuestion(
    ImportGround Ground,
    string File,
    ImportOptions Options,
    IReadOnlyList<string> Headers,
    DateTimeOffset RecordedAt
);

/// <summary>One kind of file: its word, and its way through the two passes, which is every kind's way.</summary>
internal abstract class ImportKind(string word)
{
    public string Word => word;

    /// <summary>What a mapping file may name, of all forms; null: the check of the header tells.</summary>
    public IReadOnlyList<ColumnSpec>? Mappable { get; init; }

    public abstract Task<ImportOutcome> RunAsync(
        ImportGround ground,
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress,
        ImportSlice? slice,
        CancellationToken cancellation
    );
}

/// <param name="formOf">The columns, and what a row of them means.</param>
internal sealed class ImportKind<TRow, TItem>(string word, Func<FormQuestion, FileForm<TRow, TItem>> formOf) : ImportKind(word)
    where TRow : class
    where TItem : class
{
    public override Task<ImportOutcome> RunAsync(
        ImportGround ground,
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress,
        ImportSlice? slice,
        CancellationToken cancellation
    ) =>
        new TwoPassImport<TRow, TItem>(
            ground,
            Word,
            (headers, at) => formOf(new FormQuestion(ground, source.Name, options, headers, at))
        ).RunAsync(source, options, sink, progress, slice, cancellation);
}
