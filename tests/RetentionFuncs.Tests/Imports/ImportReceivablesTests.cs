using RetentionFuncs.Experiences;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Imports;

public sealed class ImportReceivablesTests : IDisposable
{
    private readonly KindsWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Invoices_paid_late_in_part_and_not_at_all_are_told_apart()
    {
        var report = await _world.TakeAsync(
            "receivables",
            """
            customer_id,invoice,issued,due,amount,paid,paid_amount,promised
            acme,I-1,2026-01-01,2026-01-31,100,2026-01-20,,
            acme,I-2,2026-01-01,2026-01-31,200,2026-02-10,200,
            acme,I-3,2026-01-01,2026-01-31,300,2026-01-31,250,
            acme,I-4,2026-01-15,2026-02-14,400,,,2026-02-20
            acme,I-5,2026-02-15,2026-03-17,500,,,

            """
        );
        (report.Accepted, report.Customers).ShouldBe((5, 1));
        var history = await _world.ExperiencesAsync("acme");
        (history.Invoices, history.LateInvoices, history.PaidLate).ShouldBe((3, 1, 200m));
        history.OpenInvoices.Select(i => (i.About, i.Rest)).ShouldBe([("I-3", 50m), ("I-4", 400m), ("I-5", 500m)]);
        history.OverdueOn(new(2026, 3, 2)).Select(i => i.About).ShouldBe(["I-3", "I-4"]);
        history.OpenInvoices[1].PromisedOn.ShouldBe(new(2026, 2, 20));
    }

    [Fact]
    public async Task Next_months_list_adds_only_what_is_new()
    {
        const string Header = "customer_id,invoice,issued,due,amount,paid,paid_amount\n";
        await _world.TakeAsync(
            "receivables",
            Header + "acme,I-1,2026-01-01,2026-01-31,100,2026-01-20,40\nacme,I-2,2026-01-01,2026-01-31,70,,\n"
        );
        var next = await _world.TakeAsync(
            "receivables",
            Header
                + "acme,I-1,2026-01-01,2026-01-31,100,2026-01-20,40\nacme,I-1,2026-01-01,2026-01-31,100,2026-02-20,60\nacme,I-2,2026-01-01,2026-01-31,70,,\n"
        );
        next.Unchanged.ShouldBe(1);
        var history = await _world.ExperiencesAsync("acme");
        (history.Invoices, history.LateInvoices, history.Invoiced).ShouldBe((2, 1, 100m));
        history.OpenInvoices.ShouldHaveSingleItem().About.ShouldBe("I-2");
    }

