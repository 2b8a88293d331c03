using RetentionFuncs.Imports;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Tests.Imports.Shops;

public sealed class WooCommerceTests : IDisposable
{
    private const string Titles =
        "Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Company (Billing),Address 1&2 (Billing),City (Billing),"
        + "State Code (Billing),Postcode (Billing),Country Code (Billing),Email (Billing),Phone (Billing),First Name (Shipping),Last Name (Shipping),"
        + "Country Code (Shipping),Payment Method Title,Cart Discount Amount,Order Subtotal Amount,Shipping Method Title,Order Shipping Amount,"
        + "Order Refund Amount,Order Total Amount,Order Total Tax Amount,SKU,Item #,Item Name,Quantity (- Refund),Item Cost,Coupon Code,Discount Amount,"
        + "Discount Amount Tax";

    private const string Names =
        "order_id,order_number,order_date,paid_date,status,shipping_total,order_total,order_currency,customer_id,customer_email,billing_first_name,"
        + "billing_last_name,billing_email,billing_phone,billing_country,refunded_total,line_item_1";

    private readonly ImportWorld _world = new("Europe/Berlin", "EUR");

    public void Dispose() => _world.Dispose();

    private Task<ImportReport> ImportAsync(ShopFile file) => _world.OrdersAsync(ImportWorld.File_(file.Text)).Report();

    private static (string, string)[] Order(string id, params (string, string)[] others) =>
        [
            ("Order Number", id),
            ("Order Status", "Completed"),
            ("Order Date", "2024-03-05 10:11"),
            ("First Name (Billing)", "Ann"),
            ("Last Name (Billing)", "Lee"),
            ("Country Code (Billing)", "DE"),
            ("Email (Billing)", "Ann@Shop.com"),
            ("Phone (Billing)", "0170 1234567"),
            ("Order Total Amount", "34.98"),
            ("Order Refund Amount", "0"),
            ("SKU", "TEE"),
            ("Item Name", "Tee"),
            ("Quantity (- Refund)", "2"),
            ("Item Cost", "9.99"),
            .. others,
        ];

    [Fact]
    public async Task Lines_of_one_order_are_one_order_of_the_buyers_address()
    {
        var report = await ImportAsync(
            new ShopFile(Titles)
                .Row(Order("1001", ("Coupon Code", "WELCOME")))
                .Row(("Order Number", "1001"), ("SKU", "MUG"), ("Item Name", "Mug"), ("Quantity (- Refund)", "1"), ("Item Cost", "10.00"))
        );
        (report.Accepted, report.Orders).ShouldBe((2, 1));
        var customer = _world.Sink.Orders["ann@shop.com"];
        var order = customer.Orders.ShouldHaveSingleItem().Order;
        order.Total.ShouldBe(new Money(34.98m, "EUR"));
        order.Lines.Select(l => (l.Sku, l.Quantity, l.Net)).ShouldBe([("TEE", 2, 19.98m), ("MUG", 1, 10m)]);
        order.Coupons.ShouldBe(["WELCOME"]);
        customer.Contact!.ShouldSatisfyAllConditions(
            c => c.Name.ShouldBe("Ann Lee"),
            c => c.Country.ShouldBe("DE"),
            c => c.Phone.ShouldBe("+491701234567"),
            c => c.Email!.Value.ShouldBe("Ann@shop.com")
        );
    }

    [Theory]
    [InlineData("wc-completed", "0", OrderStatus.Placed, 0, 1)]
    [InlineData("Processing", "-5.00", OrderStatus.Placed, 5, 1)]
    [InlineData("Refunded", "34.98", OrderStatus.Placed, 34.98, 0)]
    [InlineData("Refunded", "", OrderStatus.Placed, 34.98, 0)]
    [InlineData("Cancelled", "0", OrderStatus.Cancelled, 0, 0)]
    [InlineData("Failed", "0", OrderStatus.Cancelled, 0, 0)]
    public async Task Each_status_is_told_apart(string status, string refund, OrderStatus ends, decimal refunded, int accepted)
    {
        var report = await ImportAsync(new ShopFile(Titles).Row(Order("1", ("Order Status", status), ("Order Refund Amount", refund))));
        (report.Accepted, report.Skipped).ShouldBe((accepted, 1 - accepted));
        var order = _world.Sink.Orders["ann@shop.com"].Orders[0].Order;
        (order.Status, order.Refunded).ShouldBe((ends, refunded));
    }

    [Theory]
    [InlineData("Pending payment")]
    [InlineData("On hold")]
    [InlineData("wc-pending")]
    public async Task What_waits_for_its_payment_is_skipped(string status) =>
        (await ImportAsync(new ShopFile(Titles).Row(Order("1", ("Order Status", status))))).ShouldSatisfyAllConditions(
            r => r.Skipped.ShouldBe(1),
            _ => _world.Sink.Orders.ShouldBeEmpty()
        );

    [Fact]
    public async Task The_export_with_field_names_is_read_too_and_names_its_currency()
    {
        var report = await ImportAsync(
            new ShopFile(Names).Row(
                ("order_id", "77"),
                ("order_number", "77"),
                ("order_date", "2024-03-05 10:11:12"),
                ("paid_date", "2024-03-05 10:12:00"),
                ("status", "completed"),
                ("order_total", "20.00"),
                ("order_currency", "GBP"),
                ("customer_id", "0"),
                ("billing_email", "bo@shop.com"),
                ("billing_country", "GB")
            )
        );
        report.Accepted.ShouldBe(1);
        _world.Sink.Orders["bo@shop.com"].Orders[0].Order.Total.ShouldBe(new Money(20m, "GBP"));
    }
}
