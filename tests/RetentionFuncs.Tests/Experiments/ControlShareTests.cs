using RetentionFuncs.Experiments;

namespace RetentionFuncs.Tests.Experiments;

public sealed class ControlShareTests
{
    // R's own documentation of power.prop.test gives these two.
    [Fact]
    public void Power_agrees_with_R_for_equal_arms()
    {
        DetectablePower.PowerOf(50, 50, 0.50, 0.25).ShouldBe(0.7401659, 1e-6);
        DetectablePower.PowerOf(76.7, 76.7, 0.50, 0.25).ShouldBe(0.9, 5e-4);
    }

    [Fact]
    public void Without_an_effect_the_test_raises_false_alarms_on_one_side_only_half_the_time() =>
        DetectablePower.PowerOf(500, 300, 0.1, 0).ShouldBe(0.025, 1e-9);

    [Theory]
    [InlineData(2880, 320, 0.05)]
    [InlineData(150, 150, 0.05)]
    [InlineData(900, 100, 0.30)]
    [InlineData(50, 50, 0)]
    public void The_minimum_detectable_effect_is_where_power_crosses_four_in_five(int treated, int control, double baseline)
    {
        var effect = DetectablePower.MinimumDetectableEffect(treated, control, baseline).ShouldNotBeNull();
        DetectablePower.PowerOf(treated, control, baseline, effect).ShouldBe(0.8, 1e-6);
        DetectablePower.PowerOf(treated, control, baseline, effect * 0.99).ShouldBeLessThan(0.8);
    }

    [Fact]
    public void With_3200_people_one_can_see_four_points_and_not_less()
    {
        var share = ControlShare.Default(3200);
        share.ShouldBe(0.10m);
        var effect = DetectablePower.MinimumDetectableEffect(2880, 320, 0.05).ShouldNotBeNull();
        Math.Round(100 * effect).ShouldBe(4);
    }

    [Fact]
    public void Nothing_can_be_seen_with_a_handful_of_people() => DetectablePower.MinimumDetectableEffect(3, 2, 0.5).ShouldBeNull();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(800)]
    public void A_few_hundred_people_are_halved(int audience) => ControlShare.Default(audience).ShouldBeInRange(0.3m, 0.5m);

    [Theory]
    [InlineData(2_650)]
    [InlineData(10_000)]
    [InlineData(1_000_000)]
    public void A_large_audience_leaves_one_in_ten_alone(int audience) => ControlShare.Default(audience).ShouldBe(0.10m);

    [Fact]
    public void The_share_never_rises_with_the_audience()
    {
        var shares = Enumerable.Range(0, 400).Select(i => ControlShare.Default(i * 10)).ToList();
        shares.Zip(shares.Skip(1)).ShouldAllBe(pair => pair.Second <= pair.First);
        shares.Distinct().Count().ShouldBeGreaterThan(20, "it slides, it does not jump");
    }

    [Fact]
    public void The_share_never_rises_with_the_hoped_effect()
    {
        var shares = Enumerable.Range(1, 40).Select(i => ControlShare.Default(1500, 0.05, i / 200.0)).ToList();
        shares.Zip(shares.Skip(1)).ShouldAllBe(pair => pair.Second <= pair.First);
    }

    [Fact]
    public void Between_the_ends_the_share_is_the_smallest_that_shows_the_hoped_effect()
    {
        var share = (double)ControlShare.Default(1200);
        share.ShouldBeInRange(0.11, 0.49);
        DetectablePower.PowerOf(1200 * (1 - share), 1200 * share, 0.05, 0.05).ShouldBeGreaterThanOrEqualTo(0.8);
        share -= 0.01;
        DetectablePower.PowerOf(1200 * (1 - share), 1200 * share, 0.05, 0.05).ShouldBeLessThan(0.8);
    }
}
