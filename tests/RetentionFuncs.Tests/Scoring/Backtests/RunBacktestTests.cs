using System.Xml.Linq;
using RetentionFuncs.Reports.HtmlReports;
using RetentionFuncs.Reports.TextReports;
using RetentionFuncs.Scoring.Backtests;
using RetentionFuncs.Scoring.Models;
using RetentionFuncs.Tests.Scoring.Choosing;

namespace RetentionFuncs.Tests.Scoring.Backtests;

public sealed class RunBacktestTests
{
    private static readonly int Last = SimulatedShop.End.DayNumber;

    private static readonly Lazy<Backtest> Simulated = new(() =>
        RunBacktest.Run(SimulatedShop.Of(900, 17), SimulatedShop.End, new BacktestOptions(90), "EUR")
    );

    [Fact]
    public void Every_rule_raises_as_many_alarms()
    {
        var test = Simulated.Value;

        test.Dates.Count.ShouldBe(12);
        test.Dates[^1].ShouldBe(SimulatedShop.End.AddDays(-90));
        test.Rows.Select(r => r.Rule).ShouldBe(Enum.GetValues<BacktestRule>());
        test.Rows.Select(r => r.Alarms).Distinct().Count().ShouldBe(1);
        test.Rows[0].Alarms.ShouldBeGreaterThan(200);
    }

    [Fact]
    public void Ninety_days_silent_finds_all_who_left_and_none_early()
    {
        var (test, silent) = (Simulated.Value, RowOf(Simulated.Value, BacktestRule.SilentDays));

        silent.Found.ShouldBe(test.Leavers);
        silent.FoundEarly.ShouldBe(0);
        silent.MedianDaysEarlier.ShouldNotBeNull().ShouldBeInRange(-30, 0);
    }

    [Fact]
    public void Where_customers_buy_by_a_model_its_chances_find_more_before_and_cry_wolf_less_often()
    {
        var (chance, silent) = (RowOf(Simulated.Value, BacktestRule.Chance), RowOf(Simulated.Value, BacktestRule.SilentDays));

        chance.FoundEarly.ShouldBeGreaterThan(Simulated.Value.Leavers / 4);
        chance.FalseAlarms.ShouldBeLessThan(silent.FalseAlarms);
        // What the chances promised, and what came of it.
        chance.ExpectedPer100.ShouldNotBeNull().ShouldBe(chance.ActualPer100, chance.ActualPer100 * 0.15m);
    }

    [Fact]
    public void Leaving_is_counted_by_its_definition_to_the_day()
    {
        // Decisions 210, 180 … 90 days before the end: a silence counts that began in the 30 days before the first or later, and was
        // 90 days old by the last one.
        var (first, last) = (Last - 210 - 29, Last - 90 - 90);
        List<BuyingHistory> shop =
        [
            Bought(first), // the first day that counts
            Bought(first - 1), // a day too early
            Bought(last), // the last day that counts
            Bought(last + 1), // not 90 days silent by the last decision
            Bought(first, first + 180), // came back on the last day of 90 + 90; its second silence is too late
            Bought(first, first + 181), // a day after it: had left
        ];

        var test = RunBacktest.Run(shop, SimulatedShop.End, new BacktestOptions(90, DateOnly.FromDayNumber(Last - 210)), "EUR");

        test.Dates.Select(d => Last - d.DayNumber).ShouldBe([210, 180, 150, 120, 90]);
        test.Leavers.ShouldBe(3);
        RowOf(test, BacktestRule.SilentDays).Found.ShouldBe(3);
    }

    [Fact]
    public void Money_is_profit_where_costs_are_known_and_revenue_elsewhere()
    {
        Simulated.Value.InProfit.ShouldBeFalse();
        List<BuyingHistory> known = [.. SimulatedShop.Of(900, 17).Select(h => h with { ProfitRate = 0.25m })];

        var test = RunBacktest.Run(known, SimulatedShop.End, new BacktestOptions(90), "EUR");

        test.InProfit.ShouldBeTrue();
        RowOf(test, BacktestRule.SilentDays)
            .ActualPer100.ShouldBe(RowOf(Simulated.Value, BacktestRule.SilentDays).ActualPer100 / 4, 0.0001m);
    }

    [Fact]
    public void No_decision_sees_what_comes_after_it()
    {
        BuyingHistory[] shop = [.. SimulatedShop.Of(600, 23)];
        var date = SimulatedShop.End.AddDays(-200);
        BuyingHistory[] cut = [.. shop.Select(h => h.CountUpTo(date.DayNumber) is > 0 and var n ? h.Cut(n) : h)];

        KnownOn.Date(cut, date, 90, _ => 1).ShouldBe(KnownOn.Date(shop, date, 90, _ => 1));
    }

    [Fact]
    public void One_silence_is_told_once()
    {
        var silence = new Silence(0, 100, new BuyingPattern(0, 0, 95), 1, null, null, 3, 2);
        var alarms = new RuleAlarms(BacktestRule.OwnRhythm);

        alarms.Raise([silence], 195, 5);
        alarms.Raise([silence with { Pattern = new BuyingPattern(0, 0, 125) }], 225, 5);
        alarms.All.Count.ShouldBe(1);

        alarms.Raise([silence with { LastDay = 230 }], 320, 5);
        alarms.All.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    public void A_shop_too_young_or_too_small_is_told_so_and_breaks_nothing(int customers)
    {
        List<BuyingHistory> young = [.. Enumerable.Range(0, customers).Select(i => SimulatedShop.Once(Last - i))];

        var test = RunBacktest.Run(young, SimulatedShop.End, new BacktestOptions(), "EUR");

        test.Dates.ShouldBeEmpty();
        test.Missing.ShouldNotBeNull().Zh.ShouldContain("120");
        BacktestChart.Write(test, "en").ShouldBeEmpty();
        BacktestText.Write(test, "zh").ShouldContain("历史数据太短");
        HtmlBacktest.Page(test, "en").ShouldContain("too short");
    }

    [Fact]
    public void Without_a_model_the_rules_still_answer()
    {
        var test = RunBacktest.Run(SimulatedShop.Of(60, 3), SimulatedShop.End, new BacktestOptions(90), "EUR");

        test.Rows.Count.ShouldBe(6);
        RowOf(test, BacktestRule.Chance).ExpectedPer100.ShouldBeNull();
        RowOf(test, BacktestRule.Chance).Found.ShouldBe(RowOf(test, BacktestRule.OwnRhythm).Found);
    }

    [Theory]
    [InlineData("en", "false alarms")]
    [InlineData("zh", "误报率")]
    public void It_is_told_as_table_picture_and_page(string language, string word)
    {
        BacktestText.Write(Simulated.Value, language).ShouldContain(word);
        HtmlBacktest.Page(Simulated.Value, language).ShouldContain(word);
        var picture = XElement.Parse(BacktestChart.Write(Simulated.Value, language));
        picture.Name.LocalName.ShouldBe("svg");
        picture
            .Descendants()
            .Count(e => e.Name.LocalName == "path" && ((string)e.Attribute("class")!).StartsWith("curve", StringComparison.Ordinal))
            .ShouldBe(12);
        BacktestChart.Write(Simulated.Value, language).Replace("http://www.w3.org/2000/svg", "").ShouldNotContain("http");
    }

    private static BuyingHistory Bought(params int[] days) => new([.. days.Distinct().Order()], [.. days.Distinct().Select(_ => 10m)]);

    private static BacktestRow RowOf(Backtest test, BacktestRule rule) => test.Rows.Single(r => r.Rule == rule);
}
