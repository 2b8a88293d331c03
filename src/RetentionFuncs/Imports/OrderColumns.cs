using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>The headers of order files: the plain form, and Shopify's order export.</summary>
internal static class OrderColumns
{
    public static readonly IReadOnlyList<ColumnSpec> Plain =
    [
        new(
            CustomerId,
            "customer_id",
            "customer",
            "client_id",
            "client",
            "customer_no",
            "customer_number",
            "cust_id",
            "customer_key",
            "account_id",
            "user_id",
            "buyer_id",
            "member_id",
            "客户编号",
            "客户ID",
            "客户号",
            "会员编号",
            "会员号",
            "会员ID",
            "买家会员名",
            "客户",
            "会员"
        ),
        new(
            OrderId,
            "order_id",
            "order",
            "order_no",
            "order_number",
            "invoice",
            "invoice_no",
            "invoice_id",
            "invoice_number",
            "transaction_id",
            "订单编号",
            "订单号",
            "订单ID",
            "单号"
        ),
        new(
            Date,
            "date",
            "order_date",
            "created_at",
            "ordered_at",
            "placed_at",
            "purchase_date",
            "purchased_at",
            "invoice_date",
            "order_time",
            "transaction_date",
            "datetime",
            "timestamp",
            "下单时间",
            "订单创建时间",
            "订单日期",
            "下单日期",
            "购买日期",
            "购买时间",
            "日期"
        ),
        new(
            Amount,
            "amount",
            "line_amount",
            "line_total",
            "net_amount",
            "total",
            "order_amount",
            "total_amount",
            "total_price",
            "sales",
            "revenue",
            "price",
            "金额",
            "实付金额",
            "买家实付金额",
            "支付金额",
            "小计",
            "总价"
        ),
        new(UnitPrice, "unit_price", "item_price", "price_each", "单价"),
        new(OrderTotal, "order_total", "grand_total", "订单总额", "订单金额", "总金额"),
        new(Refunded, "refunded", "refunded_amount", "refund_amount", "退款金额", "已退款"),
        new(Currency, "currency", "currency_code", "币种", "货币"),
        new(Status, "status", "order_status", "订单状态", "状态"),
        new(Quantity, "quantity", "qty", "units", "数量", "件数"),
        new(Sku, "sku", "stock_code", "item_sku", "variant_sku", "product_sku", "product_id", "item_id", "商家编码", "商品编码", "货号"),
        new(ProductTitle, "product", "product_name", "item", "item_name", "description", "商品名称", "商品标题", "商品", "宝贝标题"),
        new(Family, "family", "category", "product_family", "product_category", "product_type", "类目", "品类", "分类"),
        new(Discount, "discount", "discount_amount", "line_discount", "优惠金额", "折扣金额", "优惠"),
        new(Cost, "cost", "cost_amount", "cogs", "成本"),
        new(Coupon, "coupon", "coupon_code", "discount_code", "voucher", "voucher_code", "promo_code", "优惠码", "优惠券"),
        new(Email, "email", "e_mail", "email_address", "customer_email", "mail", "邮箱", "电子邮箱", "电子邮件"),
        new(Name, "name", "customer_name", "full_name", "buyer_name", "姓名", "客户姓名", "收货人姓名"),
        new(Phone, "phone", "phone_number", "mobile", "telephone", "手机", "手机号", "电话", "联系电话"),
        new(Country, "country", "country_code", "国家"),
        new(Locale, "locale", "language", "语言"),
        new(Consent, "consent", "marketing_consent", "email_consent", "accepts_marketing", "营销同意", "同意营销"),
    ];

    public static readonly IReadOnlyList<ColumnSpec> Shopify =
    [
        new(OrderId, "Name"),
        new(Email, "Email"),
        new(Status, "Financial Status"),
        new(PaidAt, "Paid at"),
        new(Consent, "Accepts Marketing"),
        new(Currency, "Currency"),
        new(OrderTotal, "Total"),
        new(Coupon, "Discount Code"),
        new(Date, "Created at"),
        new(Quantity, "Lineitem quantity"),
        new(ProductTitle, "Lineitem name"),
        new(UnitPrice, "Lineitem price"),
        new(Sku, "Lineitem sku"),
        new(Discount, "Lineitem discount"),
        new(Name, "Billing Name"),
        new(ShippingName, "Shipping Name"),
        new(Country, "Billing Country"),
        new(ShippingCountry, "Shipping Country"),
        new(BillingPhone, "Billing Phone"),
        new(Phone, "Phone"),
        new(CancelledAt, "Cancelled at"),
        new(Refunded, "Refunded Amount"),
    ];

    /// <summary>Shopify's export is known by headers that no plain file has together.</summary>
    public static bool IsShopify(IReadOnlyList<string> headers)
    {
        var keys = headers.Select(HeaderText.Fold).ToHashSet(StringComparer.Ordinal);
        return keys.IsSupersetOf(["name", "email", "financialstatus", "total", "createdat"])
            && (keys.Contains("lineitemname") || keys.Contains("lineitemquantity"));
    }

    public static readonly IReadOnlyList<IReadOnlyList<ImportColumn>> PlainMandatory =
    [
        [CustomerId],
        [Date],
        [Amount, OrderTotal, UnitPrice],
    ];

    public static readonly IReadOnlyList<IReadOnlyList<ImportColumn>> ShopifyMandatory =
    [
        [OrderId],
        [Email],
        [Date],
        [OrderTotal],
    ];
}
