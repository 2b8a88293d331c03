using System.Globalization;
using System.Text;
using RetentionFuncs.Imports;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Tests.Imports;

public sealed class ImportOrdersTests : IDisposable
{
    private const string Header = "customer_id,order_id,date,amount\n";
    private readonly ImportWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_plain_order_is_read_whole()
    {
        var report = await _world
            .OrdersAsync(
                "customer_id,order_id,date,amount,currency,quantity,sku,product,family,discount,cost,coupon,email,name,country,language,consent\n"
                    + "c1,o1,2025-01-02 10:11:12,19.80,EUR,2,S-1,Tea,Drinks,2.20,8.00,SPRING,Ann@Shop.de,Ann,de,de_DE,yes\n"
            )
            .Report();
        report.ShouldSatisfyAllConditions(r => r.Orders.ShouldBe(1), r => r.Customers.ShouldBe(1), r => r.RefusedFile.ShouldBeNull());
        var customer = _world.Sink.Orders["c1"];
        customer.Key.ShouldBe(_world.Ground.Secret.CustomerKeyOf("c1"));
        var (order, rows) = customer.Orders.ShouldHaveSingleItem();
        rows.ShouldBe(1);
        order.Total.ShouldBe(new Money(19.80m, "EUR"));
        order.OccurredAt.ShouldBe(new DateTimeOffset(2025, 1, 2, 10, 11, 12, TimeSpan.FromHours(8)));
        order.RecordedAt.ShouldBe(ImportWorld.Now);
        order.Lines.ShouldBe([new OrderLine("S-1", "Drinks", 2, 19.80m, 2.20m, 8.00m, "SPRING")]);
        order.Coupons.ShouldBe(["SPRING"]);
        customer.Contact!.ShouldSatisfyAllConditions(
            c => c.Email!.Value.ShouldBe("Ann@shop.de"),
            c => c.Name.ShouldBe("Ann"),
            c => c.Country.ShouldBe("DE"),
            c => c.Locale.ShouldBe("de-DE"),
            c => c.EmailConsent!.OccurredAt.ShouldBe(order.OccurredAt)
        );
    }

    [Fact]
    public async Task Lines_of_one_order_anywhere_in_the_file_are_the_order_and_their_amounts_are_summed()
    {
        await _world
            .OrdersAsync(
                "customer_id,order_id,date,amount,sku\nc1,o1,2025-01-02,5,A\nc2,o2,2025-01-02,7,A\nc1,o3,2025-01-01,1,B\nc1,o1,2025-01-02,6,B\n"
            )
            .Report();
        var orders = _world.Sink.Orders["c1"].Orders;
        orders
            .Select(o => (o.Order.ExternalId, o.Order.Total.Amount, o.Rows, o.Order.Lines.Count))
            .ShouldBe([("o3", 1m, 1, 1), ("o1", 11m, 2, 2)]);
    }

    [Fact]
    public async Task An_order_total_outranks_the_sum_of_the_lines()
    {
        await _world
            .OrdersAsync(
                "customer_id,order_id,date,amount,sku,order_total\nc1,o1,2025-01-02,5,A,20\nc1,o1,2025-01-02,6,B,20\nc1,o2,2025-01-02,6,B,\n"
            )
            .Report();
        _world.Sink.Orders["c1"].Orders.Select(o => o.Order.Total.Amount).ShouldBe([20, 6]);
        _world.Sink.Orders["c1"].Orders[0].Order.Lines.Select(l => l.Net).ShouldBe([5, 6]);
    }

