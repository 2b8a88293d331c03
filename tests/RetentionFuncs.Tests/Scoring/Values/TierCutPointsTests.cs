using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Scoring.Values;
using static RetentionFuncs.Tests.Scoring.Values.ValueWorks;

namespace RetentionFuncs.Tests.Scoring.Values;

public sealed class TierCutPointsTests
{
    [Fact]
    public void Those_who_together_bring_the_first_half_are_key_and_so_on_down_the_shares()
    {
        // 1,000 in all: 500 | 300 | 150 | 40 | 10.
        var cuts = Measure(Plain, [.. new[] { 10m, 500, 40, 300, 150 }.Select(a => History((10, a)))]);

        (cuts.Key, cuts.Major, cuts.Standard, cuts.Maintenance).ShouldBe((500m, 300m, 150m, 40m));
        cuts.TierOf(500).ShouldBe(ValueTier.Key);
        cuts.TierOf(499.99m).ShouldBe(ValueTier.Major);
        cuts.TierOf(10).ShouldBe(ValueTier.Ineffective);
        cuts.Customers.ShouldBe(5);
    }

    [Fact]
    public void Ties_at_a_cut_are_all_in_the_higher_tier()
    {
        var cuts = Measure(Plain, [.. Enumerable.Repeat(100m, 10).Select(a => History((10, a)))]);

        (cuts.Key, cuts.Major, cuts.Standard, cuts.Maintenance).ShouldBe((100m, 100m, 100m, 100m));
        cuts.TierOf(100).ShouldBe(ValueTier.Key);
        cuts.TierOf(99.99m).ShouldBe(ValueTier.Ineffective);
    }

    [Fact]
    public void One_customer_brings_it_all()
    {
        var cuts = Measure(Plain, History((10, 80), (40, 80)));

        (cuts.Key, cuts.Maintenance, cuts.MedianPurchaseDays).ShouldBe((160m, 160m, 2));
    }

    [Fact]
    public void Nobody_brings_anything_and_nobody_is_in_a_tier_above_ineffective()
    {
        var cuts = Measure(Plain, History((10, 0)), History((20, 0), (3, 0)));

        cuts.Key.ShouldBeNull();
        cuts.KeyVolume.ShouldBeNull();
        cuts.TierOf(0).ShouldBe(ValueTier.Ineffective);
        cuts.TierOf(5).ShouldBe(ValueTier.Ineffective);
    }

    [Fact]
    public void A_day_old_shop_without_customers_has_cut_points_that_say_nothing()
    {
        var cuts = Measure(Plain);

        (cuts.Customers, cuts.Key, cuts.MedianPurchaseDays, cuts.UsualDayAmount).ShouldBe((0, null, null, null));
        cuts.Worth.TopShareOf(1).ShouldBeNull();
    }

    [Fact]
    public void A_customer_with_more_returned_than_bought_takes_nothing_from_the_others()
    {
        var with = Measure(Plain, History((10, 100)), History((10, 50)), History((10, -500)));
        var without = Measure(Plain, History((10, 100)), History((10, 50)));

        (with.Key, with.Maintenance).ShouldBe((without.Key, without.Maintenance));
    }

    [Fact]
    public void The_past_year_has_its_last_day_and_not_the_day_a_year_before_it()
    {
        Measure(Plain, History((364, 70))).Key.ShouldBe(70);
        Measure(Plain, History((365, 70))).Key.ShouldBeNull();
        Measure(Plain, History((0, 70))).Key.ShouldBe(70);
    }

    [Fact]
    public void Purchases_after_the_day_do_not_count()
    {
        var history = History((10, 70), (-1, 1000));

        Measure(Plain, history).Key.ShouldBe(70);
        Measure(Plain, History((-1, 1000))).Customers.ShouldBe(0);
    }

    [Fact]
    public void The_order_of_customers_changes_nothing()
    {
        var customers = Enumerable.Range(1, 40).Select(i => Every(3 + i, 2 + (i % 5), 17.3m * i)).ToArray();

        var cuts = Measure(Plain, customers);
        var backwards = Measure(Plain, [.. customers.Reverse()]);

        backwards.ShouldBe(cuts with { Frequency = backwards.Frequency, Volume = backwards.Volume, Worth = backwards.Worth });
        backwards.Worth.At.ShouldBe(cuts.Worth.At);
    }

    [Fact]
    public void The_base_rate_weighs_each_customer_by_the_year()
    {
        var cuts = Measure(
            Plain,
            History((10, 300)) with
            {
                ProfitRate = 0.10m,
            },
            History((10, 100)) with
            {
                ProfitRate = 0.50m,
            },
            History((10, 9999))
        );

        cuts.ProfitRate.ShouldBe(0.2m);
    }

    [Fact]
    public void Cut_points_of_one_refit_survive_json()
    {
        var cuts = TierCutPoints.Of([Every(20, 5, 40), History((3, 900))], Fit(0.01), Today, "EUR", Plain);

        var read = System.Text.Json.JsonSerializer.Deserialize<TierCutPoints>(System.Text.Json.JsonSerializer.Serialize(cuts))!;

        read.ShouldBe(cuts with { Frequency = read.Frequency, Volume = read.Volume, Worth = read.Worth });
        read.Worth.At.ShouldBe(cuts.Worth.At);
        read.Version.ShouldBe(7);
    }

    [Theory]
    [InlineData(100, 0.01)]
    [InlineData(99, 0.05)]
    [InlineData(96, 0.05)]
    [InlineData(95, 0.10)]
    [InlineData(51, 0.50)]
    [InlineData(26, 0.75)]
    [InlineData(25, null)]
    public void A_ladder_tells_the_smallest_share_of_the_best_a_value_is_within(int value, double? share) =>
        ValueLadder.Of(Enumerable.Range(1, 100).Select(i => (decimal)i)).TopShareOf(value).ShouldBe((decimal?)share);
}
