namespace RetentionFuncs.Imports;

/// <summary>Takes in a file of customers with their contacts and consents.</summary>
public sealed class ImportCustomers(ImportGround ground)
{
    public Task<ImportOutcome> RunAsync(
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress = null,
        ImportSlice? slice = null,
        CancellationToken cancellation = default
    ) =>
        new TwoPassImport<ContactRow, CustomerRow>(
            ground,
            "customers",
            (_, _) => new(CustomerColumns.Specs, CustomerColumns.Mandatory, new CustomerRules(ground.Secret, source.Name))
        ).RunAsync(source, options, sink, progress, slice, cancellation);
}
