using RetentionFuncs.Imports;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Tests.Imports.Shops;

public sealed class YouzanTests : IDisposable
{
    private const string Orders =
        "订单号,订单状态,订单创建时间,买家付款时间,全部商品名称,商品种类数,订单实付金额,订单已退款金额,收货人/提货人,收货人手机号/提货人手机号,收货人省份,详细收货地址/提货地址,"
        + "买家昵称,买家手机号,分销员";

    private const string Goods =
        "订单号,外部订单号,订单商品状态,买家付款时间,商品名称,商品类型,商品规格,规格编码,商品编码,商品单价,商品数量,商品金额小计,店铺优惠（分摊）,商品实际成交金额,收货人/提货人,"
        + "收货人手机号/提货人手机号,商品退款状态,商品已退款金额,买家手机号";

    private readonly ImportWorld _world = new("Europe/Berlin", "EUR");

    public void Dispose() => _world.Dispose();

    private Task<ImportReport> ImportAsync(ShopFile file) => _world.OrdersAsync(ImportWorld.File_(file.Text)).Report();

    [Fact]
    public async Task An_order_report_is_read_and_the_buyers_own_mobile_number_is_the_id()
    {
        var report = await ImportAsync(
            new ShopFile(Orders)
                .Row(
                    ("订单号", "E20240520220543065306159"),
                    ("订单状态", "交易完成"),
                    ("买家付款时间", "2024-05-20 22:05:57"),
                    ("全部商品名称", "桂花乌龙(1件)"),
                    ("商品种类数", "1"),
                    ("订单实付金额", "99.00"),
                    ("收货人/提货人", "陈志远"),
                    ("收货人手机号/提货人手机号", "13900000001"),
                    ("买家手机号", "13700000002"),
                    ("买家昵称", "远山")
                )
                .Row(
                    ("订单号", "E2"),
                    ("订单状态", "待付款"),
                    ("订单创建时间", "2024-05-20 22:05:57"),
                    ("订单实付金额", "9"),
                    ("买家手机号", "13700000002")
                )
                .Row(
                    ("订单号", "E3"),
                    ("订单状态", "交易关闭"),
                    ("买家付款时间", "2024-05-21 22:05:57"),
                    ("订单实付金额", "50"),
                    ("订单已退款金额", "50"),
                    ("买家手机号", "13700000002")
                )
        );
        (report.Rows, report.Accepted, report.Skipped, report.Orders).ShouldBe((3, 1, 2, 1));
        var customer = _world.Sink.Orders["13700000002"];
        customer.Orders.Select(o => o.Order.ExternalId).ShouldBe(["E20240520220543065306159", "E3"]);
        customer.Orders[0].Order.Total.ShouldBe(new Money(99m, "CNY"));
        customer.Orders[0].Order.OccurredAt.ShouldBe(new DateTimeOffset(2024, 5, 20, 22, 5, 57, TimeSpan.FromHours(8)));
    }

    [Fact]
    public async Task A_goods_report_sums_its_lines_and_what_came_back_of_them()
    {
        (string, string)[] Line(string name, string code, string paid, string back) =>
            [
                ("订单号", "E1"),
                ("订单商品状态", "交易完成"),
                ("买家付款时间", "2024-05-20 22:05:57"),
                ("商品名称", name),
                ("商品编码", code),
                ("商品数量", "2"),
                ("商品实际成交金额", paid),
                ("商品已退款金额", back),
                ("收货人手机号/提货人手机号", "13900000001"),
            ];
        var report = await ImportAsync(new ShopFile(Goods).Row(Line("乌龙", "WL", "60.00", "")).Row(Line("红茶", "HC", "40.00", "40.00")));
        (report.Accepted, report.Orders).ShouldBe((2, 1));
        var order = _world.Sink.Orders["13900000001"].Orders[0].Order;
        (order.Total.Amount, order.Refunded).ShouldBe((100, 40));
        order.Lines.Select(l => (l.Sku, l.Net)).ShouldBe([("WL", 60m), ("HC", 40m)]);
    }

    [Fact]
    public async Task A_payment_time_left_empty_is_an_unpaid_order_where_no_status_tells()
    {
        var report = await ImportAsync(
            new ShopFile("订单号,订单创建时间,买家付款时间,订单实付金额,买家手机号").Row(
                ("订单号", "E1"),
                ("订单创建时间", "2024-05-20 22:05:57"),
                ("订单实付金额", "9"),
                ("买家手机号", "13700000002")
            )
        );
        (report.Accepted, report.Skipped).ShouldBe((0, 1));
    }
}
