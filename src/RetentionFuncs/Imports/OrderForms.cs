using RetentionFuncs.Imports.Shops;

namespace RetentionFuncs.Imports;

/// <summary>The forms of an order file: the plain one or a shop's export, told apart by the header unless a form is declared.</summary>
internal static class OrderForms
{
    private const string Plain = "plain";
    private const string Shopify = "shopify";

    /// <summary>What a mapping file may declare.</summary>
    public static IReadOnlyList<string> Words { get; } = [Plain, Shopify, .. ShopForm.All.Select(f => f.Word)];

    /// <summary>The columns of all forms.</summary>
    public static IReadOnlyList<ColumnSpec> Columns { get; } =
    [.. OrderColumns.Plain, .. OrderColumns.Shopify, .. ShopForm.All.SelectMany(f => f.Columns)];

    public static FileForm<OrderRow, CustomerOrders> Of(FormQuestion asked)
    {
        var options = asked.Options;
        var folded = asked.Headers.Select(HeaderText.Fold).ToHashSet(StringComparer.Ordinal);
        var isShopify = options.Form is null ? OrderColumns.IsShopify(asked.Headers) : options.Form == Shopify;
        var shop = ShopForm.All.FirstOrDefault(f => options.Form is null ? !isShopify && f.IsFor(folded) : options.Form == f.Word);
        return shop is not null
                ? new(
                    shop.Columns,
                    shop.Mandatory,
                    new ShopOrderRules(asked.Ground.Secret, shop) { RecordedAt = asked.RecordedAt, Consent = options.Consent }
                )
                {
                    Assumes = shop.Assumes,
                    Problem = options.Columns.Count == 0 ? shop.ProblemOf(folded) : null,
                }
            : isShopify
                ? new(
                    OrderColumns.Shopify,
                    OrderColumns.ShopifyMandatory,
                    new ShopifyOrderRules(asked.Ground.Secret) { RecordedAt = asked.RecordedAt, Consent = options.Consent }
                )
            : new(
                OrderColumns.Plain,
                OrderColumns.PlainMandatory,
                new PlainOrderRules(asked.Ground.Secret) { RecordedAt = asked.RecordedAt, Consent = options.Consent }
            );
    }
}
