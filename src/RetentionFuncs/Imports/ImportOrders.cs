using RetentionFuncs.Imports.Shops;

namespace RetentionFuncs.Imports;

/// <summary>Takes in a file of orders: the plain form or a shop's export, told apart by the header unless a form is declared.</summary>
public sealed class ImportOrders(ImportGround ground)
{
    private const string Plain = "plain";
    private const string Shopify = "shopify";

    /// <summary>The words for the forms of an order file.</summary>
    public static IReadOnlyList<string> Forms { get; } = [Plain, Shopify, .. ShopForm.All.Select(f => f.Word)];

    public Task<ImportOutcome> RunAsync(
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress = null,
        ImportSlice? slice = null,
        CancellationToken cancellation = default
    ) =>
        new TwoPassImport<OrderRow, CustomerOrders>(ground, "orders", (h, at) => FormOf(h, at, options)).RunAsync(
            source,
            options,
            sink,
            progress,
            slice,
            cancellation
        );

    private FileForm<OrderRow, CustomerOrders> FormOf(IReadOnlyList<string> headers, DateTimeOffset recordedAt, ImportOptions options)
    {
        var folded = headers.Select(HeaderText.Fold).ToHashSet(StringComparer.Ordinal);
        var isShopify = options.Form is null ? OrderColumns.IsShopify(headers) : options.Form == Shopify;
        var shop = ShopForm.All.FirstOrDefault(f => options.Form is null ? !isShopify && f.IsFor(folded) : options.Form == f.Word);
        return shop is not null
                ? new(
                    shop.Columns,
                    shop.Mandatory,
                    new ShopOrderRules(ground.Secret, shop) { RecordedAt = recordedAt, Consent = options.Consent }
                )
                {
                    Assumes = shop.Assumes,
                    Problem = options.Columns.Count == 0 ? shop.ProblemOf(folded) : null,
                }
            : isShopify
                ? new(
                    OrderColumns.Shopify,
                    OrderColumns.ShopifyMandatory,
                    new ShopifyOrderRules(ground.Secret) { RecordedAt = recordedAt, Consent = options.Consent }
                )
            : new(
                OrderColumns.Plain,
                OrderColumns.PlainMandatory,
                new PlainOrderRules(ground.Secret) { RecordedAt = recordedAt, Consent = options.Consent }
            );
    }
}
