using RetentionFuncs.Campaigns;
using RetentionFuncs.Orders;
using RetentionFuncs.Reviews;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Tests.Trips;

/// <summary>Tiers on record, their moves, and the campaigns that answer them.</summary>
public sealed class ValueTierTripTests
{
    [Fact]
    public async Task A_first_import_records_tiers_and_mails_nobody()
    {
        var world = await BaseAsync();
        await world.LaunchAsync(Answering(TierDirection.Up, null));

        await RefitAsync(world, "2026-03-02");
        await world.TickEveryDayAsync("2026-03-02", "2026-03-05");

        (await TierAsync(world, "whale")).ShouldBe((ValueTier.Key, new DateOnly(2026, 3, 2)));
        (await TierAsync(world, "small")).Tier.ShouldBe(ValueTier.Major);
        (await world.TouchesAsync("whale")).ShouldBeEmpty();
        (await world.TouchesAsync("small")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_that_moves_the_tier_is_reviewed_the_same_day_and_mailed_once()
    {
        var world = await BaseAsync();
        await RefitAsync(world, "2026-03-02");
        await world.LaunchAsync(Answering(TierDirection.Up, ValueTier.Key));

        await GrowAsync(world, "small", 12, "2026-03-03");
        await world.TickAsync("2026-03-03");
        await world.TickAsync("2026-03-03");
        await world.TickEveryDayAsync("2026-03-04", "2026-03-06");

        (await TierAsync(world, "small")).ShouldBe((ValueTier.Key, new DateOnly(2026, 3, 3)));
        (await world.TouchesAsync("small")).ShouldHaveSingleItem();
        JourneyEntry.AllOf(await world.PartitionAsync("small")).ShouldHaveSingleItem().Occasion.ShouldBe("2026-03-03.key");
    }

    [Theory]
    [InlineData(TierDirection.Down, ValueTier.Key)]
    [InlineData(TierDirection.Up, ValueTier.Standard)]
    [InlineData(TierDirection.Near, ValueTier.Key)]
    public async Task A_campaign_for_another_direction_or_tier_is_not_asked(TierDirection direction, ValueTier to)
    {
        var world = await BaseAsync();
        await RefitAsync(world, "2026-03-02");
        await world.LaunchAsync(Answering(direction, to));

        await GrowAsync(world, "small", 12, "2026-03-03");
        await world.TickAsync("2026-03-03");

        (await TierAsync(world, "small")).Tier.ShouldBe(ValueTier.Key);
        (await world.LedgerAsync("small")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Silence_moves_a_tier_down_at_the_next_refit()
    {
        var world = await BaseAsync();
        await RefitAsync(world, "2026-03-02");
        await world.LaunchAsync(Answering(TierDirection.Down, null) with { Audience = "value_tier = ineffective" });

        await world.TickAsync("2027-03-02");
        (await TierAsync(world, "whale")).Tier.ShouldBe(ValueTier.Key);
        await RefitAsync(world, "2027-03-02");
        await world.TickAsync("2027-03-02");

        (await TierAsync(world, "whale")).ShouldBe((ValueTier.Ineffective, new DateOnly(2027, 3, 2)));
        (await world.TouchesAsync("whale")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_new_customer_between_refits_has_no_tier_on_record_until_the_next()
    {
        var world = await BaseAsync();
        await RefitAsync(world, "2026-03-02");
        await world.CustomerAsync("new");
        await world.OrderAsync("new", "2026-03-02", 900);
        await world.TickAsync("2026-03-03");
        (await world.PartitionAsync("new")).Tier().ShouldBeNull();

        await RefitAsync(world, "2026-03-10");

        (await world.PartitionAsync("new")).Tier().ShouldNotBeNull();
    }

    [Fact]
    public async Task Without_a_refit_a_spare_row_comes_to_nothing()
    {
        var world = await BaseAsync();
        await new DueIndex(world.Rows).AddAsync(new DueRow(new DateOnly(2026, 3, 2), DueKind.Value, world.KeyOf("whale"), ""));

        await world.TickAsync("2026-03-02");

        (await world.PartitionAsync("whale")).Tier().ShouldBeNull();
    }

    [Fact]
    public async Task Work_cut_off_after_the_move_was_recorded_asks_the_campaigns_under_the_same_name()
    {
        var world = await BaseAsync();
        await RefitAsync(world, "2026-03-02");
        await world.LaunchAsync(Answering(TierDirection.Up, ValueTier.Key));
        var partition = await world.PartitionAsync("small");
        var move = new TierMove(TierDirection.Up, ValueTier.Key, new DateOnly(2026, 3, 3));
        partition.PutTier(partition.Tier()! with { Tier = ValueTier.Key, Since = move.On, Unanswered = move });
        await partition.CommitAsync();
        await new DueIndex(world.Rows).AddAsync(new DueRow(move.On, DueKind.Value, partition.Key, ""));

        await world.TickAsync("2026-03-04");

        var after = await world.PartitionAsync("small");
        JourneyEntry.AllOf(after).ShouldHaveSingleItem().Occasion.ShouldBe("2026-03-03.key");
        after.Tier()!.Unanswered.ShouldBeNull();
    }

    /// <summary>Whale brings 1,800 in the year, small 480 and twenty others 45 each: key from 1,800, major from 480 on.</summary>
    private static async Task<TripWorld> BaseAsync()
    {
        var world = new TripWorld();
        await world.CustomerAsync("whale");
        await world.CustomerAsync("small");
        await GrowAsync(world, "whale", 18, "2026-03-01", 100);
        await GrowAsync(world, "small", 12, "2026-03-01", 40);
        for (var i = 0; i < 20; i++)
        {
            await GrowAsync(world, $"other{i}", 3, "2026-02-20", 15);
        }

        return world;
    }

    private static async Task GrowAsync(TripWorld world, string customer, int orders, string until, decimal amount = 150)
    {
        var last = DateOnly.Parse(until, null);
        var days = Enumerable.Range(0, orders).Select(i => last.AddDays(-i * 18));
        await world.Product.RecordOrders.RunAsync(customer, [.. days.Select(d => OrderOn(world, customer, d, amount))], world.Clock.Now);
    }

    private static Order OrderOn(TripWorld world, string customer, DateOnly day, decimal amount) =>
        new(
            $"{customer}-{day:yyyyMMdd}-{amount}",
            new DateTimeOffset(day, new TimeOnly(8, 0), TimeSpan.FromHours(1)),
            world.Clock.Now,
            OrderStatus.Placed,
            new Money(amount, "EUR"),
            0,
            [],
            []
        );

    private static async Task RefitAsync(TripWorld world, string day)
    {
        world.Clock.Now = DateTimeOffset.Parse(day + "T09:00:00+01:00", null);
        (await world.Product.RefitScores.RunIfDueAsync()).ShouldNotBeNull().Tiers.ShouldNotBeNull();
        await world.Product.ReplanReviews.RunAsync();
    }

    private static async Task<(ValueTier Tier, DateOnly Since)> TierAsync(TripWorld world, string customer)
    {
        var standing = (await world.PartitionAsync(customer)).Tier().ShouldNotBeNull();
        return (standing.Tier, standing.Since);
    }

    private static Campaign Answering(TierDirection direction, ValueTier? to) =>
        CampaignWorks.AfterOrder(1) with
        {
            Key = "tiers",
            Trigger = new CampaignTrigger.TierMoved(direction, to),
        };
}
