using RetentionFuncs.Orders;

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

    /// <summary>All that differs from kind to kind: the columns, those of which one must be there, and what a row means.</summary>
    private static readonly ImportKind[] Table =
    [
        new ImportKind<Product, ProductRow>(
            Products,
            _ => new(CustomerColumns.Products, CustomerColumns.ProductsMandatory, new ProductRules())
        )
        {
            Mappable = CustomerColumns.Products,
        },
        new ImportKind<ContactRow, CustomerRow>(
            Customers,
            f => new(CustomerColumns.Specs, CustomerColumns.Mandatory, new CustomerRules(f.Ground.Secret, f.File))
        )
        {
            Mappable = CustomerColumns.Specs,
        },
        new ImportKind<OrderRow, CustomerOrders>(Orders, OrderForms.Of) { Mappable = OrderForms.Columns },
        new ImportKind<SuppressionRow, ImportedFacts.Suppressions>(
            Suppressions,
            f => new(SuppressionColumns.Specs, SuppressionColumns.Mandatory, new SuppressionRules(f.Ground.Secret))
        ),
        new ImportKind<ConsentRow, ImportedFacts.Consents>(
            Consents,
            f => new(ConsentColumns.Specs, ConsentColumns.Mandatory, new ConsentRules(f.Ground.Secret, f.File))
        ),
        new ImportKind<ReceivableRow, ImportedFacts.Experiences>(
            Receivables,
            f =>
                new(
                    ExperienceColumns.Receivables,
                    ExperienceColumns.ReceivablesMandatory,
                    new ReceivableRules(f.Ground.Secret, f.Ground.Calendar)
                )
        ),
        new ImportKind<DeliveryRow, ImportedFacts.Experiences>(
            Deliveries,
            f =>
                new(
                    ExperienceColumns.Deliveries,
                    ExperienceColumns.DeliveriesMandatory,
                    new DeliveryRules(f.Ground.Secret, f.Ground.Calendar)
                )
        ),
        new ImportKind<StockRow, ImportedFacts.Stock>(
            Stock,
            f => new(StockColumns.Specs, StockColumns.Mandatory, new StockRules(f.Ground.Secret))
        ),
        new ImportKind<OutcomeRow, ResultRow>(Results, _ => new(ResultColumns.Specs, ResultColumns.Mandatory, new ResultRules())),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Table.Select(k => k.Word)];

    /// <summary>The names of the columns a kind can have, of all its forms; null: the kind's own header check tells.</summary>
    internal static IReadOnlyList<string>? ColumnsOf(string kind) =>
        Find(kind)?.Mappable is { } columns ? [.. columns.Select(c => c.Name).Distinct(StringComparer.Ordinal)] : null;

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
        (Find(kind) ?? throw new ArgumentException($"There is no import of '{kind}'.", nameof(kind))).RunAsync(
            ground,
            source,
            options,
            sink,
            progress,
            slice,
            cancellation
        );

    private static ImportKind? Find(string kind) => Array.Find(Table, k => string.Equals(k.Word, kind, StringComparison.Ordinal));
}
