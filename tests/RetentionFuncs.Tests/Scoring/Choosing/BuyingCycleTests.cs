using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Choosing;

public sealed class BuyingCycleTests
{
    [Theory]
    // Four gaps of five are ten days or less.
    [InlineData(new[] { 10, 10, 10, 10, 100 }, 14)]
    // Only three of five are: the long ones count too.
    [InlineData(new[] { 10, 10, 10, 100, 100 }, 120)]
    [InlineData(new[] { 7 }, 7)]
    [InlineData(new[] { 8 }, 14)]
    [InlineData(new[] { 5000 }, 365)]
    [InlineData(new int[0], 90)]
    public void The_horizon_is_what_four_gaps_of_five_do_not_exceed_rounded_up(int[] gaps, int expected) =>
        BuyingCycle.HorizonOf([.. gaps.Select(g => new BuyingHistory([1000, 1000 + g], [])), SimulatedShop.Once(1000)]).ShouldBe(expected);

    [Fact]
    public void The_mean_gap_is_all_spans_over_all_repeats_known_by_the_day()
    {
        BuyingHistory[] shop = [new([100, 110, 150], []), new([100, 130], []), SimulatedShop.Once(90)];

        BuyingCycle.PopulationGap(shop).ShouldBe(80m / 3);
        BuyingCycle.PopulationGap(shop, 149).ShouldBe(20m);
        BuyingCycle.PopulationGap(shop, 105).ShouldBeNull();
    }
}
