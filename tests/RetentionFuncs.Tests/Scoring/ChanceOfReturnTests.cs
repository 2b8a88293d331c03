using RetentionFuncs.Findings;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring;

public sealed class ChanceOfReturnTests
{
    private static readonly DateOnly Start = new(2025, 1, 1);
    private static readonly LapseRule.OwnRhythm Rhythm = new(60, 2, 3, 6, 12);

    /// <summary>CDNOW's MBG/NBD in days: alpha of notes in weeks, times seven.</summary>
    private static readonly GeometricModel Cdnow = new(BuyingModelKind.MBG, 0.524843, 6.183085 * 7, 0.891359, 1.614002);

    private static readonly LapseRule.ChanceOfReturn Rule = new(null, ReturnLevels.Default, Rhythm) { Fitted = Fit(Cdnow) };

    [Fact]
    public void Each_stage_begins_on_the_first_day_at_which_the_chance_has_fallen_so_far()
    {
        foreach (var summary in Histories())
        {
            var bands = Rule.BandsFor(summary);
            bands.AreAscending.ShouldBeTrue();
            foreach (var (day, level) in new[] { (bands.Cooling, 0.75), (bands.Lapsing, 0.5), (bands.Lapsed, 0.25), (bands.Lost, 0.1) })
            {
                ShareAfter(summary, day).ShouldBeLessThanOrEqualTo(level);
                ShareAfter(summary, day - 1).ShouldBeGreaterThan(level);
            }
        }
    }

    [Fact]
    public void Who_buys_weekly_is_missed_sooner_than_who_buys_monthly()
    {
        Rule.BandsFor(Every(7, 12)).Lapsing.ShouldBeLessThan(Rule.BandsFor(Every(30, 12)).Lapsing);
        Rule.BandsFor(Every(30, 12)).Lapsing.ShouldBeLessThan(Rule.BandsFor(Every(90, 12)).Lapsing);
    }

    [Fact]
    public void Until_a_model_is_fitted_the_own_rhythm_holds()
    {
        var unfitted = Rule with { Fitted = null };
        unfitted.BandsFor(Every(10, 5)).ShouldBe(Rhythm.BandsFor(Every(10, 5)));
        var nothing = Rule with { Fitted = Fit(null) };
        nothing.BandsFor(Every(10, 5)).ShouldBe(Rhythm.BandsFor(Every(10, 5)));
    }

    [Fact]
    public void A_chance_that_hardly_falls_ends_at_the_longest_silence_and_stays_ascending()
    {
        var faithful = Rule with { Fitted = Fit(new GeometricModel(BuyingModelKind.BG, 2, 1e6, 1e-6, 1e6)) };
        var bands = faithful.BandsFor(Every(1, 1));
        bands.AreAscending.ShouldBeTrue();
        bands.Cooling.ShouldBe(LapseRule.ChanceOfReturn.LongestDays);
    }

    [Fact]
    public void A_new_fit_is_another_rule_and_the_same_fit_is_not()
    {
        var refit = new Refit(new RfmCutPoints(2, Start, "EUR", 1, new([]), new([]), new([])), 40, DateTimeOffset.UnixEpoch, Fit(Cdnow));
        var fitted = (LapseRule.ChanceOfReturn)Rule.FittedWith(refit);
        fitted.Until.PopulationGapDays.ShouldBe(40);
        fitted.Name.ShouldBe(((LapseRule.ChanceOfReturn)Rule.FittedWith(refit)).Name);
        fitted.FittedWith(refit with { Model = refit.Model! with { Version = 2 } }).Name.ShouldNotBe(fitted.Name);
    }

    [Theory]
    [InlineData(0.75, 0.5, 0.25, 0.1, true)]
    [InlineData(0.5, 0.5, 0.25, 0.1, false)]
    [InlineData(1, 0.5, 0.25, 0.1, false)]
    [InlineData(0.75, 0.5, 0.25, 0, false)]
    public void Levels_fall_from_below_one_to_above_zero(double cooling, double lapsing, double lapsed, double lost, bool valid) =>
        new ReturnLevels(cooling, lapsing, lapsed, lost).AreDescending.ShouldBe(valid);

    private static double ShareAfter(PurchaseSummary summary, int gap)
    {
        var pattern = BuyingPattern.Of(summary, summary.LastDay);
        return Cdnow.ChanceOfReturn(pattern.AfterSilence(gap), 60) / Cdnow.ChanceOfReturn(pattern.AfterSilence(1), 60);
    }

    private static IEnumerable<PurchaseSummary> Histories() => [Every(1, 1), Every(7, 2), Every(7, 30), Every(45, 4), Every(1, 1000)];

    private static PurchaseSummary Every(int days, int times) =>
        new([.. Enumerable.Range(0, times).Select(i => Start.AddDays(days * i))], times, []);

    private static FittedModel Fit(BuyingModel? model) =>
        new(
            1,
            Start,
            2357,
            60,
            ScoreRule.MBG,
            new Phrase("", ""),
            model,
            null,
            null,
            null,
            50,
            [],
            ModelGrouping.None,
            new Dictionary<string, BuyingModel>()
        );
}
