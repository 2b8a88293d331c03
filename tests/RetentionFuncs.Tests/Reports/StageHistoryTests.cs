using RetentionFuncs.Orders;
using RetentionFuncs.Reports;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Tests.Reports;

public sealed class StageHistoryTests
{
    private static readonly DateOnly Day0 = new(2026, 1, 1);
    private static readonly LapseRule Fixed = new LapseRule.FixedDays(new LapseBands(10, 20, 30, 40));
    private static readonly LapseRule Rhythm = new LapseRule.OwnRhythm(12, 1.2m, 2, 3, 5);

    private static DateOnly Day(int number) => Day0.AddDays(number);

    private static PurchaseSummary Bought(DateOnly[] days) => new(days, days.Length, []);

    [Fact]
    public void One_purchase_walks_through_the_stages_on_their_crossing_days()
    {
        var history = new StageHistory(Day(0), Day(50), Fixed);
        history.Add(Bought([Day(5)]), "DE");
        var days = history.ToSeries().All;
        days[4].Customers.ShouldBe(0, "not a customer before the first purchase");
        days[4].ChurnRate.ShouldBeNull();
        days[5][LapseStage.New].ShouldBe(1);
        days[14][LapseStage.New].ShouldBe(1);
        days[15][LapseStage.Cooling].ShouldBe(1);
        days[25][LapseStage.Lapsing].ShouldBe(1);
        days[34].ChurnRate.ShouldBe(0);
        days[35][LapseStage.Lapsed].ShouldBe(1);
        days[35].ChurnRate.ShouldBe(1);
        days[45][LapseStage.Lost].ShouldBe(1);
        days[50].ChurnRate.ShouldBe(1, "the lost are churned too");
    }

    [Fact]
    public void An_order_brings_a_customer_back_to_active()
    {
        var history = new StageHistory(Day(0), Day(60), Fixed);
        history.Add(Bought([Day(0), Day(35)]), "DE");
        var days = history.ToSeries().All;
        days[34][LapseStage.Lapsed].ShouldBe(1);
        days[35][LapseStage.Active].ShouldBe(1);
        days.ShouldAllBe(d => d.Customers == 1);
    }

    [Fact]
    public void Purchases_before_the_window_count_and_those_after_it_are_not_known_yet()
    {
        var history = new StageHistory(Day(100), Day(110), Fixed);
        history.Add(Bought([Day(0), Day(95), Day(300)]), null);
        history.Add(Bought([Day(200)]), null);
        var days = history.ToSeries().All;
        days.Count.ShouldBe(11);
        days.ShouldAllBe(d => d.Customers == 1);
        days[4][LapseStage.Active].ShouldBe(1);
        days[5][LapseStage.Cooling].ShouldBe(1);
    }

    [Fact]
    public void Countries_add_up_to_all()
    {
        var history = new StageHistory(Day(0), Day(30), Fixed);
        history.Add(Bought([Day(0)]), "DE");
        history.Add(Bought([Day(0), Day(9)]), "CN");
        history.Add(Bought([Day(3)]), null);
        var series = history.ToSeries();
        series.ByCountry.Keys.Order(StringComparer.Ordinal).ShouldBe(["", "CN", "DE"]);
        for (var d = 0; d < series.All.Count; d++)
        {
            series.All[d].Customers.ShouldBe(series.ByCountry.Values.Sum(c => c[d].Customers));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_day_agrees_with_asking_the_rule_for_each_customer(bool ownRhythm)
    {
        var rule = ownRhythm ? Rhythm : Fixed;
        var random = new Random(11);
        var customers = Enumerable
            .Range(0, 120)
            .Select(_ => Enumerable.Range(0, random.Next(1, 7)).Select(_ => Day(random.Next(0, 160))).Distinct().Order().ToArray())
            .ToList();
        var history = new StageHistory(Day(40), Day(140), rule);
        customers.ForEach(c => history.Add(Bought(c), "DE"));
        foreach (var day in history.ToSeries().All)
        {
            var expected = new int[6];
            foreach (var known in customers.Select(c => new PurchaseSummary(c, c.Length, []).DaysUpTo(day.Day)).Where(k => k.HasPurchases))
            {
                expected[(int)rule.BandsFor(known).StageAt(known.SilenceOn(day.Day), known.PurchaseDays.Count)]++;
            }

            day.Counts.ShouldBe(expected, day.Day.ToString("O"));
        }
    }

    [Fact]
    public void Tiers_are_counted_beside_countries_and_parts_of_a_pass_add_up_to_the_whole()
    {
        var (whole, first, second) = (
            new StageHistory(Day(0), Day(30), Fixed),
            new StageHistory(Day(0), Day(30), Fixed),
            new StageHistory(Day(0), Day(30), Fixed)
        );
        foreach (var history in new[] { whole, first })
        {
            history.Add(Bought([Day(0)]), "DE", ValueTier.Key);
            history.Add(Bought([Day(2), Day(9)]), "CN", ValueTier.Key);
        }

        foreach (var history in new[] { whole, second })
        {
            history.Add(Bought([Day(4)]), "DE", ValueTier.Standard);
            history.Add(Bought([Day(3)]), null);
        }

        var sum = new StageHistory(Day(0), Day(30), Fixed);
        sum.Add(first.Take()!);
        sum.Add(second.Take()!);
        foreach (var series in new[] { whole.ToSeries(), sum.ToSeries() })
        {
            series.All[^1].Customers.ShouldBe(4, "a tier does not count anybody twice");
            series.ByCountry.Keys.Order(StringComparer.Ordinal).ShouldBe(["", "CN", "DE"]);
            series.ByTier.Keys.Order().ShouldBe([ValueTier.Standard, ValueTier.Key]);
            series.ByTier[ValueTier.Key].Select(d => d.Customers).Take(4).ShouldBe([1, 1, 2, 2]);
            series.ByTier[ValueTier.Standard][^1].Customers.ShouldBe(1);
        }
    }

    [Fact]
    public void Nobody_gives_days_of_zeros()
    {
        var days = new StageHistory(Day(0), Day(2), Fixed).ToSeries().All;
        days.Count.ShouldBe(3);
        days.ShouldAllBe(d => d.Customers == 0 && d.ChurnRate == null);
    }

    [Fact]
    public void A_window_that_ends_before_it_begins_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new StageHistory(Day(1), Day(0), Fixed));
}