    [Fact]
    public async Task Lines_that_contradict_each_other_refuse_their_order_and_no_other()
    {
        var report = await _world
            .OrdersAsync(
                "customer_id,order_id,date,amount,order_total\nc1,o1,2025-01-02,5,20\nc1,o1,2025-01-02,6,21\nc1,o2,2025-01-02,6,6\n"
            )
            .Report();
        report.Refusals.ShouldBe([
            new RejectedRow(2, "order_total", "20, 21", "order o1 has two different totals"),
            new RejectedRow(3, "order_total", "20, 21", "order o1 has two different totals"),
        ]);
        (report.Accepted, report.Orders).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Without_order_ids_the_rows_of_a_customer_at_one_moment_are_one_order()
    {
        await _world
            .OrdersAsync("customer_id,date,quantity,amount\nc1,1997-01-01,2,29.33\nc1,1997-01-01,1,10\nc1,1997-01-18 10:11:12,2,29.73\n")
            .Report();
        _world
            .Sink.Orders["c1"]
            .Orders.Select(o => (o.Order.ExternalId, o.Order.Total.Amount, o.Rows))
            .ShouldBe([("c1:1997-01-01", 39.33m, 2), ("c1:1997-01-18T10:11:12", 29.73m, 1)]);
    }

    [Fact]
    public async Task A_line_repeated_word_for_word_counts_and_is_noticed()
    {
        var report = await _world.OrdersAsync(Header + "c1,o1,2025-01-02,5\nc1,o1,2025-01-02,5\n").Report();
        _world.Sink.Orders["c1"].Orders[0].Order.Total.Amount.ShouldBe(10);
        report.Notices.ShouldBe(["an order has a line that is repeated word for word; both count"]);
    }

    [Fact]
    public async Task Catalogue_026_ids_are_text_as_they_stand_and_a_bent_one_is_noticed()
    {
        var report = await _world
            .OrdersAsync(
                Header
                    + "007,o1,2025-01-02,5\n7,o2,2025-01-02,5\n Ab c ,o3,2025-01-02,5\nab c,o4,2025-01-02,5\n1.23457E+11,o5,2025-01-02,5\n"
            )
            .Report();
        _world.Sink.Orders.Keys.Order(StringComparer.Ordinal).ShouldBe(["007", "1.23457E+11", "7", "Ab c", "ab c"]);
        report
            .Notices.ShouldHaveSingleItem()
            .ShouldBe("customer_id: looks like a long number that a spreadsheet has cut short (1 rows, first on line 6 '1.23457E+11')");
    }

    [Fact]
    public async Task Catalogue_027_ids_of_any_characters_get_plain_keys()
    {
        await _world.OrdersAsync(Header + "a/b\\c#d?e,o/1,2025-01-02,5\n🎁,o#2,2025-01-02,5\n").Report();
        _world.Sink.Keys.ShouldAllBe(k => k.Length == 26 && k.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
        _world.Sink.Orders["🎁"].Orders[0].Order.ExternalId.ShouldBe("o#2");
    }

    [Theory]
    [InlineData(512, 0)]
    [InlineData(513, 1)]
    public async Task Catalogue_028_an_id_of_more_than_512_characters_is_refused(int length, int refused) =>
        (await _world.OrdersAsync(Header + new string('x', length) + ",o1,2025-01-02,5\n").Report()).Refused.ShouldBe(refused);

    [Fact]
    public async Task Catalogue_029_orders_of_an_erased_customer_are_refused_not_half_taken()
    {
        _world.Sink.Erased = "c1";
        var report = await _world.OrdersAsync(Header + "c1,o1,2025-01-02,5\nc1,o2,2025-01-03,5\nc2,o3,2025-01-03,5\n").Report();
        (report.Accepted, report.Refused, report.Customers).ShouldBe((1, 2, 1));
        report
            .Refusals.Select(r => (r.Line, r.Reason))
            .ShouldBe([(2L, "belongs to an erased customer"), (3L, "belongs to an erased customer")]);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("zh-CN")]
    [InlineData("ar-SA")]
    [InlineData("de-DE")]
    public async Task Catalogue_030_the_machines_culture_changes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            await _world
                .OrdersAsync("CUSTOMER_ID,ORDER_ID,DATE,AMOUNT,EMAIL\nİı,o1,2025-01-02,5.25,INFO@SHOP.COM\nstraße,I,2025-01-02,1,\n")
                .Report();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        var order = _world.Sink.Orders["İı"];
        order.Orders[0].Order.Total.Amount.ShouldBe(5.25m);
        order.Contact!.Email!.Folded.ShouldBe("info@shop.com");
        _world.Sink.Orders.ShouldContainKey("straße");
    }

    [Fact]
    public async Task Catalogue_030_composed_and_decomposed_letters_are_one_id()
    {
        await _world.OrdersAsync(Header + "Zoe\u0308,o1,2025-01-02,5\nZoë,o2,2025-01-02,5\n").Report();
        _world.Sink.Orders.ShouldHaveSingleItem().Value.Orders.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Catalogue_050_a_negative_amount_alone_is_a_refund_and_with_others_gives_back()
    {
        await _world.OrdersAsync(Header + "c1,o1,2025-01-02,50\nc1,o1,2025-01-02,-20\nc1,r2,2025-01-03,-15\n").Report();
        var orders = _world.Sink.Orders["c1"].Orders.Select(o => o.Order).ToList();
        orders
            .Select(o => (o.Status, o.Total.Amount, o.Refunded))
            .ShouldBe([(OrderStatus.Placed, 50m, 20m), (OrderStatus.Refund, 0m, 15m)]);
        orders.Select(o => o.IsPurchase).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Catalogue_053_a_row_without_currency_is_in_the_declared_one_and_two_in_one_order_are_refused()
    {
        var report = await _world
            .OrdersAsync(
                "customer_id,order_id,date,amount,currency\nc1,o1,2025-01-02,5,\nc1,o2,2025-01-02,5,RMB\nc1,o3,2025-01-02,5,usd\nc1,o3,2025-01-02,5,EUR\nc1,o4,2025-01-02,5,dollars\n",
                o => o with { Currency = "EUR" }
            )
            .Report();
        _world.Sink.Orders["c1"].Orders.Select(o => o.Order.Total.Currency).ShouldBe(["EUR", "CNY"]);
        report.Refusals.Select(r => (r.Line, r.Column)).ShouldBe([(4L, "currency"), (5L, "currency"), (6L, "currency")]);
    }

    [Fact]
    public async Task Catalogue_054_an_order_of_nothing_is_a_purchase_with_spend_zero()
    {
        await _world.OrdersAsync(Header + "c1,o1,2025-01-02,0\n").Report();
        _world
            .Sink.Orders["c1"]
            .Orders[0]
            .Order.ShouldSatisfyAllConditions(o => o.IsPurchase.ShouldBeTrue(), o => o.Net.Amount.ShouldBe(0));
    }

    [Fact]
    public async Task Catalogue_055_lines_that_add_up_to_more_than_can_be_held_refuse_the_order()
    {
        var rows = string.Concat(Enumerable.Repeat($"c1,o1,2025-01-02,{new string('9', 28)}\n", 9));
        var report = await _world.OrdersAsync(Header + rows + "c1,o2,2025-01-02,5\n").Report();
        (report.Accepted, report.Refused).ShouldBe((1, 9));
        report.Refusals[0].Reason.ShouldContain("more than can be held");
    }

    [Fact]
    public async Task Cancelled_and_refunded_words_are_understood_and_others_refused()
    {
        var report = await _world
            .OrdersAsync(
                "customer_id,order_id,date,amount,status\nc1,a,2025-01-02,5,Completed\nc1,b,2025-01-02,5,canceled\nc1,c,2025-01-02,5,Refunded\nc1,d,2025-01-02,5,已取消\nc1,e,2025-01-02,5,lost\n"
            )
            .Report();
        _world
            .Sink.Orders["c1"]
            .Orders.Select(o => (o.Order.Status, o.Order.Refunded))
            .ShouldBe([(OrderStatus.Placed, 0m), (OrderStatus.Cancelled, 0m), (OrderStatus.Placed, 5m), (OrderStatus.Cancelled, 0m)]);
        report
            .Refusals.ShouldHaveSingleItem()
            .ShouldBe(new RejectedRow(6, "status", "lost", "is not one of paid, completed, cancelled, refunded"));
    }

    [Fact]
    public async Task Each_refusal_has_line_column_value_and_reason()
    {
        var report = await _world
            .OrdersAsync(
                Header
                    + "c1,o1,03/04/2025,5\nc1,o2,2025-01-02,\"1,234\"\n,o3,2025-01-02,5\nc1,,2025-01-02,5\nc1,o5,,5\nc1,o6,2025-01-02,\nc1,o7,2025-01-02\nc1,o8,2025-01-02,5\n"
            )
            .Report();
        report
            .Refusals.Select(r => (r.Line, r.Column, r.Value))
            .ShouldBe([
                (2L, "date", "03/04/2025"),
                (3L, "amount", "1,234"),
                (4L, "customer_id", ""),
                (5L, "order_id", ""),
                (6L, "date", ""),
                (7L, "amount", ""),
                (8L, "", ""),
            ]);
        report
            .Refusals.Select(r => r.Reason)
            .ShouldBe([
                "can be read day first or month first; declare the order: dmy or mdy",
                "can be read as thousands or as decimals; declare how numbers are written, e.g. en or de",
                "is empty",
                "is empty",
                "is empty",
                "is empty",
                "has 3 fields where the header has 4",
            ]);
        (report.Rows, report.Accepted).ShouldBe((8, 1));
    }

    [Fact]
    public async Task A_bad_address_does_not_cost_the_order()
    {
        var report = await _world
            .OrdersAsync("customer_id,order_id,date,amount,email\nc1,o1,2025-01-02,5,a@@b\nc2,o2,2025-01-02,5,null\n")
            .Report();
        report.Accepted.ShouldBe(2);
        report.Notices.ShouldBe([
            "email: left out, because it has two @ signs (1 rows, first on line 2 'a@@b')",
            "email: holds a placeholder, read as empty (1 rows, first on line 3 'null')",
        ]);
        _world.Sink.Orders.Values.ShouldAllBe(o => o.Contact == null);
    }

    [Fact]
    public async Task The_newest_order_speaks_for_the_contact_and_older_ones_fill_its_gaps()
    {
        await _world
            .OrdersAsync(
                "customer_id,order_id,date,amount,email,name\nc1,o1,2025-03-02,5,new@shop.de,\nc1,o2,2025-01-02,5,old@shop.de,Ann\n"
            )
            .Report();
        var contact = _world.Sink.Orders["c1"].Contact!;
        (contact.Email!.Value, contact.Name).ShouldBe(("new@shop.de", "Ann"));
    }

    [Fact]
    public async Task Customers_come_in_the_order_of_their_keys()
    {
        var rows = string.Concat(Enumerable.Range(0, 500).Select(i => $"c{i},o{i},2025-01-02,5\n"));
        await _world.OrdersAsync(Header + rows).Report();
        _world.Sink.Keys.Count.ShouldBe(500);
        _world.Sink.Keys.ShouldBe(_world.Sink.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_id_for_more_rows_than_a_customer_can_have_is_refused()
    {
        var rows = string.Concat(Enumerable.Range(0, 50_001).Select(i => $"guest,o{i},2025-01-02,5\n"));
        var report = await _world.OrdersAsync(Header + rows + "c1,o1,2025-01-02,5\n").Report();
        (report.Refused, report.Accepted, report.Refusals.Count).ShouldBe((50_001, 1, 100));
        report.Refusals[0].Reason.ShouldContain("collective id");
    }

    [Fact]
    public async Task Progress_goes_from_hashing_over_reading_to_applying()
    {
        var seen = new List<ImportProgress>();
        var rows = string.Concat(Enumerable.Range(0, 70_000).Select(i => $"c{i},o{i},2025-01-02,5\n"));
        await ImportKinds.RunAsync(
            ImportKinds.Orders,
            _world.Ground,
            ImportWorld.File_(Header + rows),
            _world.Options,
            _world.Sink,
            new Collecting(seen)
        );
        seen.Select(p => p.Phase).Distinct().ShouldBe([ImportPhase.Hashing, ImportPhase.Reading, ImportPhase.Applying]);
        seen.Where(p => p.Phase == ImportPhase.Reading).Select(p => p.Rows).ShouldBe([32_768, 65_536]);
        seen[^1].TotalBytes.ShouldBe(Encoding.UTF8.GetByteCount(Header + rows));
    }

    [Fact]
    public async Task A_cancelled_import_applies_nothing_more()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var import = ImportKinds.RunAsync(
            ImportKinds.Orders,
            _world.Ground,
            ImportWorld.File_(Header + "c1,o1,2025-01-02,5\n"),
            _world.Options,
            _world.Sink,
            cancellation: source.Token
        );
        await Should.ThrowAsync<OperationCanceledException>(import);
        _world.Sink.Orders.ShouldBeEmpty();
    }

    private sealed class Collecting(List<ImportProgress> seen) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => seen.Add(value);
    }
}
