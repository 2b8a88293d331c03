using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>The headers of what dealers report of their stock.</summary>
internal static class StockColumns
{
    public static readonly IReadOnlyList<ColumnSpec> Specs =
    [
        new(
            CustomerId,
            "customer_id",
            ["dealer_id", "dealer", "经销商编号", "经销商", .. CustomerColumns.Specs.First(s => s.Column == CustomerId).Also]
        ),
        new(Sku, "sku", "product_sku", "stock_code", "item_sku", "variant_sku", "product_id", "item_id", "商家编码", "商品编码", "货号"),
        new(Date, "date", "counted_on", "stock_date", "report_date", "as_of", "日期", "盘点日期", "库存日期"),
        new(
            ImportColumn.Stock,
            "stock",
            "stock_quantity",
            "on_hand",
            "inventory",
            "quantity",
            "qty",
            "库存",
            "库存数量",
            "现有库存",
            "结存"
        ),
        new(Sold, "sold", "sold_quantity", "sell_through", "sales", "units_sold", "销量", "销售数量", "动销数量", "出库数量"),
        new(Since, "sold_since", "since", "from", "period_start", "起始日期", "统计起日", "销量起始日"),
    ];

    public static readonly IReadOnlyList<IReadOnlyList<ImportColumn>> Mandatory =
    [
        [CustomerId],
        [Sku],
        [Date],
        [ImportColumn.Stock],
    ];
}
