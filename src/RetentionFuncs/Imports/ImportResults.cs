namespace RetentionFuncs.Imports;

/// <summary>Takes in what became of text messages and calls: a list of ours, filled in, or a gateway's report.</summary>
public sealed class ImportResults(ImportGround ground)
{
    public Task<ImportOutcome> RunAsync(
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress = null,
        ImportSlice? slice = null,
        CancellationToken cancellation = default
    ) =>
        new TwoPassImport<OutcomeRow, ResultRow>(
            ground,
            ImportKinds.Results,
            (_, _) => new(ResultColumns.Specs, ResultColumns.Mandatory, new ResultRules())
        ).RunAsync(source, options, sink, progress, slice, cancellation);
}
