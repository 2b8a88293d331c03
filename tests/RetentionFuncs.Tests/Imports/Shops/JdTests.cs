using RetentionFuncs.Imports;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Tests.Imports.Shops;

public sealed class JdTests : IDisposable
{
    private const string Header =
        "订单号,商品ID,商品名称,订购数量,支付方式,下单时间,京东价,订单金额,结算金额,余额支付,应付金额,订单状态,订单类型,下单帐号,客户姓名,客户地址,联系电话,订单备注,发票类型,"
        + "发票抬头,发票内容,商家备注,商家备注等级（等级1-5为由高到低）,运费金额,付款确认时间,增值税发票,货号,订单完成时间,订单来源,订单渠道";

    private readonly ImportWorld _world = new("Europe/Berlin", "EUR");

    public void Dispose() => _world.Dispose();

    private static (string, string)[] Order(string id, params (string, string)[] others) =>
        [
            ("订单号", id),
            ("商品ID", "100012043978"),
            ("商品名称", "陶瓷茶杯, 青花"),
            ("订购数量", "2"),
            ("下单时间", "2024-06-18 00:03:11"),
            ("京东价", "59.00"),
            ("订单金额", "118.00"),
            ("结算金额", "98.00"),
            ("余额支付", "0.00"),
            ("应付金额", "98.00"),
            ("订单状态", "完成"),
            ("下单帐号", "jd_5f3a9c"),
            ("客户姓名", "李桂芳"),
            ("联系电话", "13912345678\t"),
            ("付款确认时间", "2024-06-18 00:04:02"),
            .. others,
        ];

    private Task<ImportReport> ImportAsync(ShopFile file) => _world.OrdersAsync(ImportWorld.File_(file.Gb18030)).Report();

    [Fact]
    public async Task Lines_with_the_orders_columns_repeated_are_one_order_at_what_was_settled()
    {
        var report = await ImportAsync(
            new ShopFile(Header)
                .Row(Order("278001", ("结算金额", "148.00")))
                .Row(
                    Order(
                        "278001",
                        ("结算金额", "148.00"),
                        ("商品ID", "100099"),
                        ("商品名称", "杯垫"),
                        ("京东价", "25.00"),
                        ("货号", "PAD-1")
                    )
                )
        );
        (report.Rows, report.Accepted, report.Orders).ShouldBe((2, 2, 1));
        var customer = _world.Sink.Orders["jd_5f3a9c"];
        var order = customer.Orders.ShouldHaveSingleItem().Order;
        order.Total.ShouldBe(new Money(148m, "CNY"));
        order.OccurredAt.ShouldBe(new DateTimeOffset(2024, 6, 18, 0, 3, 11, TimeSpan.FromHours(8)));
        order.Lines.Select(l => (l.Sku, l.Quantity, l.Net)).ShouldBe([("100012043978", 2, 118m), ("PAD-1", 2, 50m)]);
        customer.Contact!.Phone.ShouldBe("+8613912345678");
    }

    [Fact]
    public async Task Lines_below_the_first_may_leave_the_orders_columns_blank_even_its_number()
    {
        var report = await ImportAsync(
            new ShopFile(Header)
                .Row(Order("1", ("下单帐号", "a")))
                .Row(("商品ID", "P2"), ("商品名称", "杯垫"), ("订购数量", "1"))
                .Row(Order("2", ("下单帐号", "b")))
                .Row(("订单号", "2"), ("商品ID", "P3"), ("商品名称", "壶"), ("订购数量", "1"))
        );
        (report.Accepted, report.Orders).ShouldBe((4, 2));
        _world.Sink.Orders["a"].Orders[0].Order.Lines.Select(l => l.Sku).ShouldBe(["100012043978", "P2"]);
        _world.Sink.Orders["b"].Orders[0].Order.Lines.Select(l => l.Sku).ShouldBe(["100012043978", "P3"]);
    }

    [Fact]
    public async Task Lines_below_a_refused_first_row_never_fall_to_the_order_above()
    {
        var file = new ShopFile(Header)
            .Row(Order("1", ("下单帐号", "a")))
            .Row(Order("2", ("下单帐号", "b"), ("下单时间", "坏")))
            .Row(("商品ID", "P9"), ("商品名称", "壶"), ("订购数量", "1"))
            .Row(Order("3", ("下单帐号", "a")));
        var report = await ImportAsync(file);
        (report.Accepted, report.Refused).ShouldBe((2, 2));
        _world.Sink.Orders["a"].Orders.ShouldAllBe(o => o.Order.Lines.Count == 1);

        // The same when the first row cannot even be read.
        var torn = file.Gb18030;
        torn[Array.IndexOf(torn, (byte)'b')] = 0xFF;
        using var world = new ImportWorld();
        var again = await world
            .OrdersAsync(ImportWorld.File_(torn), o => o with { Encoding = RetentionFuncs.Imports.Encodings.FileEncoding.Gb18030 })
            .Report();
        (again.Accepted, again.Refused).ShouldBe((2, 2));
        world.Sink.Orders["a"].Orders.ShouldAllBe(o => o.Order.Lines.Count == 1);
    }

    [Theory]
    [InlineData("等待出库", OrderStatus.Placed, 1, 0)]
    [InlineData("已取消", OrderStatus.Cancelled, 0, 1)]
    [InlineData("(删除)等待出库", OrderStatus.Cancelled, 0, 1)]
    [InlineData("(锁定)等待确认收货", OrderStatus.Placed, 1, 0)]
    public async Task Each_status_is_told_apart(string status, OrderStatus ends, int accepted, int skipped)
    {
        var report = await ImportAsync(new ShopFile(Header).Row(Order("1", ("订单状态", status))));
        (report.Accepted, report.Skipped).ShouldBe((accepted, skipped));
        _world.Sink.Orders["jd_5f3a9c"].Orders[0].Order.Status.ShouldBe(ends);
    }

    [Fact]
    public async Task Without_a_settled_amount_it_is_what_was_due_and_what_the_balance_paid()
    {
        await ImportAsync(new ShopFile(Header).Row(Order("1", ("结算金额", ""), ("应付金额", "60.00"), ("余额支付", "38.00"))));
        _world.Sink.Orders["jd_5f3a9c"].Orders[0].Order.Total.Amount.ShouldBe(98);
    }
}
