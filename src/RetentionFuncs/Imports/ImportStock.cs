namespace RetentionFuncs.Imports;

/// <summary>Takes in what dealers have in stock and sell through.</summary>
public sealed class ImportStock(ImportGround ground)
{
    public Task<ImportOutcome> RunAsync(
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress = null,
        ImportSlice? slice = null,
        CancellationToken cancellation = default
    ) =>
        new TwoPassImport<StockRow, ImportedFacts.Stock>(
            ground,
            ImportKinds.Stock,
            (_, _) => new(StockColumns.Specs, StockColumns.Mandatory, new StockRules(ground.Secret))
        ).RunAsync(source, options, sink, progress, slice, cancellation);
}
