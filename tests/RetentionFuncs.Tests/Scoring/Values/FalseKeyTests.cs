using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Scoring.Values;
using static RetentionFuncs.Tests.Scoring.Values.ValueWorks;

namespace RetentionFuncs.Tests.Scoring.Values;

/// <summary>Each false key account by name (playbook P6), and beside it one who just is none.</summary>
public sealed class FalseKeyTests
{
    private static readonly BuyingHistory[] Others =
    [
        .. Enumerable.Range(1, 20).Select(i => Every(25 + i, 5, 40) with { ProfitRate = 0.4m, DiscountShare = 0.05m }),
    ];

    private static readonly BuyingHistory Whale = Every(20, 18, 300) with { ProfitRate = 0.4m, DiscountShare = 0.05m };

    [Fact]
    public void A_true_key_account_has_nothing_against_it()
    {
        var value = AssessAmongOthers(Whale);

        (value.Tier, value.FalseKeys.Count).ShouldBe((ValueTier.Key, 0));
    }

    [Fact]
    public void OneOffBulk_one_day_is_most_of_the_spend_and_the_rest_would_not_be_key()
    {
        var bulk = History((400, 40), (300, 40), (200, 40), (150, 40), (100, 9000), (20, 40)) with { ProfitRate = 0.4m };

        Named(bulk, FalseKeyReason.OneOffBulk)
            .En.ShouldBe("one purchase on 2025-11-22 is 98.3% of the year's spend, 225 times the usual one; it counts as 5 usual ones");
    }

    [Fact]
    public void A_bulk_purchase_counts_as_five_usual_ones_so_that_the_tier_never_jumps_with_its_size()
    {
        var cuts = Measure(Plain, [.. Others, Whale]);
        ValueTier TierOf(decimal bulk) => Assess(History((400, 40), (20, bulk)) with { ProfitRate = 0.4m }, cuts).Tier;

        TierOf(200).ShouldBe(TierOf(200.01m));
        TierOf(200).ShouldBe(TierOf(1_000_000));
    }

    [Fact]
    public void A_bulk_purchase_too_small_for_a_false_key_account_still_says_why_the_tier_is_lower()
    {
        var value = Assess(
            History((400, 40), (20, 3000)) with
            {
                ProfitRate = 0.4m,
            },
            Measure(Plain, [.. Others, Whale]) with
            {
                Major = 500,
            }
        );

        (value.ByWorth, value.FalseKeys.Count).ShouldBe((ValueTier.Major, 0));
        (value.Tier < ValueTier.Major).ShouldBeTrue();
        value
            .Lowered.ShouldHaveSingleItem()
            .En.ShouldStartWith("one purchase on 2026-02-10 is 100% of the year's spend, 75 times the usual one");
    }

    [Fact]
    public void A_large_order_of_a_customer_who_is_key_without_it_is_no_bulk()
    {
        var purchases = Enumerable.Range(1, 18).Select(i => (i * 20, 300m)).Append((5, 9000m));

        AssessAmongOthers(History([.. purchases]) with { ProfitRate = 0.4m }).FalseKeys.ShouldBeEmpty();
    }

    [Fact]
    public void A_one_off_bulk_purchase_does_not_raise_the_bar_for_the_others()
    {
        var bulk = History((400, 40), (300, 40), (100, 90_000)) with { ProfitRate = 0.4m };

        Measure(Plain, [.. Others, Whale, bulk]).Key.ShouldBe(Measure(Plain, [.. Others, Whale]).Key);
    }

    [Fact]
    public void A_shop_where_everybody_buys_once_has_no_bulk_buyers()
    {
        var customers = Enumerable.Range(1, 9).Select(i => History((i * 10, 1000 + (i * 50)))).ToArray();
        var cuts = Measure(Plain, customers);

        customers.ShouldAllBe(c => Assess(c, cuts, null, null).FalseKeys.Count == 0);
    }

