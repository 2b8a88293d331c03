using RetentionFuncs.Orders;

namespace RetentionFuncs.Imports;

/// <summary>Takes in a file of products with their roles and costs.</summary>
public sealed class ImportProducts(ImportGround ground)
{
    public Task<ImportOutcome> RunAsync(
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress = null,
        ImportSlice? slice = null,
        CancellationToken cancellation = default
    ) =>
        new TwoPassImport<Product, ProductRow>(
            ground,
            "products",
            (_, _) => new(CustomerColumns.Products, CustomerColumns.ProductsMandatory, new ProductRules())
        ).RunAsync(source, options, sink, progress, slice, cancellation);
}
