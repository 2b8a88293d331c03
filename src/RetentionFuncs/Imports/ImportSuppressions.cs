namespace RetentionFuncs.Imports;

/// <summary>Takes in a list of addresses that must not be written to; it adds and never removes.</summary>
public sealed class ImportSuppressions(ImportGround ground)
{
    public Task<ImportOutcome> RunAsync(
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress = null,
        ImportSlice? slice = null,
        CancellationToken cancellation = default
    ) =>
        new TwoPassImport<SuppressionRow, ImportedFacts.Suppressions>(
            ground,
            ImportKinds.Suppressions,
            (_, _) => new(SuppressionColumns.Specs, SuppressionColumns.Mandatory, new SuppressionRules(ground.Secret))
        ).RunAsync(source, options, sink, progress, slice, cancellation);
}
