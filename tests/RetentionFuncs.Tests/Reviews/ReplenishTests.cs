using RetentionFuncs.Campaigns;
using RetentionFuncs.Orders;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Reviews;

public sealed class ReplenishTests
{
    private readonly TripWorld _world = new();

    [Fact]
    public async Task A_message_goes_so_many_days_before_what_was_bought_is_used_up()
    {
        await BeginAsync(("tea", 30));
        await OrderAsync("o1", "2026-03-02", ("tea", 2));
        await _world.TickEveryDayAsync("2026-03-02", "2026-04-23");
        _world.Provider.Accepted.ShouldBeEmpty();
        await _world.TickAsync("2026-04-24");
        _world.Provider.Accepted.Count.ShouldBe(1);
        await _world.TickEveryDayAsync("2026-04-25", "2026-05-10");
        (await _world.TouchesAsync("c1")).ShouldHaveSingleItem().Occasion.ShouldBe($"{OrderKey.Of("o1")}.{OrderKey.Of("tea")}");
    }

    [Fact]
    public async Task Only_the_last_purchase_of_a_product_counts()
    {
        await BeginAsync(("tea", 20));
        await OrderAsync("o1", "2026-03-02", ("tea", 1));
        await _world.TickAsync("2026-03-10");
        await OrderAsync("o2", "2026-03-10", ("tea", 1));
        await _world.TickEveryDayAsync("2026-03-10", "2026-04-10");
        (await _world.TouchesAsync("c1")).ShouldHaveSingleItem().Occasion.ShouldStartWith(OrderKey.Of("o2").Value);
    }

    [Fact]
    public async Task Another_product_bought_later_does_not_stand_for_it()
    {
        await BeginAsync(("tea", 20));
        await OrderAsync("o1", "2026-03-02", ("tea", 1));
        await _world.TickAsync("2026-03-10");
        await OrderAsync("o2", "2026-03-10", ("cup", 1));
        await _world.TickEveryDayAsync("2026-03-10", "2026-04-10");
        (await _world.TouchesAsync("c1")).ShouldHaveSingleItem().Occasion.ShouldStartWith(OrderKey.Of("o1").Value);
    }

    [Fact]
    public async Task A_product_without_a_known_life_and_a_cancelled_order_come_to_nothing()
    {
        await BeginAsync(("tea", 20), ("cup", null));
        await OrderAsync("o1", "2026-03-02", ("tea", 1), ("cup", 1));
        await _world.Product.RecordOrders.RunAsync(
            "c1",
            [OrderOf("o1", "2026-03-02", ("tea", 1)) with { Status = OrderStatus.Cancelled }],
            _world.Clock.Now
        );
        await _world.TickEveryDayAsync("2026-03-02", "2026-04-10");
        _world.Provider.Accepted.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_life_that_is_told_anew_moves_the_day()
    {
        await BeginAsync(("tea", 20));
        await OrderAsync("o1", "2026-03-02", ("tea", 1));
        await _world.Product.Products.PutAsync(Tea(40));
        await _world.TickEveryDayAsync("2026-03-03", "2026-04-03");
        _world.Provider.Accepted.ShouldBeEmpty();
        await _world.TickAsync("2026-04-04");
        _world.Provider.Accepted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_launch_plans_for_what_was_bought_before_and_mails_no_one_about_what_is_long_used_up()
    {
        await _world.Product.Products.PutAsync(Tea(30));
        await _world.CustomerAsync("c1");
        await _world.CustomerAsync("c2");
        await OrderAsync("o1", "2026-02-20", ("tea", 1));
        await _world.Product.RecordOrders.RunAsync("c2", [OrderOf("o2", "2025-08-20", ("tea", 1))], _world.Clock.Now);
        await _world.LaunchAsync(Campaign());
        await _world.TickEveryDayAsync("2026-03-02", "2026-03-20");
        _world.Provider.Accepted.ShouldHaveSingleItem().At.Day.ShouldBe(15);
        (await _world.TouchesAsync("c2")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(30, 2.0, 60)]
    [InlineData(30, 0.5, 15)]
    [InlineData(7, 0.1, 1)]
    public void A_product_is_used_up_after_its_life_times_the_quantity(int life, double quantity, int days) =>
        Tea(life).UsedUpOn(new(2026, 1, 1), (decimal)quantity).ShouldBe(new DateOnly(2026, 1, 1).AddDays(days));

    [Theory]
    [InlineData(null, 1)]
    [InlineData(30, 0)]
    [InlineData(30, -2)]
    [InlineData(3650, 5)]
    public void What_returns_or_lasts_for_decades_is_never_used_up(int? life, int quantity) =>
        Tea(life).UsedUpOn(new(2026, 1, 1), quantity).ShouldBeNull();

    private static Campaign Campaign() =>
        CampaignWorks.AfterOrder(1) with
        {
            Key = "replenish",
            Trigger = new CampaignTrigger.Replenish(7),
        };

    private async Task BeginAsync(params (string Sku, int? Life)[] products)
    {
        foreach (var (sku, life) in products)
        {
            await _world.Product.Products.PutAsync(Tea(life) with { Sku = sku });
        }

        await _world.CustomerAsync("c1");
        await _world.LaunchAsync(Campaign());
    }

    private static Product Tea(int? life) => new("tea", "Tea", null, null, null) { LifeDays = life };

    private async Task OrderAsync(string id, string day, params (string Sku, int Pieces)[] lines) =>
        await _world.Product.RecordOrders.RunAsync("c1", [OrderOf(id, day, lines)], _world.Clock.Now);

    private Order OrderOf(string id, string day, params (string Sku, int Pieces)[] lines) =>
        new(
            id,
            DateTimeOffset.Parse(day + "T08:00:00+01:00", null),
            _world.Clock.Now,
            OrderStatus.Placed,
            new Money(50, "EUR"),
            0,
            [.. lines.Select(l => new OrderLine(l.Sku, null, l.Pieces, 50, 0, null, null))],
            []
        );
}
