namespace RetentionFuncs.Imports;

/// <summary>Takes in a file of orders: the plain form or Shopify's order export, told apart by the header.</summary>
public sealed class ImportOrders(ImportGround ground)
{
    public Task<ImportOutcome> RunAsync(
        ImportSource source,
        ImportOptions options,
        IImportSink sink,
        IProgress<ImportProgress>? progress = null,
        ImportSlice? slice = null,
        CancellationToken cancellation = default
    ) =>
        new TwoPassImport<OrderRow, CustomerOrders>(ground, "orders", FormOf).RunAsync(
            source,
            options,
            sink,
            progress,
            slice,
            cancellation
        );

    private FileForm<OrderRow, CustomerOrders> FormOf(IReadOnlyList<string> headers, DateTimeOffset recordedAt) =>
        OrderColumns.IsShopify(headers)
            ? new(OrderColumns.Shopify, OrderColumns.ShopifyMandatory, new ShopifyOrderRules(ground.Secret) { RecordedAt = recordedAt })
            : new(OrderColumns.Plain, OrderColumns.PlainMandatory, new PlainOrderRules(ground.Secret) { RecordedAt = recordedAt });
}
