using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Choosing;

public sealed class ChooseModelTests
{
    private static readonly ChoiceOptions Plain = new();

    [Fact]
    public void Of_a_shop_that_buys_by_a_model_the_chosen_chances_come_true()
    {
        var fitted = ChooseModel.Run(SimulatedShop.Of(3000, 11), SimulatedShop.End, Plain, 3);

        fitted.Version.ShouldBe(3);
        fitted.Customers.ShouldBe(3000);
        fitted.Holdouts.Count.ShouldBe(3);
        fitted.Model.ShouldNotBeNull();
        fitted.LogLikelihood.ShouldNotBeNull();
        var chosen = Of(fitted, fitted.Chosen);
        foreach (var bin in chosen.Calibration)
        {
            // Four binomial standard errors and a little for the fit's own.
            var error = Math.Sqrt(bin.Stated * (1 - bin.Stated) / bin.Customers);
            bin.Seen.ShouldBe(bin.Stated, (4 * error) + 0.02);
        }

        Of(fitted, ScoreRule.BG).LogLoss!.Value.ShouldBeLessThan(Of(fitted, ScoreRule.Hiatus).LogLoss!.Value);
        Math.Abs(Of(fitted, ScoreRule.BG).CountBias!.Value).ShouldBeLessThan(0.08);
        Of(fitted, ScoreRule.Hiatus).CountBias.ShouldBeNull();
    }

    [Fact]
    public void The_figures_are_told_with_the_reason_in_both_languages()
    {
        var fitted = ChooseModel.Run(SimulatedShop.Of(2000, 5), SimulatedShop.End, Plain, 1);

        var figure = $"{Of(fitted, fitted.Chosen).LogLoss:0.0000}";
        fitted.Why.En.ShouldContain(figure);
        fitted.Why.Zh.ShouldContain(figure);
        fitted.Why.Zh.ShouldContain("对数损失");
    }

    [Fact]
    public void The_order_of_customers_changes_no_bit()
    {
        var shop = SimulatedShop.Of(900, 21);
        var options = Plain with { SampleCap = 500 };
        var shuffled = new List<BuyingHistory>(shop);
        new Random(1).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(shuffled));

        var (first, second) = (Written(shop, options), Written(shuffled, options));

