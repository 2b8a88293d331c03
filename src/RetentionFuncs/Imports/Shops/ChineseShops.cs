using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports.Shops;

/// <summary>
/// Taobao and Tmall (订单报表, and the 宝贝报表 with sub-orders), JD and Youzan (by order or by goods). Their headers differ and never
/// contradict each other, so one table serves all three.
/// </summary>
internal static class ChineseShops
{
    private static readonly string[] OrderNumbers = ["主订单编号", "订单编号", "子订单编号"];

    private static readonly ColumnSpec[] Columns =
    [
        new(CustomerId, "customer_id", "买家会员名", "下单帐号", "下单账号", "买家会员ID", "买家账号", "买家ID", "会员ID", "客户ID"),
        new(OrderId, "order_id", "主订单编号", "订单编号", "订单号"),
        new(LineId, "line_id", "子订单编号", "子订单号"),
        new(Date, "date", "订单创建时间", "下单时间", "创建时间", "下单日期"),
        new(PaidAt, "paid_at", "订单付款时间", "买家付款时间", "付款确认时间", "付款时间", "支付时间"),
        new(Status, "status", "订单状态", "订单商品状态", "交易状态"),
        new(OrderTotal, "order_total", "买家实际支付金额", "订单实付金额", "结算金额", "实付金额"),
        new(Due, "due", "买家应付货款", "应付金额", "订单应付金额"),
        new(Balance, "balance", "余额支付"),
        new(Gross, "gross", "总金额", "订单金额", "订单总金额", "商家应收"),
        new(Amount, "amount", "子单实际支付金额", "子订单实付金额", "商品实际成交金额"),
        new(Refunded, "refunded", "退款金额", "订单已退款金额", "已退款金额", "退款总额"),
        new(LineRefunded, "line_refunded", "商品已退款金额"),
        new(Currency, "currency", "币种"),
        new(UnitPrice, "unit_price", "京东价", "商品单价", "商品价格", "价格", "单价"),
        new(Quantity, "quantity", "宝贝总数量", "宝贝数量", "订购数量", "购买数量", "商品数量", "数量"),
        new(GoodsKinds, "goods_kinds", "宝贝种类", "商品种类数"),
        new(Sku, "sku", "商家编码", "外部系统编号", "货号", "规格编码"),
        new(GoodsId, "goods_id", "商品编码", "商品ID"),
        new(ProductTitle, "product", "宝贝标题", "商品标题", "标题", "商品名称", "全部商品名称"),
        new(Family, "family", "类目", "商品类目", "商品目录", "商品分类", "品类"),
        new(Discount, "discount", "优惠金额"),
        new(Cost, "cost", "成本"),
        new(Coupon, "coupon", "优惠码"),
        new(Name, "name", "收货人姓名", "收货人/提货人", "客户姓名", "收货人", "买家姓名"),
        new(BuyerMobile, "buyer_mobile", "买家手机号", "买家手机"),
        new(Mobile, "mobile", "联系手机", "收货人手机号/提货人手机号", "收货人手机号", "收货人手机", "手机号", "手机"),
        new(Phone, "phone", "联系电话", "收货人电话", "电话"),
        new(Email, "email", "邮箱", "电子邮箱"),
        new(Country, "country", "国家"),
        new(Locale, "locale", "语言"),
    ];

    private static readonly IReadOnlyList<ImportColumn>[] Mandatory =
    [
        [OrderId],
        [CustomerId, BuyerMobile, Mobile, Phone],
        [Date, PaidAt],
        [OrderTotal, Amount, Due, Gross],
    ];

    public static ShopForm Taobao { get; } =
        Form(
            "taobao",
            h =>
                OrderNumbers.Any(h.Contains)
                && Any(
                    h,
                    "买家实际支付金额",
                    "买家应付货款",
                    "买家支付宝账号",
                    "买家会员名",
                    "宝贝标题",
                    "宝贝总数量",
                    "套餐信息",
                    "外部系统编号"
                )
        ) with
        {
            ProblemOf = h => Any(h, "买家会员名", "买家会员id", "联系手机", "买家手机号", "customerid") ? null : OnlyGoods,
        };

    public static ShopForm Jd { get; } =
        Form("jd", h => h.Contains("订单号") && (Any(h, "下单帐号", "下单账号", "京东价") || All(h, "结算金额", "余额支付")));

    public static ShopForm Youzan { get; } =
        Form(
            "youzan",
            h =>
                h.Contains("订单号")
                && !Any(h, "客户编号", "会员编号", "会员号", "客户号")
                && Any(h, "订单实付金额", "商品实际成交金额", "全部商品名称", "收货人手机号提货人手机号", "收货人提货人", "买家手机号")
        );

    private static Wording OnlyGoods { get; } =
        new(
            "is a report of goods sold: it does not say who bought. Import the order report (订单报表), or tick 买家会员名, 订单创建时间 and "
                + "买家实际支付金额 when you export",
            "像是宝贝报表，里面没有买家；请导入订单报表，或导出时勾选“买家会员名”“订单创建时间”“买家实际支付金额”"
        );

    private static ShopForm Form(string word, Func<IReadOnlySet<string>, bool> isFor) =>
        new(word, isFor, Columns, Mandatory, FormAssumptions.China, ByEmail: false);

    private static bool Any(IReadOnlySet<string> headers, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (headers.Contains(name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool All(IReadOnlySet<string> headers, string first, string second) =>
        headers.Contains(first) && headers.Contains(second);
}
