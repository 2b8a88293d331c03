using RetentionFuncs.Clocks;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Orders;

public sealed class BuyingTraitsTests
{
    private static readonly BusinessCalendar Berlin = new("Europe/Berlin");
    private static readonly DateTimeOffset Start = new(2025, 1, 1, 12, 0, 0, TimeSpan.FromHours(1));

    [Theory]
    [InlineData(1, 12, 5)]
    [InlineData(2, 60, 40)]
    [InlineData(3, 200, 90)]
    [InlineData(4, 400, 3)]
    [InlineData(5, 40, 400)]
    public void Orders_added_one_by_one_in_any_order_equal_all_folded_at_once(int seed, int orders, int families)
    {
        var random = new Random(seed);
        Order[] all = [.. Enumerable.Range(0, orders).Select(i => Random(random, i, families))];
        var whole = Fold(all).Write();
        for (var round = 0; round < 5; round++)
        {
            random.Shuffle(all);
            var kept = BuyingTraits.None;
            for (var from = 0; from < all.Length; )
            {
                var part = random.Next(1, 8);
                // Kept as text in between, as the summary row does.
                kept = BuyingTraits.Read(kept.Add(all.Skip(from).Take(part), Berlin, "EUR").Write())!;
                from += part;
            }

            kept.Write().ShouldBe(whole);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Traits_kept_on_arrival_equal_a_full_refold_when_orders_are_replaced_and_cancelled(int seed)
    {
        var world = new TripWorld();
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            Order[] some = [.. Enumerable.Range(0, 3).Select(_ => random.Next(40)).Distinct().Select(id => Random(random, id, 6))];
            await world.Product.RecordOrders.RunAsync("c1", some, world.Clock.Now);
            var partition = await world.PartitionAsync("c1");
            var all = new List<Order>();
            await foreach (var order in RecordOrders.ReadAllAsync(world.Store, partition.Key))
            {
                all.Add(order);
            }

            partition.Summary().Traits!.Write().ShouldBe(Fold([.. all]).Write());
        }
    }

    [Fact]
    public void A_thousand_orders_over_hundreds_of_families_stay_under_eight_kilobytes()
    {
        var random = new Random(7);
        var orders = Enumerable
            .Range(0, 1000)
            .Select(i =>
                Random(random, i, 300, "一个名字特别长的商品系列，长到超过了四十个字符的上限，所以必须截断 " + new string('长', 20))
            )
            .Concat(Enumerable.Range(1000, 1000).Select(i => Random(random, i, 300, "family of goods ")));
        var text = Fold([.. orders]).Write();
        System.Text.Encoding.UTF8.GetByteCount(text).ShouldBeLessThan(8 * 1024);
        text.Length.ShouldBeLessThan(RowLimits.TextLength);
    }

    [Fact]
    public void Shares_and_the_profit_rate_come_from_lines_of_known_cost_and_orders_with_a_discount_or_coupon()
    {
        var traits = Fold([
            OrderOf(0, 80, [new("a", "tea", 2, 80, 20, 50, null)]),
            OrderOf(10, 100, [new("b", "tea", 1, 60, 0, null, null), new("c", "coffee", 1, 40, 0, 10, null)]) with
            {
                Coupons = ["SPRING"],
            },
            OrderOf(20, 300, [new("a", "tea", 3, 300, 0, 210, null)]) with
            {
                Refunded = 60,
            },
            OrderOf(30, 20, []),
        ]);
        (traits.Purchases, traits.DiscountedPurchases, traits.Discount, traits.Gross).ShouldBe((4, 2, 20m, 520m));
        traits.DiscountedShare.ShouldBe(0.5m);
        traits.DiscountRate.ShouldBe(20m / 520m);
        (traits.Refunded, traits.RefundedOrders).ShouldBe((60m, 1));
        traits.RefundRate.ShouldBe(60m / 500m);
        (traits.LargestOrder, traits.LargestOrderOn).ShouldBe((240m, (DateOnly?)new DateOnly(2025, 1, 21)));
        (traits.Lines, traits.LinesWithoutCost, traits.Quantity).ShouldBe((4, 1, 7m));
        (traits.CostedNet, traits.Profit).ShouldBe((420m, 150m));
        traits.ProfitRate.ShouldBe(150m / 420m);
        traits.Skus.ShouldBe(3);
        traits.Families.Select(f => (f.Name, f.DayCount, f.Net)).ShouldBe([("coffee", 1, 40m), ("tea", 3, 440m)]);
        (traits.FirstFamily, traits.FirstFamilyOn).ShouldBe(("tea", (DateOnly?)new DateOnly(2025, 1, 1)));
    }

    [Fact]
    public void Cancelled_orders_tell_nothing_and_a_refund_without_an_order_counts_as_money_given_back()
    {
        var cancelled = OrderOf(0, 80, [new("a", "tea", 2, 80, 20, 50, null)]) with { Status = OrderStatus.Cancelled };
        Fold([cancelled]).Write().ShouldBe(BuyingTraits.None.Write());
        var refund = OrderOf(3, 0, []) with { Status = OrderStatus.Refund, Refunded = 15 };
        var traits = Fold([refund]);
        (traits.Refunded, traits.RefundedOrders, traits.Purchases, traits.RefundRate).ShouldBe((15m, 1, 0, 0m));
    }

    [Fact]
    public void Amounts_in_a_foreign_currency_stay_out_while_its_families_and_goods_count()
    {
        var abroad = OrderOf(0, 80, [new("a", "tea", 2, 80, 20, 50, "C")]) with { Total = new Money(80, "USD"), Refunded = 8 };
        var traits = Fold([abroad]);
        (traits.Purchases, traits.Gross, traits.Discount, traits.Refunded, traits.Profit, traits.Lines).ShouldBe((0, 0m, 0m, 0m, 0m, 0));
        traits.LargestOrderOn.ShouldBeNull();
        traits.Families.ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.Net.ShouldBe(0), f => f.DayCount.ShouldBe(1));
        traits.Skus.ShouldBe(1);
    }

