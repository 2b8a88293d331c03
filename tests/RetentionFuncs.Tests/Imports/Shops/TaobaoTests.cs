using RetentionFuncs.Imports;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Tests.Imports.Shops;

public sealed class TaobaoTests : IDisposable
{
    // 订单报表 as the seller's desk writes it, its odd spaces included.
    private const string Header =
        "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,订单状态,买家留言,"
        + "收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,"
        + "订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,是否上传合同照片,是否上传小票,是否代付,定金排名,修改后的sku,"
        + "修改后的收货地址,异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,退款金额";

    // 宝贝报表 with one row for each sub-order.
    private const string Goods =
        "子订单编号,主订单编号,买家会员名,商品标题,商品价格,购买数量,外部系统编号,商品属性,套餐信息,订单状态,买家实际支付金额,退款金额,联系手机,订单创建时间,订单付款时间";

    private readonly ImportWorld _world = new("Europe/Berlin", "EUR");

    public void Dispose() => _world.Dispose();

    internal static ShopFile File => new(Header);

    internal static (string, string)[] Order(string id, string buyer, string paid, params (string, string)[] others) =>
        [
            ("订单编号", $"=\"{id}\""),
            ("买家会员名", buyer),
            ("买家应付货款", "128.00"),
            ("总金额", "128.00"),
            ("买家实际支付金额", paid),
            ("订单状态", "交易成功"),
            ("收货人姓名", "王小青"),
            ("联系手机", "'13812345678"),
            ("订单创建时间", "2024-03-05 21:40:03"),
            ("订单付款时间", "2024-03-05 21:41:10"),
            ("宝贝标题", "竹编收纳篮 大号"),
            ("宝贝种类", "1"),
            ("宝贝总数量", "2"),
            ("退款金额", "0.00"),
            .. others,
        ];

    private Task<ImportReport> ImportAsync(ShopFile file) => _world.OrdersAsync(ImportWorld.File_(file.Gb18030)).Report();

    [Fact]
    public async Task An_order_report_in_GB18030_is_read_without_a_word_of_declaration()
    {
        var report = await ImportAsync(File.Row(Order("1876543210123456789", "竹林听雨", "118.00")));
        (report.Rows, report.Accepted, report.Orders, report.Customers).ShouldBe((1, 1, 1, 1));
        var customer = _world.Sink.Orders["竹林听雨"];
        var order = customer.Orders.ShouldHaveSingleItem().Order;
        order.ExternalId.ShouldBe("1876543210123456789");
        order.OccurredAt.EqualsExact(new DateTimeOffset(2024, 3, 5, 21, 40, 3, TimeSpan.FromHours(8))).ShouldBeTrue();
        order.Total.ShouldBe(new Money(118m, "CNY"));
        order.Lines.ShouldHaveSingleItem().ShouldBe(new OrderLine("竹编收纳篮 大号", null, 2, 118m, 0, null, null));
        customer.Contact!.ShouldSatisfyAllConditions(
            c => c.Name.ShouldBe("王小青"),
            c => c.Phone.ShouldBe("+8613812345678"),
            c => c.Country.ShouldBe("CN"),
            c => c.Locale.ShouldBe("zh-CN"),
            c => c.Zone.ShouldBe("Asia/Shanghai"),
            c => c.Email.ShouldBeNull(),
            c => c.SmsConsent.ShouldBeNull()
        );
    }

    [Theory]
    [InlineData("2024年3月5日", "2024-03-05T00:00:00+08:00")]
    [InlineData("2024年3月5日 9:05", "2024-03-05T09:05:00+08:00")]
    [InlineData("2024/3/5 9:05", "2024-03-05T09:05:00+08:00")]
    [InlineData("2024-03-05 09:05:07\t", "2024-03-05T09:05:07+08:00")]
    public async Task Dates_are_read_as_Chinese_files_write_them_at_Shanghais_clock(string text, string at)
    {
        await ImportAsync(File.Row(Order("1", "a", "5", ("订单创建时间", text))));
        _world.Sink.Orders["a"].Orders[0].Order.OccurredAt.ShouldBe(DateTimeOffset.Parse(at, null));
    }

    [Theory]
    [InlineData("¥1,234.00", 1234)]
    [InlineData("￥1,234.50", 1234.5)]
    [InlineData("1,234", 1234)]
    [InlineData("88.8元", 88.8)]
    [InlineData("１２．５", 12.5)]
    [InlineData("=\"66.00\"", 66)]
    public async Task Amounts_are_read_as_Chinese_files_write_them(string text, decimal amount)
    {
        await ImportAsync(File.Row(Order("1", "a", text)));
        _world.Sink.Orders["a"].Orders[0].Order.Total.ShouldBe(new Money(amount, "CNY"));
    }

