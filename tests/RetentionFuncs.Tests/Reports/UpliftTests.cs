using RetentionFuncs.Reports;

namespace RetentionFuncs.Tests.Reports;

public sealed class UpliftTests
{
    // Newcombe 1998, table II, method 10, 95 %: columns a to h.
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0000)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0000)]
    public void The_interval_agrees_with_Newcombe_1998(int a, int m, int b, int n, double low, double high)
    {
        var uplift = Uplift.Of(a, m, b, n);
        uplift.Difference.ShouldBe(((double)a / m) - ((double)b / n), 1e-12);
        uplift.Interval.Low.ShouldBe(low, 5.1e-5);
        uplift.Interval.High.ShouldBe(high, 5.1e-5);
    }

    // Newcombe 1998 (the companion paper on a single proportion), method 3: Wilson.
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_share_of_one_arm_has_Wilsons_interval(int hits, int people, double low, double high)
    {
        var share = Share.Of(hits, people);
        share.Interval.Low.ShouldBe(low, 5.1e-5);
        share.Interval.High.ShouldBe(high, 5.1e-5);
    }

    [Fact]
    public void Every_small_table_has_an_interval_around_its_difference_within_minus_one_and_one()
    {
        foreach (var (m, n) in new[] { (1, 1), (1, 9), (7, 4), (12, 12) })
        {
            for (var a = 0; a <= m; a++)
            {
                for (var b = 0; b <= n; b++)
                {
                    var uplift = Uplift.Of(a, m, b, n);
                    uplift.Interval.Contains(uplift.Difference).ShouldBeTrue($"{a}/{m} {b}/{n}");
                    uplift.Interval.Low.ShouldBeGreaterThanOrEqualTo(-1);
                    uplift.Interval.High.ShouldBeLessThanOrEqualTo(1);
                    uplift.Interval.High.ShouldBeGreaterThan(uplift.Interval.Low, "it never claims to know exactly");
                    var mirrored = Uplift.Of(b, n, a, m);
                    mirrored.Interval.Low.ShouldBe(-uplift.Interval.High, 1e-12);
                    mirrored.Interval.High.ShouldBe(-uplift.Interval.Low, 1e-12);
                }
            }
        }
    }

    [Fact]
    public void More_people_and_less_confidence_both_narrow_the_interval()
    {
        static double Width(Uplift uplift) => uplift.Interval.High - uplift.Interval.Low;

        Width(Uplift.Of(120, 1000, 60, 1000)).ShouldBeLessThan(Width(Uplift.Of(12, 100, 6, 100)));
        Width(Uplift.Of(12, 100, 6, 100, 0.8)).ShouldBeLessThan(Width(Uplift.Of(12, 100, 6, 100)));
    }

    [Fact]
    public void Incremental_customers_are_people_treated_times_the_difference()
    {
        var uplift = Uplift.Of(120, 1000, 20, 400);
        uplift.Incremental.ShouldBe(70, 1e-9);
        uplift.IncrementalInterval.Low.ShouldBe(1000 * uplift.Interval.Low, 1e-9);
        uplift.IncrementalInterval.High.ShouldBe(1000 * uplift.Interval.High, 1e-9);
    }

    [Theory]
    [InlineData(120, 1000, 20, 400, Verdict.More)]
    [InlineData(20, 400, 120, 1000, Verdict.Less)]
    [InlineData(12, 100, 4, 40, Verdict.NotShown)]
    public void The_verdict_says_what_the_interval_allows(int a, int m, int b, int n, Verdict verdict) =>
        Uplift.Of(a, m, b, n).Verdict.ShouldBe(verdict);

    [Fact]
    public void An_empty_arm_compares_with_nobody()
    {
        Uplift.OfArms(0, 0, 3, 10).ShouldBeNull();
        Uplift.OfArms(3, 10, 0, 0).ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => Uplift.Of(0, 0, 3, 10));
    }

    [Fact]
    public void Counts_no_group_can_have_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Uplift.Of(11, 10, 3, 10));
        Should.Throw<ArgumentOutOfRangeException>(() => Uplift.Of(-1, 10, 3, 10));
        Should.Throw<ArgumentOutOfRangeException>(() => Uplift.Of(1, 10, 3, 10, 1));
    }
}
