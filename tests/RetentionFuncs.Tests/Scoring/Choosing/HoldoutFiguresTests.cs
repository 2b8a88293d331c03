using RetentionFuncs.Scoring.Choosing;

namespace RetentionFuncs.Tests.Scoring.Choosing;

public sealed class HoldoutFiguresTests
{
    [Fact]
    public void Ranking_counts_pairs_and_halves_ties() =>
        // Four pairs of one who came and one who did not: won, tied, won, won.
        HoldoutFigures.Auc([0.1, 0.4, 0.4, 0.8], [false, false, true, true]).ShouldNotBeNull().ShouldBe(3.5 / 4, 1e-15);

    [Theory]
    [InlineData(new[] { 0.9, 0.8, 0.2, 0.1 }, 1.0)]
    [InlineData(new[] { 0.1, 0.2, 0.8, 0.9 }, 0.0)]
    [InlineData(new[] { 0.5, 0.5, 0.5, 0.5 }, 0.5)]
    public void Ranking_runs_from_all_wrong_over_a_coin_to_all_right(double[] chances, double expected) =>
        HoldoutFigures.Auc(chances, [true, true, false, false]).ShouldNotBeNull().ShouldBe(expected, 1e-15);

    [Fact]
    public void Ranking_needs_both_kinds() => HoldoutFigures.Auc([0.1, 0.4], [true, true]).ShouldBeNull();

    [Theory]
    [InlineData(0.8, true, 0.22314355131420976)]
    [InlineData(0.8, false, 1.6094379124341005)]
    [InlineData(0.5, true, 0.6931471805599453)]
    // What is stated as certain and fails costs no more than one in a million.
    [InlineData(0.0, true, 13.815510557964274)]
    [InlineData(1.0, false, 13.815510557935518)]
    public void Log_loss_is_minus_ln_of_the_chance_given_to_what_happened(double chance, bool returned, double expected) =>
        HoldoutFigures.LogLoss(chance, returned).ShouldBe(expected, 1e-12);

    [Fact]
    public void Error_of_a_mean_is_that_of_independent_customers()
    {
        var (mean, error) = HoldoutFigures.MeanOf([1, 3], [0, 1], 2);

        mean.ShouldBe(2);
        error.ShouldBe(Math.Sqrt(2) / 2, 1e-15);
    }

    [Fact]
    public void Cases_of_one_customer_are_not_taken_for_independent()
    {
        // The same two values twice: twice as many cases, not twice as much known.
        var (mean, error) = HoldoutFigures.MeanOf([1, 3, 1, 3], [0, 1, 0, 1], 2);

        mean.ShouldBe(2);
        error.ShouldBe(Math.Sqrt(2) / 2, 1e-15);
    }

    [Fact]
    public void Bins_hold_about_a_tenth_each_and_never_part_equal_chances()
    {
        double[] chances = [.. Enumerable.Range(0, 60).Select(i => i < 25 ? 0.1 : 0.1 + (i / 100.0))];

        var bins = HoldoutFigures.Calibration(chances, [.. chances.Select(c => c > 0.4)]);

        bins[0].ShouldBe(new(0.1, 0, 25), new BinWithin(1e-12));
        bins.Sum(b => b.Customers).ShouldBe(60);
        bins.Skip(1).ShouldAllBe(b => b.Customers >= 3 && b.Customers < 9);
        bins.Zip(bins.Skip(1)).ShouldAllBe(pair => pair.First.Stated < pair.Second.Stated);
        bins[^1].Seen.ShouldBe(1);
    }

    private sealed class BinWithin(double error) : IEqualityComparer<RetentionFuncs.Scoring.Models.CalibrationBin>
    {
        public bool Equals(RetentionFuncs.Scoring.Models.CalibrationBin? x, RetentionFuncs.Scoring.Models.CalibrationBin? y) =>
            Math.Abs(x!.Stated - y!.Stated) < error && x.Seen == y.Seen && x.Customers == y.Customers;

        public int GetHashCode(RetentionFuncs.Scoring.Models.CalibrationBin obj) => 0;
    }
}
