using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Scoring.Values;
using static RetentionFuncs.Tests.Scoring.Values.ValueWorks;

namespace RetentionFuncs.Tests.Scoring.Values;

public sealed class LoyaltyAndPotentialTests
{
    [Fact]
    public void Steady_gaps_are_a_rhythm_until_the_silence_is_twice_as_long()
    {
        LoyaltyOf(History((100, 1), (80, 1), (60, 1), (40, 1))).IsSteady.ShouldBeTrue();
        LoyaltyOf(History((101, 1), (81, 1), (61, 1), (41, 1))).IsSteady.ShouldBeFalse();
    }

    [Fact]
    public void Gaps_as_chance_makes_them_are_no_rhythm_and_two_gaps_are_too_few()
    {
        LoyaltyOf(History((200, 1), (195, 1), (60, 1), (58, 1), (20, 1))).IsSteady.ShouldBeFalse();
        LoyaltyOf(History((60, 1), (40, 1), (20, 1))).ShouldBe(new Loyalty(null, null, 60, false, false, false));
    }

    [Fact]
    public void Only_the_newest_twelve_gaps_tell_the_rhythm()
    {
        var wild = new[] { (900, 1m), (899, 1m), (600, 1m) };
        var calm = Enumerable.Range(0, 13).Select(i => (10 + (20 * i), 1m));

        LoyaltyOf(History([.. wild, .. calm])).ShouldBe(new Loyalty(20, null, 900, true, false, true));
    }

    [Fact]
    public void Loyal_means_two_signs()
    {
        LoyaltyOf(Every(20, 18, 1)).IsLoyal.ShouldBeFalse();
        LoyaltyOf(Every(20, 18, 1), 3).IsLoyal.ShouldBeTrue();
        LoyaltyOf(Every(20, 19, 1), 2).IsLoyal.ShouldBeTrue();
    }

    [Fact]
    public void A_year_with_the_shop_counts_only_while_buying()
    {
        LoyaltyOf(History((900, 1), (400, 1))).IsLasting.ShouldBeFalse();
        LoyaltyOf(History((365, 1), (300, 1))).IsLasting.ShouldBeTrue();
        LoyaltyOf(History((364, 1), (300, 1))).IsLasting.ShouldBeFalse();
    }

    [Fact]
    public void A_small_customer_who_buys_more_often_has_potential()
    {
        EvidenceOf(History((300, 1), (100, 1), (10, 1)))
            .ShouldBe(["buys more often: 2 purchase days in the last half year, 1 in the one before"]);
        EvidenceOf(History((300, 1), (200, 1), (100, 1), (10, 1))).ShouldBeEmpty();
    }

    [Fact]
    public void A_small_customer_whose_baskets_grow_has_potential()
    {
        EvidenceOf(History((350, 8), (300, 8), (100, 10), (10, 10)))
            .ShouldBe(["baskets grow: EUR 10 a purchase day of late, EUR 8 before"]);
        EvidenceOf(History((350, 8), (300, 8), (100, 10), (10, 9))).ShouldBeEmpty();
    }

    [Fact]
    public void New_families_speak_for_potential() =>
        EvidenceOf(History((300, 1)), new ValueSignals { NewFamilies = 2 })
            .ShouldBe(["tried 2 new product families in the last half year"]);

    [Fact]
    public void Early_with_a_high_chance_of_return_is_potential_and_a_year_later_is_not()
    {
        EvidenceOf(History((20, 1)), chance: 0.6).ShouldBe(["customer for only 20 days, and the chance of return is high: 60%"]);
        EvidenceOf(History((20, 1)), chance: 0.4).ShouldBeEmpty();
        EvidenceOf(History((200, 1)), chance: 0.6).ShouldBeEmpty();
    }

    [Fact]
    public void A_major_customer_needs_no_potential()
    {
        var growing = History((300, 1000), (100, 1000), (10, 9000));

        Assess(growing, Measure(Plain, growing)).Potential.ShouldBeNull();
    }

    private static Loyalty LoyaltyOf(BuyingHistory history, int? families = null) =>
        Assess(history, Measure(Plain, history), new ValueSignals { Families = families }).Loyalty;

    private static IEnumerable<string> EvidenceOf(BuyingHistory history, ValueSignals? signals = null, double chance = 0.5)
    {
        var cuts = Measure(Plain, history, Every(10, 30, 500)) with { HighChance = 0.55 };
        return (Assess(history, cuts, signals, Fit(0, chance)).Potential?.Evidence ?? []).Select(e => e.En);
    }
}
