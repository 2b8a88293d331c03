using RetentionFuncs.Orders;
using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports.Shops;

/// <summary>The money of one row.</summary>
/// <param name="IsByLine">Whether amounts and refunds are the line's own.</param>
/// <param name="Total">What was paid for the whole order; null when the row tells only its line's amount.</param>
/// <param name="Line">What was paid for the line.</param>
/// <param name="Refunded">What came back, zero or more; null when the row does not say.</param>
internal sealed record ShopAmounts(bool IsByLine, decimal? Total, decimal? Line, decimal? Refunded)
{
    /// <summary>
    /// What was paid: the shop's own column for it, else what was due with what the balance paid, else the gross total. Where a closed
    /// order's payment has been set back to zero, what came back is what had been paid.
    /// </summary>
    public static ShopAmounts Of(RowView row, string currency, ShopState state)
    {
        var isByLine = row.Has(LineId) && !row.Has(Amount);
        var refunded = Abs(row.Number(row.Has(ImportColumn.Refunded) ? ImportColumn.Refunded : LineRefunded, currency));
        var paid = PaidOf(row, currency, isMandatory: state == ShopState.Placed && row.IsEmpty(Amount));
        paid = paid is null or 0 && refunded > 0 && row.IsEmpty(Amount) ? refunded : paid;
        var line = row.Has(Amount) ? row.Number(Amount, currency) : null;
        return isByLine
            ? new ShopAmounts(true, null, paid ?? 0, BackOf(refunded, state, paid))
            : new ShopAmounts(
                row.Has(LineRefunded) && !row.Has(ImportColumn.Refunded),
                row.Has(OrderTotal) || row.Has(Due) || row.Has(Gross) ? paid ?? (row.Has(Amount) ? null : 0) : null,
                line,
                refunded
            );
    }

    public static OrderLine? LineOf(RowView row, ShopAmounts? amounts, string currency, string? coupon)
    {
        var sku =
            !row.IsEmpty(Sku) ? row.Id(Sku)
            : !row.IsEmpty(GoodsId) ? row.Id(GoodsId)
            : row.Text(ProductTitle);
        var kinds = row.Number(GoodsKinds, null) ?? 1;
        if (sku is null || kinds > 1)
        {
            return null;
        }

        var quantity = row.Number(Quantity, null) ?? 1;
        var price = row.Number(UnitPrice, currency);
        var discount = row.Number(Discount, currency) ?? 0;
        try
        {
            var net =
                amounts?.Line ?? row.Number(Amount, currency) ?? (price is { } each ? (each * quantity) - discount : amounts?.Total) ?? 0;
            return new OrderLine(sku, row.Text(Family), quantity, net, discount, row.Number(Cost, currency), coupon);
        }
        catch (OverflowException)
        {
            row.Refuse(UnitPrice, new("is too large times the quantity", "乘以数量后超出范围"));
            return null;
        }
    }

    private static decimal? PaidOf(RowView row, string currency, bool isMandatory)
    {
        if (!row.IsEmpty(OrderTotal))
        {
            return row.Number(OrderTotal, currency);
        }

        if (!row.IsEmpty(Due))
        {
            return row.Number(Due, currency) + (row.Number(Balance, currency) ?? 0);
        }

        return row.IsEmpty(Gross) && !isMandatory
            ? null
            : row.Number(row.Has(Gross) && !row.IsEmpty(Gross) ? Gross : OrderTotal, currency, isMandatory);
    }

    private static decimal? BackOf(decimal? refunded, ShopState state, decimal? paid) =>
        state == ShopState.Refunded && refunded is null or 0 ? paid : refunded;

    private static decimal? Abs(decimal? amount) => amount is { } some ? Math.Abs(some) : null;
}