    [Theory]
    [InlineData("交易成功", "118", "0", OrderStatus.Placed, 118, 0, "")]
    [InlineData("买家已付款，等待卖家发货", "118", "0", OrderStatus.Placed, 118, 0, "")]
    [InlineData("卖家已发货，等待买家确认", "118", "18.00", OrderStatus.Placed, 118, 18, "")]
    [InlineData("交易关闭", "0", "0", OrderStatus.Cancelled, 0, 0, "was cancelled or closed")]
    [InlineData("付款以前，卖家或买家主动关闭交易", "0.00", "", OrderStatus.Cancelled, 0, 0, "was cancelled or closed")]
    [InlineData("交易关闭", "118", "118", OrderStatus.Placed, 118, 118, "was refunded in full")]
    [InlineData("交易关闭", "0", "118", OrderStatus.Placed, 118, 118, "was refunded in full")]
    [InlineData("交易成功", "118", "118.00", OrderStatus.Placed, 118, 118, "was refunded in full")]
    [InlineData("付款以后用户退款成功，交易自动关闭", "118", "", OrderStatus.Placed, 118, 118, "was refunded in full")]
    public async Task Each_status_ends_as_the_sale_or_the_no_sale_that_it_is(
        string status,
        string paid,
        string refund,
        OrderStatus ends,
        decimal total,
        decimal refunded,
        string skipped
    )
    {
        var report = await ImportAsync(File.Row(Order("1", "a", paid, ("订单状态", status), ("退款金额", refund))));
        var order = _world.Sink.Orders["a"].Orders.ShouldHaveSingleItem().Order;
        (order.Status, order.Total.Amount, order.Refunded).ShouldBe((ends, total, refunded));
        (report.Accepted, report.Skipped, report.Refused, report.Orders).ShouldBe(skipped == "" ? (1, 0, 0, 1) : (0, 1, 0, 0));
        report.SkippedBecause.Select(s => s.Reason).ShouldAllBe(r => r.StartsWith(skipped));
    }

    [Fact]
    public async Task An_order_that_waits_for_its_payment_is_skipped_and_leaves_no_trace()
    {
        var report = await ImportAsync(
            File.Row(Order("1", "a", "0", ("订单状态", "等待买家付款"), ("订单付款时间", ""))).Row(Order("2", "b", "5"))
        );
        (report.Accepted, report.Skipped, report.Customers).ShouldBe((1, 1, 1));
        _world.Sink.Orders.Keys.ShouldBe(["b"]);
    }

