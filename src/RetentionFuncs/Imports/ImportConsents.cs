namespace RetentionFuncs.Imports;

/// <summary>Takes in what customers have said to marketing, as a history: the newest by its own moment counts.</summary>
public sealed class ImportConsents(ImportGround ground)
{
    public Task<ImportOutcome> RunAsync(
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress = null,
        ImportSlice? slice = null,
        CancellationToken cancellation = default
    ) =>
        new TwoPassImport<ConsentRow, ImportedFacts.Consents>(
            ground,
            ImportKinds.Consents,
            (_, _) => new(ConsentColumns.Specs, ConsentColumns.Mandatory, new ConsentRules(ground.Secret, source.Name))
        ).RunAsync(source, options, sink, progress, slice, cancellation);
}
