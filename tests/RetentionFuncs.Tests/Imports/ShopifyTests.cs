using RetentionFuncs.Customers;
using RetentionFuncs.Imports;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Tests.Imports;

public sealed class ShopifyTests : IDisposable
{
    // The columns of Shopify's export in their order; the tests fill in the ones that matter.
    private const string Header =
        "Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,"
        + "Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,"
        + "Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing Address1,Billing Address2,"
        + "Billing Company,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Street,Shipping Address1,"
        + "Shipping Address2,Shipping Company,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Notes,Note Attributes,"
        + "Cancelled at,Payment Method,Payment Reference,Refunded Amount,Vendor,Outstanding Balance,Employee,Location,Device ID,Id,Tags,Risk Level,"
        + "Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Phone";

    private static readonly string[] Columns = Header.Split(',');
    private readonly ImportWorld _world = new("Europe/Berlin", "EUR");

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task An_order_of_three_lines_is_one_order_with_shopifys_total()
    {
        var report = await ImportAsync(
            Head("#1001", "Ann@Shop.com", "34.98", ("Discount Code", "WELCOME"), ("Accepts Marketing", "yes")),
            Line("#1001", "Ann@Shop.com", "Mug", "10.00", ("Lineitem sku", "MUG"), ("Lineitem discount", "1.50")),
            Line("#1001", "", "Card", "3.00")
        );
        (report.Rows, report.Accepted, report.Orders, report.Customers).ShouldBe((3, 3, 1, 1));
        var customer = _world.Sink.Orders["ann@shop.com"];
        var order = customer.Orders.ShouldHaveSingleItem().Order;
        order.ExternalId.ShouldBe("#1001");
        order.Total.ShouldBe(new Money(34.98m, "USD"));
        order.OccurredAt.EqualsExact(new DateTimeOffset(2024, 3, 5, 10, 11, 12, TimeSpan.FromHours(8))).ShouldBeTrue();
        order
            .Lines.Select(l => (l.Sku, l.Quantity, l.Net, l.Discount))
            .ShouldBe([("TEE", 2, 19.98m, 0), ("MUG", 1, 8.50m, 1.50m), ("Card", 1, 3.00m, 0)]);
        order.Coupons.ShouldBe(["WELCOME"]);
        customer.Contact!.ShouldSatisfyAllConditions(
            c => c.Email!.Value.ShouldBe("Ann@shop.com"),
            c => c.Name.ShouldBe("Ann Lee"),
            c => c.Country.ShouldBe("US"),
            c => c.EmailConsent!.State.ShouldBe(ConsentState.Granted),
            c => c.EmailConsent!.OccurredAt.ShouldBe(order.OccurredAt)
        );
    }

    [Theory]
    [InlineData("paid", "", "0.00", OrderStatus.Placed, 0)]
    [InlineData("pending", "", "", OrderStatus.Placed, 0)]
    [InlineData("partially_refunded", "", "5.00", OrderStatus.Placed, 5)]
    [InlineData("refunded", "", "20.00", OrderStatus.Placed, 20)]
    [InlineData("refunded", "", "0.00", OrderStatus.Placed, 20)]
    [InlineData("voided", "", "0.00", OrderStatus.Cancelled, 0)]
    [InlineData("expired", "", "0.00", OrderStatus.Cancelled, 0)]
    [InlineData("refunded", "2024-03-06 08:00:00 +0800", "20.00", OrderStatus.Cancelled, 20)]
    [InlineData("paid", "2024-03-06 08:00:00 +0800", "0.00", OrderStatus.Cancelled, 0)]
    public async Task Cancelled_voided_and_refunded_orders_are_told_apart(
        string financial,
        string cancelledAt,
        string refundedAmount,
        OrderStatus status,
        decimal refunded
    )
    {
        await ImportAsync(
            Head(
                "#1",
                "a@shop.com",
                "20.00",
                ("Financial Status", financial),
                ("Cancelled at", cancelledAt),
                ("Refunded Amount", refundedAmount)
            )
        );
        var order = _world.Sink.Orders["a@shop.com"].Orders[0].Order;
        (order.Status, order.Refunded).ShouldBe((status, refunded));
        (order.IsPurchase ? order.Net.Amount : 0).ShouldBe(status == OrderStatus.Placed ? 20 - refunded : 0);
    }

    [Fact]
    public async Task When_the_first_line_of_an_order_is_refused_so_are_its_others()
    {
        var report = await ImportAsync(
            Head("#1", "a@shop.com", "20.00", ("Created at", "soon")),
            Line("#1", "", "Mug", "10.00"),
            Line("#1", "a@shop.com", "Card", "3.00"),
            Head("#2", "b@shop.com", "7.00")
        );
        (report.Accepted, report.Refused).ShouldBe((1, 3));
        report.Refusals.Select(r => (r.Line, r.Column)).ShouldBe([(2L, "Created at"), (3L, ""), (4L, "")]);
        report.Refusals[1].Reason.ShouldBe("belongs to an order whose first row is missing or was refused");
    }

    [Fact]
    public async Task An_order_without_address_goes_by_its_phone_and_without_both_is_refused()
    {
        var report = await ImportAsync(
            Head("#1", "", "20.00", ("Phone", "'+49 170 1")),
            Head("#2", "", "20.00", ("Billing Phone", "555-0100")),
            Head("#3", "", "20.00")
        );
        _world.Sink.Orders.Keys.Order(StringComparer.Ordinal).ShouldBe(["'+49 170 1", "555-0100"]);
        report.Refusals.ShouldHaveSingleItem().Column.ShouldBe("Email");
    }

    [Fact]
    public async Task Not_ticking_the_box_is_a_no()
    {
        await ImportAsync(Head("#1", "a@shop.com", "20.00", ("Accepts Marketing", "no")));
        _world.Sink.Orders["a@shop.com"].Contact!.EmailConsent!.State.ShouldBe(ConsentState.Denied);
    }

    [Fact]
    public async Task The_form_is_shown_by_its_recognised_columns()
    {
        var report = await ImportAsync(Head("#1", "a@shop.com", "20.00"));
        report.Recognised.ShouldContain(new RecognisedColumn("Financial Status", "Financial Status"));
        report.Ignored.ShouldContain("Risk Level");
    }

    private Task<ImportReport> ImportAsync(params string[] rows) =>
        _world.OrdersAsync(Header + "\n" + string.Concat(rows.Select(r => r + "\n"))).Report();

    private static string Head(string name, string email, string total, params (string Column, string Value)[] others) =>
        Row([
            ("Name", name),
            ("Email", email),
            ("Financial Status", "paid"),
            ("Currency", "USD"),
            ("Total", total),
            ("Created at", "2024-03-05 10:11:12 +0800"),
            ("Lineitem quantity", "2"),
            ("Lineitem name", "Tee"),
            ("Lineitem price", "9.99"),
            ("Lineitem sku", "TEE"),
            ("Billing Name", "Ann Lee"),
            ("Billing Country", "US"),
            .. others,
        ]);

    private static string Line(string name, string email, string item, string price, params (string Column, string Value)[] others) =>
        Row([("Name", name), ("Email", email), ("Lineitem quantity", "1"), ("Lineitem name", item), ("Lineitem price", price), .. others]);

    private static string Row(IEnumerable<(string Column, string Value)> cells)
    {
        var row = new string[Columns.Length];
        foreach (var (column, value) in cells)
        {
            row[Array.IndexOf(Columns, column)] = value;
        }

        return string.Join(',', row);
    }
}