    [Fact]
    public async Task Skipped_rows_are_written_with_their_reason_and_summed_in_the_readers_language()
    {
        var path = Path.Combine(_world.Folder, "skipped.csv");
        var file = File.Row(Order("1", "a", "0", ("订单状态", "交易关闭")))
            .Row(Order("2", "a", "0", ("订单状态", "交易关闭")))
            .Row(Order("3", "b", "9", ("退款金额", "9")))
            .Row(Order("4", "c", "9"));
        var report = await _world
            .OrdersAsync(ImportWorld.File_(file.Gb18030), o => o with { SkippedFile = path, Language = "zh" })
            .Report();
        report.SkippedFile.ShouldBe(path);
        report.SkippedBecause.ShouldBe([
            new SkippedRows("订单已取消或关闭，按“已取消”记录，不算购买", 2),
            new SkippedRows("订单已全额退款，按消费 0 元记录", 1),
        ]);
        var lines = System.IO.File.ReadAllLines(path);
        lines.Length.ShouldBe(4);
        lines[0].ShouldEndWith("退款金额,skipped_line,skipped_column,skipped_value,skipped_reason");
        lines[1..]
            .Select(l => string.Join(',', l.Split(',')[^4..]))
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "2,,1,订单已取消或关闭，按“已取消”记录，不算购买",
                "3,,2,订单已取消或关闭，按“已取消”记录，不算购买",
                "4,,3,订单已全额退款，按消费 0 元记录",
            ]);

        // The file of skipped rows is a file of orders like any other.
        (await _world.OrdersAsync(await System.IO.File.ReadAllTextAsync(path)).Report()).Skipped.ShouldBe(3);
    }

    [Fact]
    public async Task An_unknown_status_is_refused_and_says_what_to_do()
    {
        var refused = await _world
            .OrdersAsync(ImportWorld.File_(File.Row(Order("1", "a", "5", ("订单状态", "不明"))).Gb18030))
            .OnlyRefusal();
        (refused.Column, refused.Value).ShouldBe(("status", "不明"));
        refused.Reason.ShouldContain("mapping file");
    }

    [Fact]
    public async Task Masked_numbers_and_names_are_left_out_with_a_notice()
    {
        var report = await ImportAsync(File.Row(Order("1", "a", "5", ("联系手机", "138****5678"), ("收货人姓名", "王**"))));
        _world.Sink.Orders["a"].Contact!.ShouldSatisfyAllConditions(c => c.Phone.ShouldBeNull(), c => c.Name.ShouldBeNull());
        report.Notices.ShouldContain(n => n.StartsWith("mobile: is masked with asterisks") && n.Contains("1 rows"));
    }

    [Fact]
    public async Task Without_a_member_name_the_mobile_number_is_the_id_and_a_masked_buyer_is_refused()
    {
        var report = await ImportAsync(
            File.Row(Order("1", "", "5", ("联系手机", "+86 138-1234-5678")))
                .Row(Order("2", "t***1", "5", ("联系手机", "13812345678")))
                .Row(Order("3", "t***1", "5", ("联系手机", "138****5678")))
        );
        _world.Sink.Orders["13812345678"].Orders.Count.ShouldBe(2);
        report
            .Refusals.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                r => (r.Line, r.Column).ShouldBe((4, "customer_id")),
                r => r.Reason.ShouldContain("export the file unmasked")
            );
    }

    [Fact]
    public async Task The_same_file_again_tells_nothing_new()
    {
        var file = File.Row(Order("1", "a", "5")).Row(Order("2", "b", "5", ("订单状态", "交易关闭")));
        using var world = new ShopWorld();
        (await world.ImportAsync(file.Gb18030)).ShouldSatisfyAllConditions(r => (r.Accepted, r.Unchanged, r.Skipped).ShouldBe((1, 0, 1)));
        (await world.ImportAsync(file.Gb18030)).ShouldSatisfyAllConditions(r => (r.Accepted, r.Unchanged, r.Skipped).ShouldBe((1, 1, 1)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_closed_or_refunded_order_ends_so_whichever_file_comes_first(bool oldFirst)
    {
        var old = File.Row(Order("1", "a", "118")).Row(Order("2", "a", "118")).Row(Order("3", "a", "0", ("订单状态", "等待买家付款")));
        var later = File.Row(Order("1", "a", "0", ("订单状态", "交易关闭")))
            .Row(Order("2", "a", "118", ("退款金额", "118")))
            .Row(Order("3", "a", "60"));
        using var world = new ShopWorld();
        foreach (var file in oldFirst ? (ShopFile[])[old, later] : [later, old])
        {
            await world.ImportAsync(file.Gb18030);
        }

        (await world.OrderAsync("a", "1"))!.Status.ShouldBe(OrderStatus.Cancelled);
        (await world.OrderAsync("a", "2"))!.ShouldSatisfyAllConditions(
            o => o.Status.ShouldBe(OrderStatus.Placed),
            o => o.Refunded.ShouldBe(118)
        );
        (await world.OrderAsync("a", "3"))!.ShouldSatisfyAllConditions(
            o => o.Status.ShouldBe(OrderStatus.Placed),
            o => o.Net.Amount.ShouldBe(60)
        );
    }

    [Fact]
    public async Task Sub_orders_are_lines_of_their_main_order_and_a_closed_one_takes_its_part_away()
    {
        (string, string)[] Line(string id, string paid, string status, string refund) =>
            [
                ("子订单编号", id),
                ("主订单编号", "9001"),
                ("买家会员名", "a"),
                ("商品标题", "茶杯" + id),
                ("购买数量", "1"),
                ("外部系统编号", "CUP-" + id),
                ("订单状态", status),
                ("买家实际支付金额", paid),
                ("退款金额", refund),
                ("订单创建时间", "2024-03-05 21:40:03"),
                ("订单付款时间", "2024-03-05 21:41:10"),
            ];
        var report = await ImportAsync(
            new ShopFile(Goods)
                .Row(Line("1", "30", "交易成功", "0"))
                .Row(Line("2", "50", "交易关闭", "50"))
                .Row(Line("3", "20", "交易关闭", "0"))
        );
        (report.Accepted, report.Orders).ShouldBe((3, 1));
        var order = _world.Sink.Orders["a"].Orders[0].Order;
        (order.Status, order.Total.Amount, order.Refunded).ShouldBe((OrderStatus.Placed, 80, 50));
        order.Lines.Select(l => l.Sku).ShouldBe(["CUP-1", "CUP-2"]);
    }

    [Fact]
    public async Task A_goods_report_that_does_not_say_who_bought_is_refused_by_name()
    {
        var file = new ShopFile("订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码").Row(("订单编号", "1"));
        (await _world.OrdersAsync(ImportWorld.File_(file.Text), o => o with { Language = "zh" }).Refusal()).Reason.ShouldContain(
            "订单报表"
        );
    }
}
