using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;

namespace RetentionFuncs.Tests.Scoring;

public sealed class RfmScorerTests
{
    private static readonly DateOnly Today = new(2026, 6, 30);

    private static PurchaseSummary Customer(int silence, int orders, decimal spend, string currency = "EUR") =>
        new([Today.AddDays(-silence)], orders, [new Money(spend, currency)]);

    private static RfmBands Bands(params (decimal Value, int Count)[] values) =>
        RfmBands.Of(values.Select(v => new KeyValuePair<decimal, int>(v.Value, v.Count)));

    [Fact]
    public void Ten_different_values_give_two_of_each_rank()
    {
        var bands = Bands([.. Enumerable.Range(1, 10).Select(i => ((decimal)i, 1))]);
        Enumerable.Range(1, 10).Select(i => bands.RankOf(i)).ShouldBe([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    }

    [Theory]
    [InlineData(1, new[] { 3 })]
    [InlineData(2, new[] { 2, 4 })]
    [InlineData(3, new[] { 2, 3, 4 })]
    [InlineData(4, new[] { 2, 3, 4, 5 })]
    [InlineData(9, new[] { 1, 2, 2, 3, 3, 4, 4, 5, 5 })]
    public void Few_customers_rank_as_SPSS_and_SAS_group_them(int customers, int[] ranks)
    {
        // SPSS NTILES(5): integer part of 1 + 5r/(w+1). SAS GROUPS=5: floor(5r/(n+1)), which counts from 0.
        var bands = Bands([.. Enumerable.Range(1, customers).Select(i => ((decimal)i, 1))]);
        Enumerable.Range(1, customers).Select(i => bands.RankOf(i)).ShouldBe(ranks);
    }

    [Fact]
    public void All_equal_take_the_middle_rank() => Bands((7, 100)).RankOf(7).ShouldBe(3);

    [Fact]
    public void One_time_buyers_share_the_rank_of_their_mean_when_they_are_most()
    {
        // 60 bought once (mean rank 30.5: 1 + 152.5/101 = 2), 20 twice (70.5: 4), 15 thrice (88: 5), 5 ten times (98: 5).
        var bands = Bands((1, 60), (2, 20), (3, 15), (10, 5));
        new[] { bands.RankOf(1), bands.RankOf(2), bands.RankOf(3), bands.RankOf(10) }.ShouldBe([2, 4, 5, 5]);
        bands.Edges.ShouldBe([1, 2, 2, 3]);
    }

    [Fact]
    public void Ties_split_nowhere_and_ranks_never_fall_as_the_value_rises()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var values = Enumerable.Range(0, random.Next(1, 60)).Select(_ => (decimal)random.Next(1, 12)).ToList();
            var bands = RfmBands.Of(
                values.GroupBy(v => v).OrderBy(g => g.Key).Select(g => new KeyValuePair<decimal, int>(g.Key, g.Count()))
            );
            foreach (var value in values)
            {
                // By the definition itself, with the mean rank computed by counting.
                var meanRank = values.Count(v => v < value) + ((values.Count(v => v == value) + 1) / 2m);
                bands.RankOf(value).ShouldBe((int)Math.Floor(1 + (5 * meanRank / (values.Count + 1))));
            }
        }
    }

    [Fact]
    public void A_value_never_seen_takes_the_rank_of_the_one_below_it()
    {
        var bands = Bands((10, 1), (20, 1), (30, 1), (40, 1));
        bands.RankOf(25).ShouldBe(3);
        bands.RankOf(9).ShouldBe(1);
        bands.RankOf(1_000).ShouldBe(5);
    }

    [Fact]
    public void Five_customers_by_hand()
    {
        PurchaseSummary[] all =
        [
            Customer(3, 9, 900),
            Customer(10, 4, 80),
            Customer(40, 1, 500),
            Customer(200, 2, 60),
            Customer(400, 1, 20),
        ];
        var cuts = RfmScorer.CutPointsOf(all, Today, "EUR", 1);
        cuts.Customers.ShouldBe(5);
        // Mean ranks 1 to 5 of 5 give 1, 2, 3, 4, 5; the two single orders share rank 1.5 and so 1 + 7.5/6 = 2.
        all.Select(c => RfmScorer.RankOf(c, Today, cuts)!.Code).ShouldBe([555, 443, 324, 232, 121]);
    }

    [Fact]
    public void Silence_after_the_refit_sinks_through_recency_ranks()
    {
        var all = Enumerable.Range(0, 100).Select(i => Customer(i, 1, 10)).ToList();
        var cuts = RfmScorer.CutPointsOf(all, Today, "EUR", 3);
        var ranks = new[] { 0, 20, 40, 60, 80 }.Select(later => RfmScorer.RankOf(Customer(0, 1, 10), Today.AddDays(later), cuts)!);
        ranks.Select(r => r.RecencyRank).ShouldBe([5, 4, 3, 2, 1]);
        ranks.ShouldAllBe(r => r.CutPointsVersion == 3);
    }

    [Fact]
    public void Money_ranks_within_its_currency_only()
    {
        PurchaseSummary[] all = [Customer(1, 1, 10), Customer(1, 1, 20), Customer(1, 1, 5_000, "CNY")];
        var cuts = RfmScorer.CutPointsOf(all, Today, "EUR", 1);
        all.Select(c => RfmScorer.RankOf(c, Today, cuts)!.MonetaryRank).ShouldBe([2, 4, 0]);
    }

    [Fact]
    public void A_customer_without_a_purchase_by_the_day_has_no_score()
    {
        var cuts = RfmScorer.CutPointsOf([Customer(1, 1, 10), PurchaseSummary.Empty], Today, "EUR", 1);
        cuts.Customers.ShouldBe(1);
        RfmScorer.RankOf(PurchaseSummary.Empty, Today, cuts).ShouldBeNull();
        RfmScorer.RankOf(Customer(-5, 1, 10), Today, cuts).ShouldBeNull("the purchase lies after the day");
    }

    [Fact]
    public void Nobody_at_all_gives_cut_points_that_rank_everything_one()
    {
        var cuts = RfmScorer.CutPointsOf([], Today, "EUR", 1);
        cuts.Customers.ShouldBe(0);
        RfmScorer.RankOf(Customer(1, 1, 10), Today, cuts)!.Code.ShouldBe(111);
    }

    [Theory]
    [InlineData(5, 9, 5, 5, RfmGroup.Champions)]
    [InlineData(4, 9, 4, 4, RfmGroup.Loyal)]
    [InlineData(3, 9, 4, 5, RfmGroup.Loyal)]
    [InlineData(5, 2, 3, 2, RfmGroup.Promising)]
    [InlineData(5, 1, 3, 5, RfmGroup.NewBuyers)]
    [InlineData(3, 1, 3, 5, RfmGroup.NeedAttention)]
    [InlineData(2, 9, 5, 5, RfmGroup.AtRisk)]
    [InlineData(1, 9, 5, 5, RfmGroup.CannotLose)]
    [InlineData(1, 1, 3, 5, RfmGroup.Dormant)]
    [InlineData(2, 2, 2, 2, RfmGroup.Dormant)]
    public void Groups_carry_the_trades_names(int recency, int orders, int frequency, int money, RfmGroup group) =>
        new RfmScore(10, orders, 10, recency, frequency, money, 1).Group.ShouldBe(group);

    [Fact]
    public void Every_group_has_a_name_in_both_languages()
    {
        foreach (var group in Enum.GetValues<RfmGroup>())
        {
            group.NameIn("en").ShouldNotBeNullOrEmpty();
            group.NameIn("zh-CN").ShouldContain("客户");
        }
    }
}
