using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports.Shops;

/// <summary>
/// The order exports that WooCommerce shops use: with titles for headers (<c>Order Number, Order Status, Email (Billing)</c>) or with field
/// names (<c>order_number, status, billing_email</c>); one row for each item, or one for each order.
/// </summary>
internal static class WooCommerceColumns
{
    private static readonly ColumnSpec[] Columns =
    [
        new(OrderId, "order_id", "Order Number", "Order ID", "Order #", "Order No"),
        new(
            Email,
            "email",
            "Email (Billing)",
            "Billing Email",
            "Billing Email Address",
            "Customer Email",
            "Customer Account Email Address"
        ),
        new(Date, "date", "Order Date", "Date Created", "Created Date", "Order Created", "date_created"),
        new(PaidAt, "paid_at", "Paid Date", "Date Paid", "Order Paid Date"),
        new(Status, "status", "Order Status"),
        new(OrderTotal, "order_total", "Order Total Amount", "Order Total", "Total"),
        new(Refunded, "refunded", "Order Refund Amount", "Refunded Total", "Refund Total", "Order Refunded Amount", "Total Refunded"),
        new(LineRefunded, "line_refunded", "Item Refunded", "Line Refunded"),
        new(Currency, "currency", "Order Currency", "Currency Code"),
        new(Quantity, "quantity", "Quantity (- Refund)", "Item Quantity", "Qty"),
        new(UnitPrice, "unit_price", "Item Cost", "Item Price", "Product Price"),
        new(Amount, "amount", "Item Total", "Order Line Total", "Line Total", "Order Line (w/o tax)"),
        new(Sku, "sku", "Item SKU", "Product SKU"),
        new(ProductTitle, "product", "Item Name", "Product Name", "Product Name (main)"),
        new(Family, "family", "Category", "Product Category"),
        new(Discount, "discount", "Item Discount", "Item Discount Amount"),
        new(Coupon, "coupon", "Coupon Code", "Coupons", "Coupons Used", "Coupon Codes", "coupon_items"),
        new(Name, "name", "First Name (Billing)", "Billing First Name", "Billing Name"),
        new(LastName, "last_name", "Last Name (Billing)", "Billing Last Name"),
        new(Phone, "phone", "Phone (Billing)", "Billing Phone", "Billing Phone Number"),
        new(
            Country,
            "country",
            "Country Code (Billing)",
            "Country Name (Billing)",
            "Country (Billing)",
            "Billing Country",
            "Billing Country Code"
        ),
        new(
            ShippingCountry,
            "shipping_country",
            "Country Code (Shipping)",
            "Country Name (Shipping)",
            "Country (Shipping)",
            "Shipping Country Code"
        ),
        new(Locale, "locale", "Language"),
    ];

    public static ShopForm Form { get; } =
        new(
            "woocommerce",
            IsWooCommerce,
            Columns,
            [
                [OrderId],
                [Email, Phone],
                [Date, PaidAt],
                [OrderTotal, Amount],
            ],
            FormAssumptions.None,
            ByEmail: true
        );

    /// <summary>By headers that no plain file has together; Shopify's are asked first.</summary>
    private static bool IsWooCommerce(IReadOnlySet<string> headers) =>
        (headers.Contains("ordernumber") || headers.Contains("orderid"))
        && (headers.Contains("orderstatus") || headers.Contains("status"))
        && (headers.Contains("emailbilling") || headers.Contains("billingemail") || headers.Contains("billingemailaddress"))
        && (headers.Contains("orderdate") || headers.Contains("datecreated") || headers.Contains("paiddate"));
}
