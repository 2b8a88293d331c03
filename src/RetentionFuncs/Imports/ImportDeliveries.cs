namespace RetentionFuncs.Imports;

/// <summary>Takes in deliveries with the days promised and kept, as an ERP lists them.</summary>
public sealed class ImportDeliveries(ImportGround ground)
{
    public Task<ImportOutcome> RunAsync(
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress = null,
        ImportSlice? slice = null,
        CancellationToken cancellation = default
    ) =>
        new TwoPassImport<DeliveryRow, ImportedFacts.Experiences>(
            ground,
            ImportKinds.Deliveries,
            (_, _) =>
                new(ExperienceColumns.Deliveries, ExperienceColumns.DeliveriesMandatory, new DeliveryRules(ground.Secret, ground.Calendar))
        ).RunAsync(source, options, sink, progress, slice, cancellation);
}
