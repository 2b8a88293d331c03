using RetentionFuncs.Orders;
using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Scoring.Values;
using static RetentionFuncs.Tests.Scoring.Values.ValueWorks;

namespace RetentionFuncs.Tests.Scoring.Values;

public sealed class AssessValueTests
{
    private static readonly BuyingHistory[] Small = [.. Enumerable.Range(1, 20).Select(i => Every(25 + i, 5, 10))];
    private static readonly BuyingHistory Big = Every(20, 18, 100);

    [Fact]
    public void A_frequent_loyal_customer_who_brings_most_is_key_and_every_criterion_says_why()
    {
        var value = Assess(Big, Measure(Plain, [.. Small, Big]));

        (value.Tier, value.Holds, value.ByWorth).ShouldBe((ValueTier.Key, ValueTier.Key, ValueTier.Key));
        value.Lowered.ShouldBeEmpty();
        value.Criteria.Select(c => c.Criterion).ShouldBe(Enum.GetValues<ValueCriterion>());
        value
            .Criteria.Select(c => c.Sentence.En)
            .ShouldBe([
                "18 purchase days in a year (top 1 %)",
                "net spend EUR 1,800 in a year (top 1 %)",
                "no costs are known, so net spend stands for profit",
                "steady every 20 days, customer for 360 days",
                "nothing can be said yet of what is to come",
            ]);
        value.Criteria[0].Sentence.Zh.ShouldBe("近一年 18 天有购买（前 1%）");
    }

    [Fact]
    public void One_customer_who_bought_once_is_major_because_one_day_confirms_nothing()
    {
        var once = History((10, 80));

        var value = Assess(once, Measure(Plain, once));

        (value.ByWorth, value.Tier).ShouldBe((ValueTier.Key, ValueTier.Major));
        value.Lowered.Select(l => l.En).ShouldBe(["bought on one day only"]);
    }

    [Fact]
    public void A_big_but_seldom_buyer_is_one_tier_lower_and_is_told_the_median()
    {
        var seldom = History((400, 10), (200, 900), (30, 900));

        var value = Assess(seldom, Measure(Plain, [.. Small, seldom]));

        (value.ByWorth, value.Tier).ShouldBe((ValueTier.Key, ValueTier.Major));
        value
            .Lowered.ShouldHaveSingleItem()
            .En.ShouldBe("2 purchase days in the past year, fewer than the 5 of the usual repeat buyer, and not yet loyal");
        // A range of families and a year with the shop make up for few purchases.
        Assess(seldom, Measure(Plain, [.. Small, seldom]), new ValueSignals { Families = 4 }).Tier.ShouldBe(ValueTier.Key);
    }

    [Fact]
    public void Zero_spend_is_ineffective_and_refused_nothing()
    {
        var free = History((90, 0), (10, 0));

        var value = Assess(free, Measure(Plain, [.. Small, free]));

        (value.Tier, value.Worth.Total, value.Lowered.Count).ShouldBe((ValueTier.Ineffective, 0m, 0));
    }

    [Fact]
    public void All_refunds_leave_a_worth_below_zero_and_the_lowest_tier()
    {
        var returned = History((90, -20), (10, -5));

        var value = Assess(returned, Measure(Plain, [.. Small, returned]));

        (value.Tier, value.Worth.Total).ShouldBe((ValueTier.Ineffective, -25m));
    }

    [Fact]
    public void Worth_is_profit_of_the_past_year_plus_expected_profit()
    {
        // Mean spend of repeat purchases 30, weighed by Gamma-Gamma; without discounting 0.02 x 365 orders.
        var spend = new SpendModel(6.25, 3.74, 15.44);
        var history = History((300, 10), (200, 20), (100, 40)) with { ProfitRate = 0.5m };

        var value = Assess(history, Measure(Plain, history), fitted: Fit(0.02, spend: spend));

        value.Worth.Past.ShouldBe(35m);
        value.Worth.Expected!.Value.ShouldBe((decimal)(0.02 * 365 * spend.ExpectedSpend(2, 30) * 0.5), 0.01m);
        value.Worth.Total.ShouldBe(35m + value.Worth.Expected.Value);
    }