    [Fact]
    public void Of_a_family_bought_often_the_newest_days_and_the_very_first_are_kept()
    {
        var family = Fold([.. Enumerable.Range(0, 100).Select(i => OrderOf(7 * i, 5, [new("a", "tea", 1, 5, 0, null, null)]))])
            .Families.ShouldHaveSingleItem();
        family.DayCount.ShouldBe(FamilyTraits.MostDays);
        family.FirstDay.ShouldBe(new DateOnly(2025, 1, 1));
        family.Days[0].ShouldBe(new DateOnly(2025, 1, 1).AddDays(7 * 76));
        family.LastDay.ShouldBe(new DateOnly(2025, 1, 1).AddDays(7 * 99));
        family.Net.ShouldBe(500);
    }

    [Fact]
    public void Families_beyond_the_limit_are_lumped_and_no_money_is_lost()
    {
        var traits = Fold([.. Enumerable.Range(0, 50).Select(i => OrderOf(i, 10, [new("s" + i, "f" + i, 1, 10, 0, null, null)]))]);
        traits.Families.Count.ShouldBe(BuyingTraits.MostFamilies);
        (traits.Families.Sum(f => f.Net) + traits.OtherFamiliesNet).ShouldBe(500);
    }

    [Fact]
    public void A_summary_that_lost_its_traits_gets_none_from_new_orders_until_it_is_folded_anew()
    {
        var old = PurchaseFold.Of([OrderOf(0, 10, [])], Berlin, "EUR") with { Traits = null };
        PurchaseFold.Add(old, [OrderOf(9, 10, [])], Berlin, "EUR").Traits.ShouldBeNull();
        PurchaseFold.Of([], Berlin, "EUR").Traits.ShouldNotBeNull();
    }

    private static BuyingTraits Fold(Order[] orders) => BuyingTraits.None.Add(orders, Berlin, "EUR");

    private static Order Random(Random random, int id, int families, string prefix = "f") =>
        OrderOf(
            random.Next(900),
            random.Next(20, 9000) / 100m,
            [
                .. Enumerable
                    .Range(0, random.Next(4))
                    .Select(_ => new OrderLine(
                        "s" + random.Next(200),
                        random.Next(9) == 0 ? null : random.Next(families) + prefix,
                        random.Next(1, 5),
                        random.Next(0, 3000) / 100m,
                        random.Next(3) == 0 ? 1.20m : 0,
                        random.Next(3) == 0 ? null : 3.3m,
                        random.Next(9) == 0 ? "C" : null
                    )),
            ]
        ) with
        {
            ExternalId = "o" + id,
            Status = random.Next(10) switch
            {
                0 => OrderStatus.Cancelled,
                1 => OrderStatus.Refund,
                _ => OrderStatus.Placed,
            },
            Refunded = random.Next(6) == 0 ? 0.1m : 0,
            Coupons = random.Next(7) == 0 ? ["X"] : [],
        };

    private static Order OrderOf(int day, decimal total, OrderLine[] lines) =>
        new("o" + day, Start.AddDays(day), Start, OrderStatus.Placed, new Money(total, "EUR"), 0, lines, []);
}
