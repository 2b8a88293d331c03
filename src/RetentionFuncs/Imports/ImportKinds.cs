using RetentionFuncs.Imports.Shops;

namespace RetentionFuncs.Imports;

/// <summary>The kinds of files an import takes, by the word that commands and the API use.</summary>
public static class ImportKinds
{
    public const string Products = "products";
    public const string Customers = "customers";
    public const string Orders = "orders";

    /// <summary>Addresses that must not be written to, from a tool used before.</summary>
    public const string Suppressions = "suppressions";

    /// <summary>What customers have said to marketing, from a tool used before.</summary>
    public const string Consents = "consents";

    /// <summary>Invoices, due and paid.</summary>
    public const string Receivables = "receivables";
    public const string Deliveries = "deliveries";

    /// <summary>What dealers have in stock and sell.</summary>
    public const string Stock = "stock";

    /// <summary>What became of text messages and calls.</summary>
    public const string Results = "results";

    public static IReadOnlyList<string> All { get; } =
    [Products, Customers, Orders, Suppressions, Consents, Receivables, Deliveries, Stock, Results];

    /// <summary>The names of the columns a kind can have, of all its forms; null: the kind's own header check tells.</summary>
    internal static IReadOnlyList<string>? ColumnsOf(string kind) =>
        kind switch
        {
            Products => [.. CustomerColumns.Products.Select(c => c.Name)],
            Customers => [.. CustomerColumns.Specs.Select(c => c.Name)],
            Orders =>
            [
                .. OrderColumns
                    .Plain.Concat(OrderColumns.Shopify)
                    .Concat(ShopForm.All.SelectMany(f => f.Columns))
                    .Select(c => c.Name)
                    .Distinct(StringComparer.Ordinal),
            ],
            _ => null,
        };

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
            Results => new ImportResults(ground).RunAsync(source, options, sink, progress, slice, cancellation),
            Suppressions => new ImportSuppressions(ground).RunAsync(source, options, sink, progress, slice, cancellation),
            Consents => new ImportConsents(ground).RunAsync(source, options, sink, progress, slice, cancellation),
            Receivables => new ImportReceivables(ground).RunAsync(source, options, sink, progress, slice, cancellation),
            Deliveries => new ImportDeliveries(ground).RunAsync(source, options, sink, progress, slice, cancellation),
            Stock => new ImportStock(ground).RunAsync(source, options, sink, progress, slice, cancellation),
            _ => throw new ArgumentException($"There is no import of '{kind}'.", nameof(kind)),
        };
}
