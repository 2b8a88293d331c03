using RetentionFuncs.Orders;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Backlogs;

/// <summary>Backlogs of a shop that knows its tiers.</summary>
public sealed class BacklogTierTests
{
    private readonly TripWorld _world = new();

    [Fact]
    public async Task Key_accounts_go_before_major_ones_and_what_was_spent_long_ago_counts_for_nothing()
    {
        await ShopAsync();
        await RefitAsync("2026-03-02");
        await _world.LaunchAsync(BacklogWorks.Backlog(1));
        await _world.TickEveryDayAsync("2026-03-02", "2026-03-04");

        var whale = await EnteredOnAsync("whale");
        var small = await EnteredOnAsync("small");
        (whale, small).ShouldBe((new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 3)));
        (await EnteredOnAsync("bygone")).ShouldBeNull("20,000 of three years ago are no worth today");
    }

    [Fact]
    public async Task A_launch_before_the_first_refit_fills_the_line_once_tiers_are_told()
    {
        await ShopAsync();
        await _world.LaunchAsync(BacklogWorks.Backlog(5, "value_tier = key"));
        await _world.TickAsync("2026-03-02");
        (await EnteredOnAsync("whale")).ShouldBeNull();

        await RefitAsync("2026-03-03");
        await _world.TickEveryDayAsync("2026-03-03", "2026-03-06");

        (await EnteredOnAsync("whale")).ShouldBe(new DateOnly(2026, 3, 3));
        (await EnteredOnAsync("other1")).ShouldBeNull();
        _world.Store.Everything(StoreTable.Due).ShouldNotContain(r => r.Row.Key.Contains("|Launch|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_audience_that_asks_for_no_tier_is_asked_once()
    {
        await ShopAsync();
        await _world.LaunchAsync(BacklogWorks.Backlog(5));
        await _world.TickAsync("2026-03-02");
        _world.Store.Everything(StoreTable.Due).ShouldNotContain(r => r.Row.Key.Contains("|Launch|", StringComparison.Ordinal));
    }

    private async Task ShopAsync()
    {
        await OrdersAsync("whale", "2025-10-01", 18, 150);
        await OrdersAsync("small", "2025-10-01", 12, 40);
        await OrdersAsync("bygone", "2023-02-01", 20, 1_000);
        await OrdersAsync("bygone", "2025-10-01", 1, 10);
        for (var i = 0; i < 20; i++)
        {
            await OrdersAsync($"other{i}", "2025-10-01", 3, 15);
        }
    }

    private async Task OrdersAsync(string customer, string until, int orders, decimal amount)
    {
        await _world.CustomerAsync(customer);
        for (var i = 0; i < orders; i++)
        {
            await _world.OrderAsync(customer, DateOnly.Parse(until, null).AddDays(-i * 18).ToString("yyyy-MM-dd"), amount);
        }
    }

    private async Task RefitAsync(string day)
    {
        _world.Clock.Now = DateTimeOffset.Parse(day + "T09:00:00+01:00", null);
        (await _world.Product.RefitScores.RunIfDueAsync()).ShouldNotBeNull().Tiers.ShouldNotBeNull();
        await _world.Product.ReplanReviews.RunAsync();
    }

    private async Task<DateOnly?> EnteredOnAsync(string customer) =>
        RetentionFuncs.Campaigns.JourneyEntry.AllOf(await _world.PartitionAsync(customer)).SingleOrDefault()?.EnteredAt is { } at
            ? _world.Product.Calendar.DayOf(at)
            : null;
}
