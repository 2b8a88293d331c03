using RetentionFuncs.Findings;
using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Choosing;

public sealed class ChoiceVerdictTests
{
    private const int Customers = 1000;

    /// <summary>Half of them return; a stated chance of one half costs ln 2.</summary>
    private static readonly HoldoutContest Contest = new(
        [
            new HoldoutSplit(
                100,
                30,
                [.. Enumerable.Range(0, Customers)],
                [.. Enumerable.Repeat(new BuyingPattern(0, 0, 50), Customers)],
                [.. Enumerable.Range(0, Customers).Select(i => i % 2)]
            ),
        ],
        Customers
    );

    [Fact]
    public void The_default_stays_when_nothing_is_better()
    {
        var verdict = Verdict(Sure(ScoreRule.MBG, 0.6), Sure(ScoreRule.Pareto, 0.6), Sure(ScoreRule.Hiatus, 0.55));

        verdict.Chosen.Rule.ShouldBe(ScoreRule.MBG);
        verdict.Displaced.ShouldBeFalse();
        verdict.Against.ShouldNotBeNull().Rule.ShouldBe(ScoreRule.Pareto);
    }

    [Fact]
    public void A_model_that_is_surely_better_replaces_it()
    {
        var verdict = Verdict(Sure(ScoreRule.MBG, 0.6), Sure(ScoreRule.BG, 0.65), Sure(ScoreRule.Pareto, 0.7));

        verdict.Chosen.Rule.ShouldBe(ScoreRule.Pareto);
        verdict.Model.ShouldNotBeNull().Rule.ShouldBe(ScoreRule.Pareto);
        verdict.Displaced.ShouldBeTrue();
        verdict.Gain.ShouldBe(Math.Log(0.7 / 0.6), 1e-12);
    }

    [Fact]
    public void A_gain_within_its_own_error_replaces_nothing()
    {
        // Right for a few more than it is wrong for: a gain of about 0.001 with an error of about 0.01.
        var lucky = new Contender(
            ScoreRule.BG,
            [
                [.. Enumerable.Range(0, Customers).Select(i => i < 510 ? Stated(i, 0.65) : Stated(i, 0.53))],
            ],
            null
        );

        var verdict = Verdict(Sure(ScoreRule.MBG, 0.59), lucky);

        verdict.Chosen.Rule.ShouldBe(ScoreRule.MBG);
    }

    [Fact]
    public void A_certain_gain_too_small_to_matter_replaces_nothing() =>
        Verdict(Sure(ScoreRule.MBG, 0.6), Sure(ScoreRule.BG, 0.6005)).Chosen.Rule.ShouldBe(ScoreRule.MBG);

    [Fact]
    public void A_baseline_takes_the_place_by_the_same_rule_and_the_model_is_kept_beside_it()
    {
        var verdict = Verdict(Sure(ScoreRule.MBG, 0.6), Sure(ScoreRule.BG, 0.7), Sure(ScoreRule.Hiatus, 0.8));

        verdict.Chosen.Rule.ShouldBe(ScoreRule.Hiatus);
        verdict.Model.ShouldNotBeNull().Rule.ShouldBe(ScoreRule.BG);
        verdict.Against.ShouldNotBeNull().Rule.ShouldBe(ScoreRule.BG);
    }

    [Fact]
    public void Without_the_default_the_next_model_holds_its_place()
    {
        var verdict = Verdict(Contender.Out(ScoreRule.MBG, new("no", "无")), Sure(ScoreRule.Pareto, 0.6), Sure(ScoreRule.BG, 0.6));

        verdict.Chosen.Rule.ShouldBe(ScoreRule.BG);
    }

    [Fact]
    public void Without_any_model_the_own_rhythm_holds_unless_silence_alone_is_better()
    {
        var verdict = Verdict(Contender.Out(ScoreRule.MBG, new("no", "无")), Sure(ScoreRule.Hiatus, 0.6), Sure(ScoreRule.OwnRhythm, 0.6));

        verdict.Chosen.Rule.ShouldBe(ScoreRule.OwnRhythm);
        verdict.Model.ShouldBeNull();
    }

    [Fact]
    public void Nobody_left_in_the_contest_is_no_verdict() =>
        ChoiceVerdict.Of([Contender.Out(ScoreRule.MBG, new("no", "无"))], Contest).ShouldBeNull();

    private static ChoiceVerdict Verdict(params Contender[] contenders) => ChoiceVerdict.Of(contenders, Contest).ShouldNotBeNull();

    /// <summary>Gives what happens to each the same chance.</summary>
    private static Contender Sure(ScoreRule rule, double chance) =>
        new(
            rule,
            [
                [.. Enumerable.Range(0, Customers).Select(i => Stated(i, chance))],
            ],
            null
        );

    private static double Stated(int customer, double chanceOfWhatHappens) =>
        customer % 2 == 1 ? chanceOfWhatHappens : 1 - chanceOfWhatHappens;
}
