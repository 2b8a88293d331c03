using RetentionFuncs.Clocks;
using RetentionFuncs.Orders;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Orders;

public sealed class PurchaseSummaryTests
{
    private static readonly BusinessCalendar Berlin = new("Europe/Berlin");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_summary_kept_on_arrival_equals_a_full_refold_whatever_arrives(int seed)
    {
        var world = new TripWorld();
        var random = new Random(seed);
        for (var i = 0; i < 120; i++)
        {
            await world.Product.RecordOrders.RunAsync("c1", Some(random, world), world.Clock.Now);
            var partition = await world.PartitionAsync("c1");
            var all = new List<Order>();
            await foreach (var order in RecordOrders.ReadAllAsync(world.Store, partition.Key))
            {
                all.Add(order);
            }

            var (kept, folded) = (partition.Summary(), PurchaseFold.Of(all, Berlin, "EUR"));
            kept.PurchaseDays.ShouldBe(folded.PurchaseDays);
            kept.Orders.ShouldBe(folded.Orders);
            kept.Spend.ShouldBe(folded.Spend);
        }
    }

    /// <summary>One to five orders: new, repeated, changed, late, cancelled, refunded, in two currencies.</summary>
    private static Order[] Some(Random random, TripWorld world) =>
        [
            .. Enumerable
                .Range(0, random.Next(1, 6))
                .Select(_ => random.Next(60))
                .Distinct()
                .Select(id => new Order(
                    "o" + id,
                    new DateTimeOffset(2025, 1, 1, 9, 0, 0, TimeSpan.FromHours(1)).AddDays(id * 5),
                    world.Clock.Now,
                    random.Next(8) == 0 ? OrderStatus.Cancelled : OrderStatus.Placed,
                    new Money(random.Next(0, 9000) / 100m, id % 7 == 0 ? "USD" : "EUR"),
                    random.Next(6) == 0 ? 1.5m : 0,
                    [],
                    []
                )),
        ];

    [Fact]
    public void A_zero_amount_order_is_a_purchase_day_with_spend_zero()
    {
        var summary = PurchaseFold.Of([OrderOf("2026-03-01T12:00:00+01:00", 0)], Berlin, "EUR");
        (summary.PurchaseDays.Count, summary.Orders, summary.SpendIn("EUR")).ShouldBe((1, 1, 0m));
    }

    [Fact]
    public void Two_orders_of_one_day_are_one_purchase_day_and_two_orders()
    {
        var summary = PurchaseFold.Of([OrderOf("2026-03-01T08:00:00+01:00", 10), OrderOf("2026-03-01T22:00:00+01:00", 5)], Berlin, "EUR");
        (summary.PurchaseDays.Count, summary.Orders, summary.SpendIn("EUR")).ShouldBe((1, 2, 15m));
    }

    [Fact]
    public void A_day_is_a_day_of_the_business_wherever_the_order_was_placed()
    {
        // 23:30 UTC on the first is already the second in Berlin.
        PurchaseFold.Of([OrderOf("2026-03-01T23:30:00+00:00", 10)], Berlin, "EUR").LastDay.ShouldBe(new DateOnly(2026, 3, 2));
    }

    [Fact]
    public void Catalogue_053_currencies_are_totalled_apart_and_never_summed()
    {
        var summary = PurchaseFold.Of(
            [OrderOf("2026-03-01T08:00:00+01:00", 10), OrderOf("2026-03-02T08:00:00+01:00", 7, "USD")],
            Berlin,
            "EUR"
        );
        summary.Spend.ShouldBe([new Money(10, "EUR"), new Money(7, "USD")]);
        Should.Throw<InvalidOperationException>(() => summary.Spend[0] + summary.Spend[1]);
    }

    [Fact]
    public void Catalogue_055_a_total_beyond_what_a_decimal_holds_is_a_fault_and_not_a_wrap()
    {
        var huge = OrderOf("2026-03-01T08:00:00+01:00", decimal.MaxValue);
        Should.Throw<OverflowException>(() => PurchaseFold.Of([huge, huge with { ExternalId = "other" }], Berlin, "EUR"));
    }

    [Fact]
    public void A_refund_that_names_no_order_lowers_spend_and_is_no_purchase_day()
    {
        var refund = OrderOf("2026-03-05T08:00:00+01:00", 0) with { Status = OrderStatus.Refund, Refunded = 4 };
        var summary = PurchaseFold.Of([OrderOf("2026-03-01T08:00:00+01:00", 10), refund], Berlin, "EUR");
        (summary.PurchaseDays.Count, summary.Orders, summary.SpendIn("EUR")).ShouldBe((1, 1, 6m));
    }

    private static Order OrderOf(string at, decimal amount, string currency = "EUR") =>
        new(at, DateTimeOffset.Parse(at, null), DateTimeOffset.UnixEpoch, OrderStatus.Placed, new Money(amount, currency), 0, [], []);
}