        second.ShouldBe(first);
        Written([.. shop.Skip(1)], options).ShouldNotBe(first);
    }

    [Fact]
    public void Nothing_after_the_calibration_end_reaches_a_candidate()
    {
        BuyingHistory[] shop = [.. SimulatedShop.Of(800, 8)];
        const int horizon = 90;
        var end = SimulatedShop.End.DayNumber - horizon;
        BuyingHistory[] cut = [.. shop.Select(h => h.CountUpTo(end) is > 0 and var n ? h.Cut(n) : h)];

        foreach (var rule in Enum.GetValues<ScoreRule>())
        {
            var (seen, unseen) = (Stated(shop, rule), Stated(cut, rule));
            seen.Length.ShouldBeGreaterThan(500);
            unseen.ShouldBe(seen);
        }

        // And the split is not blind: what is held out is there to be judged by.
        HoldoutSplit.At(shop, end, horizon).Returned.ShouldBeGreaterThan(50);
        HoldoutSplit.At(cut, end, horizon).Returned.ShouldBe(0);

        double[] Stated(BuyingHistory[] histories, ScoreRule rule)
        {
            var (split, earlier) = (HoldoutSplit.At(histories, end, horizon), HoldoutSplit.At(histories, end - horizon, horizon));
            var contender = RuleNames.KindOf(rule) is { } kind
                ? Candidacies.OfModel(kind, [split])
                : Candidacies.OfBaseline(rule, new HoldoutPlan([split], [earlier]), histories);
            return contender.Chances[0];
        }
    }

    [Fact]
    public void Purchases_after_the_day_spoken_for_are_not_read()
    {
        var shop = SimulatedShop.Of(400, 5);
        var asOf = SimulatedShop.End.AddDays(-200);
        List<BuyingHistory> known = [.. shop.Where(h => h.CountUpTo(asOf.DayNumber) > 0).Select(h => h.Cut(h.CountUpTo(asOf.DayNumber)))];

        FittedModelJson
            .Write(ChooseModel.Run(shop, asOf, Plain, 1))
            .ShouldBe(FittedModelJson.Write(ChooseModel.Run(known, asOf, Plain, 1)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(199)]
    public void A_small_shop_has_no_model_and_goes_by_own_rhythm(int customers)
    {
        var fitted = ChooseModel.Run(SimulatedShop.Of(customers, 2), SimulatedShop.End, Plain, 1);

        fitted.Model.ShouldBeNull();
        fitted.Chosen.ShouldBe(ScoreRule.OwnRhythm);
        fitted.ChanceOfReturn(new BuyingPattern(1, 20, 40)).ShouldBeNull();
        fitted.Customers.ShouldBe(customers);
        fitted.Candidates.ShouldBeEmpty();
        fitted.Why.En.ShouldContain("200");
        fitted.Why.Zh.ShouldContain("200");
    }

    [Fact]
    public void A_shop_with_enough_customers_and_too_little_history_is_fitted_uncompared()
    {
        var fitted = ChooseModel.Run(SimulatedShop.Of(400, 3, years: 0.25), SimulatedShop.End, Plain with { HorizonDays = 60 }, 1);

        fitted.Chosen.ShouldBe(ScoreRule.MBG);
        fitted.Model.ShouldNotBeNull().Kind.ShouldBe(BuyingModelKind.MBG);
        fitted.Candidates.ShouldBeEmpty();
        fitted.Why.En.ShouldContain("not compared");
        fitted.ChanceOfReturn(new BuyingPattern(1, 20, 40)).ShouldNotBeNull().ShouldBeInRange(0, 1);
    }

    [Fact]
    public void A_day_old_shop_and_one_of_one_time_buyers_get_an_answer_and_no_fault()
    {
        var today = SimulatedShop.End.DayNumber;
        List<BuyingHistory> dayOld = [.. Enumerable.Range(0, 300).Select(_ => SimulatedShop.Once(today))];
        List<BuyingHistory> once = [.. Enumerable.Range(0, 500).Select(i => SimulatedShop.Once(today - i))];

        foreach (var shop in new[] { dayOld, once })
        {
            var fitted = ChooseModel.Run(shop, SimulatedShop.End, Plain, 1);
            fitted.HorizonDays.ShouldBe(BuyingCycle.WithoutRepeats);
            fitted.PopulationGapDays.ShouldBeNull();
            fitted.Spend.ShouldBeNull();
            fitted.Why.En.ShouldNotBeEmpty();
            if (fitted.ChanceOfReturn(new BuyingPattern(0, 0, 30)) is { } chance)
            {
                chance.ShouldBeInRange(0, 1);
            }
        }
    }

    [Theory]
    [InlineData(BuyingModelKind.BG, ScoreRule.BG)]
    [InlineData(BuyingModelKind.Pareto, ScoreRule.Pareto)]
    public void A_model_that_is_asked_for_is_taken_and_said_to_be(BuyingModelKind kind, ScoreRule rule)
    {
        var fitted = ChooseModel.Run(SimulatedShop.Of(600, 9), SimulatedShop.End, Plain with { Forced = kind }, 1);

        fitted.Chosen.ShouldBe(rule);
        fitted.Model.ShouldNotBeNull().Kind.ShouldBe(kind);
        fitted.Why.En.ShouldContain("asked for");
        fitted.Candidates.Count.ShouldBe(5);
    }

    [Fact]
    public void A_likelihood_without_a_top_is_held_and_says_so()
    {
        // Nobody ever leaves: the likelihood rises towards a chance of leaving of nought.
        var shop = SimulatedShop.Of(800, 6, a: 1e-6, b: 1000);

        var fitted = ChooseModel.Run(shop, SimulatedShop.End, Plain, 1);

        var mbg = Of(fitted, ScoreRule.MBG);
        mbg.Note.ShouldNotBeNull().En.ShouldContain("Held by a weak pull");
        mbg.LogLoss.ShouldNotBeNull();
        fitted.Model.ShouldNotBeNull();
        fitted.Why.En.ShouldContain("Held by a weak pull");
    }

    [Fact]
    public void Markets_that_differ_get_models_of_their_own_and_those_alike_do_not()
    {
        List<BuyingHistory> differ =
        [
            .. SimulatedShop.Of(700, 31, alpha: 12, market: "DE"),
            .. SimulatedShop.Of(700, 32, alpha: 250, market: "US"),
            .. SimulatedShop.Of(60, 33, market: "LU"),
        ];
        var options = Plain with { HorizonDays = 90 };

        var apart = ChooseModel.Run(differ, SimulatedShop.End, options, 1);

        apart.Grouping.ShouldBe(ModelGrouping.Market);
        apart.Groups.Keys.Order(StringComparer.Ordinal).ShouldBe(["DE", "US"]);
        apart.Why.En.ShouldContain("Markets have models of their own");
        // Too few for a model of their own: the whole speaks for them.
        apart.ModelFor("LU").ShouldBe(apart.Model);
        var pattern = new BuyingPattern(0, 0, 60);
        apart.ModelFor("DE")!.ExpectedOrdersOfNew(90).ShouldBeGreaterThan(apart.ModelFor("US")!.ExpectedOrdersOfNew(90));
        apart.ChanceOfReturn(pattern, "US").ShouldNotBe(apart.ChanceOfReturn(pattern, "DE"));

        List<BuyingHistory> alike = [.. SimulatedShop.Of(700, 41, market: "DE"), .. SimulatedShop.Of(700, 42, market: "US")];
        ChooseModel.Run(alike, SimulatedShop.End, options, 1).Grouping.ShouldBe(ModelGrouping.None);
        ChooseModel.Run(differ, SimulatedShop.End, options with { Grouping = false }, 1).Grouping.ShouldBe(ModelGrouping.None);
    }

    private static Candidate Of(FittedModel fitted, ScoreRule rule) => fitted.Candidates.Single(c => c.Rule == rule);

    private static string Written(IReadOnlyList<BuyingHistory> shop, ChoiceOptions options) =>
        FittedModelJson.Write(ChooseModel.Run(shop, SimulatedShop.End, options, 1));
}