    [Fact]
    public async Task A_second_payment_in_a_list_of_its_own_closes_the_invoice()
    {
        const string Header = "customer_id,invoice,issued,due,amount,paid,paid_amount\n";
        await _world.TakeAsync("receivables", Header + "acme,I-1,2026-01-01,2026-01-31,100,2026-01-20,40\n");
        await _world.TakeAsync("receivables", Header + "acme,I-1,2026-01-01,2026-01-31,100,2026-01-25,60\n");
        (await _world.ExperiencesAsync("acme")).OpenInvoices.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rest_that_the_ledger_has_let_go_is_not_open()
    {
        await _world.TakeAsync(
            "receivables",
            "customer_id,invoice,due,amount,paid,paid_amount,balance\nacme,I-1,2026-01-31,100,2026-01-20,98,0\n"
        );
        (await _world.ExperiencesAsync("acme")).OpenInvoices.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_list_again_changes_nothing()
    {
        const string List =
            "客户编号,单据号,开票日期,到期日,应收金额,币种,收款日期,收款金额\nacme,I-1,2026年1月1日,2026年1月31日,¥100.00,CNY,2026年2月20日,40\n";
        await _world.TakeAsync("receivables", List);
        var rows = await _world.RowsAsync("acme");
        (await _world.TakeAsync("receivables", List)).Unchanged.ShouldBe(1);
        (await _world.RowsAsync("acme")).ShouldBe(rows);
        (await _world.ExperiencesAsync("acme"))
            .OpenInvoices.ShouldHaveSingleItem()
            .Rest.ShouldBeNull("it is not in the business's currency");
    }

    [Theory]
    [InlineData("acme,I-1,2026-01-31,-5,,,", "amount", "is not above zero; a credit note is no receivable")]
    [InlineData("acme,I-1,2026-01-31,100,,40,", "paid_amount", "is given without the day of payment")]
    [InlineData("acme,I-1,2026-01-31,100,2026-01-30,0,", "paid_amount", "is zero beside a day of payment")]
    [InlineData("acme,I-1,,100,,,", "due", "is empty")]
    [InlineData("acme,I-1,2026-01-31,100,2027-01-30,,", "paid", null)]
    [InlineData(",I-1,2026-01-31,100,,,", "customer_id", "is empty")]
    [InlineData("acme,I-1,2026-01-31,100,,,0", "open_amount", "is given without the day of payment")]
    public async Task A_wrong_field_refuses_its_row(string row, string column, string? reason)
    {
        var refusal = await _world
            .ImportAsync("receivables", $"customer_id,invoice,due,amount,paid,paid_amount,open_amount\n{row}\n")
            .OnlyRefusal();
        refusal.Column.ShouldBe(column);
        refusal.Reason.ShouldBe(reason ?? refusal.Reason);
    }

    [Fact]
    public async Task Rows_of_one_invoice_that_contradict_each_other_are_refused_and_no_other()
    {
        var report = await _world
            .ImportAsync(
                "receivables",
                "customer_id,invoice,due,amount\nacme,I-1,2026-01-31,100\nacme,I-1,2026-01-30,100\nacme,I-2,2026-01-31,5\n"
            )
            .Report();
        (report.Accepted, report.Refused).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Deliveries_that_were_late_short_and_urgent_are_remembered()
    {
        var report = await _world.TakeAsync(
            "deliveries",
            """
            客户编号,订单号,承诺交期,实际交货日期,订购数量,交货数量,是否加急
            acme,O-1,2026-02-01,2026-02-04,10,6,是
            acme,O-1,2026-02-01,2026-02-04,10,12,否
            acme,O-2,2026-02-01,2026-02-01,5,5,否

            """
        );
        (report.Accepted, report.Customers).ShouldBe((3, 1));
        var history = await _world.ExperiencesAsync("acme");
        (history.Deliveries, history.FaultyDeliveries).ShouldBe((2, 1));
        var late = history.Kept.Single(e => e.Kind == ExperienceKind.LateDelivery);
        (late.DaysLate, late.Urgent, late.About).ShouldBe((3, true, "O-1"));
        history.Kept.Single(e => e.Kind == ExperienceKind.ShortDelivery).Missing.ShouldBe(0.2m);
        var again = await _world.TakeAsync("deliveries", "customer_id,order_id,promised,delivered\nacme,O-1,2026-02-01,2026-02-04\n");
        again.Unchanged.ShouldBe(1);
    }

    [Theory]
    [InlineData("acme,O-1,2026-02-01,,10,10", "delivered")]
    [InlineData("acme,O-1,2026-02-01,2026-02-01,10,", "delivered_quantity")]
    [InlineData("acme,O-1,2026-02-01,2026-02-01,0,0", "ordered")]
    [InlineData("acme,O-1,2026-02-01,2026-02-01,5,-1", "delivered_quantity")]
    [InlineData("acme,,2026-02-01,2026-02-01,5,5", "order_id")]
    public async Task A_wrong_delivery_is_refused(string row, string column) =>
        (
            await _world
                .ImportAsync("deliveries", $"customer_id,order_id,promised,delivered,ordered,delivered_quantity\n{row}\n")
                .OnlyRefusal()
        ).Column.ShouldBe(column);
}