    [Fact]
    public void Expected_money_is_discounted_from_the_end_of_each_quarter()
    {
        var history = History((100, 100), (50, 100));
        var cuts = Measure(ValueSettings.Default with { YearlyDiscount = 0.21m }, history);

        var value = Assess(history, cuts, fitted: Fit(4 / 365.0));

        var factor = new[] { 0.25, 0.5, 0.75, 1 }.Sum(y => Math.Pow(1.21, -y));
        value.Worth.Expected!.Value.ShouldBe((decimal)(100 * factor), 0.01m);
    }

    [Fact]
    public void A_one_time_buyer_is_expected_to_spend_what_all_do_not_what_the_one_order_was()
    {
        var spend = new SpendModel(6.25, 3.74, 15.44);
        var once = History((10, 5000));

        var value = Assess(once, Measure(Plain, once), fitted: Fit(1 / 365.0, spend: spend));

        value.Worth.Expected!.Value.ShouldBe((decimal)spend.PopulationMean, 0.01m);
    }

    [Theory]
    [InlineData(0.3, 0.5, ProfitSource.Own, 0.3)]
    [InlineData(null, 0.5, ProfitSource.Setting, 0.5)]
    [InlineData(null, null, ProfitSource.Base, 0.2)]
    public void The_profit_rate_is_the_customers_own_else_the_setting_else_the_bases(
        double? own,
        double? margin,
        ProfitSource source,
        double rate
    )
    {
        var settings = Plain with { DefaultMargin = (decimal?)margin };
        var history = History((10, 100)) with { ProfitRate = (decimal?)own };
        var cuts = Measure(settings, history, History((10, 100)) with { ProfitRate = 0.2m }) with { ProfitRate = 0.2m };

        var value = Assess(history, cuts);

        (value.Worth.Source, value.Worth.Rate, value.Worth.Past).ShouldBe((source, (decimal)rate, 100 * (decimal)rate));
    }

    [Fact]
    public void Within_a_tenth_below_the_next_cut_is_near()
    {
        var cuts = Measure(Plain, Every(20, 18, 100), Every(30, 9, 100), Every(30, 9, 90));

        // Key from 1,800 of 3,510 on; a loyal customer at 1,620 and one at 1,619.
        Assess(Every(20, 18, 90), cuts).Near.ShouldBe(ValueTier.Key);
        Assess(Every(20, 18, 89.9m), cuts).Near.ShouldBeNull();
        Assess(Every(20, 18, 100), cuts).Near.ShouldBeNull();
    }

    [Fact]
    public void Who_could_not_be_confirmed_is_not_near_key()
    {
        var cuts = Measure(Plain, Every(20, 18, 100), Every(30, 9, 100), Every(30, 9, 90));

        Assess(History((10, 1700)), cuts).Near.ShouldBeNull();
    }

    [Fact]
    public void Whoever_has_a_tier_keeps_it_down_to_nine_tenths_of_its_cut()
    {
        var cuts = Measure(Plain, Every(20, 18, 100), Every(30, 9, 100), Every(30, 9, 90));

        (Assess(Every(20, 18, 90), cuts).Tier, Assess(Every(20, 18, 90), cuts).Holds).ShouldBe((ValueTier.Major, ValueTier.Key));
        Assess(Every(20, 18, 89.9m), cuts).Holds.ShouldBe(ValueTier.Major);
    }

    [Fact]
    public void Nothing_bought_by_the_day_is_no_assessment()
    {
        var later = new PurchaseSummary([Today.AddDays(1)], 1, [new Money(10, "EUR")]) { DayAmounts = [10] };

        AssessValue.Of(later, null, Measure(Plain), ValueSignals.None, Today).ShouldBeNull();
        AssessValue.Of(PurchaseSummary.Empty, null, Measure(Plain), ValueSignals.None, Today).ShouldBeNull();
    }

    [Fact]
    public void Money_given_back_without_naming_its_order_lowers_every_day_alike()
    {
        var summary = new PurchaseSummary([Today.AddDays(-20), Today.AddDays(-10)], 2, [new Money(75, "EUR")]) { DayAmounts = [60, 40] };

        summary.ToHistory("EUR").Amounts.ShouldBe([45m, 30m]);
    }

    [Fact]
    public void A_thousand_orders_and_a_day_old_customer_are_assessed_alike()
    {
        var many = Every(1, 1000, 3);
        var cuts = Measure(Plain, many, History((0, 5)));

        Assess(many, cuts).Tier.ShouldBe(ValueTier.Key);
        Assess(History((0, 5)), cuts).Loyalty.TenureDays.ShouldBe(0);
    }
}
