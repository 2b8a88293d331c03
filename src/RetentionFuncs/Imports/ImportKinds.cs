namespace RetentionFuncs.Imports;

/// <summary>The kinds of files an import takes, by the word that commands and the API use.</summary>
public static class ImportKinds
{
    public const string Products = "products";
    public const string Customers = "customers";
    public const string Orders = "orders";

    public static IReadOnlyList<string> All { get; } = [Products, Customers, Orders];

    /// <summary>Imports a file of that kind.</summary>
    /// <exception cref="ArgumentException">No such kind.</exception>
    public static Task<ImportOutcome> RunAsync(
        string kind,
        ImportGround ground,
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress = null,
        ImportSlice? slice = null,
        CancellationToken cancellation = default
    ) =>
        kind switch
        {
            Products => new ImportProducts(ground).RunAsync(source, options, sink, progress, slice, cancellation),
            Customers => new ImportCustomers(ground).RunAsync(source, options, sink, progress, slice, cancellation),
            Orders => new ImportOrders(ground).RunAsync(source, options, sink, progress, slice, cancellation),
            _ => throw new ArgumentException($"There is no import of '{kind}'.", nameof(kind)),
        };
}
