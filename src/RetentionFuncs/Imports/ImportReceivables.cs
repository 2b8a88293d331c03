namespace RetentionFuncs.Imports;

/// <summary>Takes in invoices with their due days and payments, as an ERP lists them.</summary>
public sealed class ImportReceivables(ImportGround ground)
{
    public Task<ImportOutcome> RunAsync(
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress = null,
        ImportSlice? slice = null,
        CancellationToken cancellation = default
    ) =>
        new TwoPassImport<ReceivableRow, ImportedFacts.Experiences>(
            ground,
            ImportKinds.Receivables,
            (_, _) =>
                new(
                    ExperienceColumns.Receivables,
                    ExperienceColumns.ReceivablesMandatory,
                    new ReceivableRules(ground.Secret, ground.Calendar)
                )
        ).RunAsync(source, options, sink, progress, slice, cancellation);
}
