using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Encodings;
using RetentionFuncs.Imports.Mappings;
using RetentionFuncs.Orders;
using RetentionFuncs.Tests.Imports.Encodings;

namespace RetentionFuncs.Tests.Imports.Mappings;

public sealed class MappingFileTests : IDisposable
{
    private const string Erp = """
        # 金蝶导出的销售单
        encoding: gb18030
        delimiter: ";"
        dates: dmy
        numbers: de
        currency: EUR
        country: DE
        columns:
          customer_id: 往来单位
          order_id: 单据号
          date: 单据日期
          amount: 含税额
          status: 单据状态
        values:
          status:
            已审核: placed
            已作废: cancelled
            草稿: unpaid
        constants:
          locale: de
          family: 茶具
        consent:
          channels: phone
          basis: implied
          source: 展会名片 2024
        """;

    private readonly ImportWorld _world = new();

    public void Dispose() => _world.Dispose();

    private static ImportOptions OptionsOf(string mapping, string kind = "orders")
    {
        var (declared, findings) = MappingFile.Read(mapping, "erp.yaml", kind);
        findings.ShouldBeEmpty();
        declared!.TryRead(out var options, out var problem).ShouldBeTrue(problem.En);
        return options;
    }

    [Fact]
    public async Task A_file_nobody_knows_is_read_as_its_mapping_says()
    {
        var options = OptionsOf(Erp);
        var text =
            "往来单位;单据号;单据日期;含税额;单据状态\r\nK1;S1;05.03.2024;1.234,50;已审核\r\nK1;S2;06.03.2024;10,00;已作废\r\nK2;S3;06.03.2024;9,00;草稿\r\n";
        var report = await _world
            .OrdersAsync(
                ImportWorld.File_(TranscodingTests.Bytes("gb18030", text)),
                o => options with { TempFolder = o.TempFolder, RefusedFile = o.RefusedFile }
            )
            .Report();
        (report.Rows, report.Accepted, report.Skipped).ShouldBe((3, 1, 2));
        var customer = _world.Sink.Orders["K1"];
        var order = customer.Orders[0].Order;
        order.Total.ShouldBe(new Money(1234.5m, "EUR"));
        order.OccurredAt.Day.ShouldBe(5);
        order.Lines.ShouldHaveSingleItem().Family.ShouldBe("茶具");
        customer.Orders[1].Order.Status.ShouldBe(OrderStatus.Cancelled);
        customer.Contact!.ShouldSatisfyAllConditions(
            c => c.Country.ShouldBe("DE"),
            c => c.Locale.ShouldBe("de"),
            c => c.PhoneConsent!.Source.ShouldBe("展会名片 2024")
        );
    }

    [Fact]
    public async Task A_shops_form_takes_a_mapping_for_its_status_words()
    {
        var options = OptionsOf("form: taobao\nvalues:\n  status:\n    预售完结: placed\n    退款中: placed\n    关闭: cancelled\n");
        var file = Shops
            .TaobaoTests.File.Row(Shops.TaobaoTests.Order("1", "a", "5", ("订单状态", "预售完结")))
            .Row(Shops.TaobaoTests.Order("2", "a", "5", ("订单状态", "关闭")));
        var report = await _world.OrdersAsync(ImportWorld.File_(file.Gb18030), o => options with { TempFolder = o.TempFolder }).Report();
        (report.Accepted, report.Skipped).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_constant_fills_empty_fields_and_missing_columns_and_no_others()
    {
        await _world
            .OrdersAsync(
                "customer_id,order_id,date,amount,country\n1,o1,2025-01-01,5,FR\n2,o2,2025-01-01,5,\n",
                o => OptionsOf("country: CN\nconstants: {currency: USD}\n") with { TempFolder = o.TempFolder }
            )
            .Report();
        _world.Sink.Orders["1"].Contact!.Country.ShouldBe("FR");
        _world.Sink.Orders["2"].Contact!.Country.ShouldBe("CN");
        _world.Sink.Orders["2"].Orders[0].Order.Total.Currency.ShouldBe("USD");
    }

    [Fact]
    public async Task Customers_files_take_a_mapping_too()
    {
        var options = OptionsOf(
            "columns: {customer_id: Kd, name: Wer}\nconstants: {consent: express, consent_source: 门店登记}\n",
            "customers"
        );
        await _world.CustomersAsync("Kd,Wer\n7,Ann\n", o => options with { TempFolder = o.TempFolder }).Report();
        _world.Sink.Customers["7"].Contacts[0].EmailConsent!.Source.ShouldBe("门店登记");
    }

    [Theory]
    [InlineData("encoding: latin9\n", 1, 11, "'encoding' cannot be 'latin9'")]
    [InlineData("columns:\n  custmer_id: X\n", 2, 3, "There is no column 'custmer_id'")]
    [InlineData("values:\n  status: placed\n", 2, 11, "'status' has the wrong shape")]
    [InlineData("colums:\n  date: X\n", 1, 1, "The key 'colums' is not known here")]
    [InlineData("constants:\n  country:\n", 2, 11, "'country' needs one text")]
    [InlineData("form: taobo\n", 1, 7, "'form' cannot be 'taobo'")]
    [InlineData("consent:\n  channels: sms\n  basis: express\n", 2, 3, "'source' is missing")]
    [InlineData("consent:\n  channels: fax\n  basis: express\n  source: x\n", 2, 3, "consent: 'fax'")]
    [InlineData("dates: [dmy]\n", 1, 8, "'dates' has the wrong shape")]
    [InlineData("currency: euro\n", 1, 11, "'currency' cannot be 'euro'")]
    public void What_is_wrong_in_it_is_told_with_line_and_column(string text, int line, int column, string says)
    {
        var (declared, findings) = MappingFile.Read(text, "map.yaml", "orders");
        declared.ShouldBeNull();
        findings[0].ShouldSatisfyAllConditions(f => (f.Line, f.Column).ShouldBe((line, column)), f => f.Message.En.ShouldStartWith(says));
    }

    [Fact]
    public void A_form_or_a_consent_is_for_order_files_only()
    {
        MappingFile.Read("form: jd\n", "m.yaml", "customers").Declared.ShouldBeNull();
        new ImportDeclaration { Consent = "sms" }
            .ProblemFor("customers")
            .En.ShouldContain("order files only");
    }

    [Fact]
    public void Flags_outrank_the_mapping()
    {
        var both = new ImportDeclaration
        {
            Dates = "mdy",
            Columns = new Dictionary<string, string> { ["date"] = "D" },
        }.Over(MappingFile.Read(Erp, "erp.yaml", "orders").Declared!);
        (both.Dates, both.Numbers, both.Columns!["date"], both.Columns["amount"]).ShouldBe(("mdy", "de", "D", "含税额"));
        both.TryRead(out var options, out _).ShouldBeTrue();
        options.Encoding.ShouldBe(FileEncoding.Gb18030);
    }
}