    [Theory]
    [InlineData(0.10, true)]
    [InlineData(0.11, false)]
    [InlineData(0, true)]
    [InlineData(-0.2, true)]
    public void VolumeWithoutProfit_a_quarter_of_the_bases_rate_or_less(double rate, bool isFalse)
    {
        var history = Every(20, 18, 1000) with { ProfitRate = (decimal)rate };
        var cuts = Measure(Plain, [.. Others, Whale]) with { ProfitRate = 0.4m, KeyVolume = 5000 };

        var value = Assess(history, cuts);

        value.FalseKeys.Any(f => f.Reason == FalseKeyReason.VolumeWithoutProfit).ShouldBe(isFalse);
        if (isFalse)
        {
            (value.Tier < ValueTier.Key).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(0.25, true)]
    [InlineData(0.24, false)]
    public void Squeezer_discounts_far_above_the_bases(double share, bool isFalse)
    {
        var cuts = Measure(Plain, [.. Others, Whale]);
        cuts.DiscountShare.ShouldBe(0.05m);

        Assess(Whale, cuts, new ValueSignals { DiscountShare = (decimal)share })
            .FalseKeys.Any(f => f.Reason == FalseKeyReason.Squeezer)
            .ShouldBe(isFalse);
    }

    [Theory]
    [InlineData(0.30, true)]
    [InlineData(0.29, false)]
    public void HeavyReturns_from_three_tenths_on(double share, bool isFalse)
    {
        var value = AssessAmongOthers(Whale, new ValueSignals { ReturnShare = (decimal)share });

        value.FalseKeys.Any(f => f.Reason == FalseKeyReason.HeavyReturns).ShouldBe(isFalse);
        value.Tier.ShouldBe(isFalse ? ValueTier.Major : ValueTier.Key);
    }

    [Theory]
    [InlineData(2, 10, true)]
    [InlineData(1, 1, false)]
    [InlineData(2, 11, false)]
    [InlineData(3, 15, true)]
    public void LatePayer_twice_or_more_and_a_fifth_of_all(int late, int payments, bool isFalse)
    {
        var value = AssessAmongOthers(Whale, new ValueSignals { LatePayments = late, Payments = payments });

        value.FalseKeys.Any(f => f.Reason == FalseKeyReason.LatePayer).ShouldBe(isFalse);
        value.Lowered.Select(l => l.Zh).ShouldBe(isFalse ? [$"{payments} 次付款中有 {late} 次逾期"] : []);
    }

    [Fact]
    public void What_is_overdue_and_unpaid_counts_with_what_was_paid_late()
    {
        var value = AssessAmongOthers(
            Whale,
            new ValueSignals
            {
                LatePayments = 1,
                Payments = 6,
                Overdue = 1,
                DaysOverdue = 40,
            }
        );

        var late = value.FalseKeys.Single(f => f.Reason == FalseKeyReason.LatePayer).Evidence;
        late.En.ShouldBe("paid late 1 time of 6; 1 invoice is overdue and unpaid, for up to 40 days");
        late.Zh.ShouldBe("6 次付款中有 1 次逾期；现有 1 张账单逾期未付，最长 40 天");
        AssessAmongOthers(Whale, new ValueSignals { Overdue = 2, DaysOverdue = 1 })
            .FalseKeys.ShouldHaveSingleItem()
            .Evidence.En.ShouldBe("2 invoices are overdue and unpaid, for up to 1 day");
        AssessAmongOthers(
            Whale,
            new ValueSignals
            {
                Payments = 9,
                Overdue = 1,
                DaysOverdue = 90,
            }
        )
            .FalseKeys.ShouldBeEmpty();
    }

    [Fact]
    public void A_small_customer_is_never_called_a_false_key_account()
    {
        var signals = new ValueSignals
        {
            DiscountShare = 0.9m,
            ReturnShare = 0.9m,
            LatePayments = 9,
            Payments = 9,
        };

        AssessAmongOthers(Every(30, 5, 40) with { ProfitRate = 0 }, signals).FalseKeys.ShouldBeEmpty();
    }

    [Fact]
    public void A_false_key_account_holds_no_key_tier_and_is_not_near_one()
    {
        var value = AssessAmongOthers(Whale, new ValueSignals { ReturnShare = 0.5m });

        (value.ByWorth, value.Tier, value.Holds, value.Near).ShouldBe((ValueTier.Key, ValueTier.Major, ValueTier.Major, null));
    }

    private static ValueAssessment AssessAmongOthers(BuyingHistory history, ValueSignals? signals = null) =>
        Assess(history, Measure(Plain, [.. Others, Whale, history]), signals);

    private static RetentionFuncs.Findings.Phrase Named(BuyingHistory history, FalseKeyReason reason)
    {
        var value = AssessAmongOthers(history);
        (value.Tier < ValueTier.Key).ShouldBeTrue();
        value.Lowered.ShouldContain(value.FalseKeys.Single(f => f.Reason == reason).Evidence);
        return value.FalseKeys.Single(f => f.Reason == reason).Evidence;
    }
}
