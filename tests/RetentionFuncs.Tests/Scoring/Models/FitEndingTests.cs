using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Models;

public sealed class FitEndingTests
{
    private static readonly BuyingModelKind[] Kinds = Enum.GetValues<BuyingModelKind>();
    private static readonly GeometricModel Truth = new(BuyingModelKind.MBG, .9, 60, 1.3, 6.5);

    private static IEnumerable<BuyingPattern> WholeDays(BuyingModel model, int customers, int seed) =>
        SimulatedBuyers
            .Of(model, customers, (200, 700), 0, seed)
            .Select(b => new BuyingPattern(b.Pattern.Repeats, Math.Floor(b.Pattern.Recency), Math.Ceiling(b.Pattern.Age)));

    [Fact]
    public void A_fit_is_the_same_to_the_last_bit_whatever_order_the_customers_come_in()
    {
        BuyingPattern[] customers = [.. WholeDays(Truth, 400, 3)];
        BuyingPattern[] turned = [.. customers];
        new Random(4).Shuffle(turned);
        foreach (var kind in Kinds)
        {
            var (one, other) = (Fitted(customers, kind), Fitted(turned, kind));
            other.Model.ShouldBe(one.Model);
            other.LogLikelihood.ShouldBe(one.LogLikelihood);
            other.StandardErrors.ShouldBe(one.StandardErrors);
        }
    }

    [Fact]
    public void A_fit_in_weeks_is_the_fit_in_days()
    {
        BuyingPattern[] days = [.. WholeDays(Truth, 1500, 5)];
        var repeats = days.Sum(p => p.Repeats);
        foreach (var kind in Kinds)
        {
            var inDays = Fitted(days, kind);
            var inWeeks = Fitted(days.Select(p => new BuyingPattern(p.Repeats, p.Recency / 7, p.Age / 7)), kind);
            inWeeks.LogLikelihood.ShouldBe(inDays.LogLikelihood + (repeats * Math.Log(7)), 1e-6);
            foreach (var (week, day) in inWeeks.Model.Parameters.Zip(inDays.Model.Parameters))
            {
                (week.Value * (week.Key is "alpha" or "beta" ? 7 : 1)).ShouldBe(day.Value, 1e-4 * day.Value, week.Key);
            }
        }
    }

    [Fact]
    public void The_fitted_likelihood_is_the_sum_of_the_customers_and_better_than_the_truth()
    {
        BuyingPattern[] customers = [.. WholeDays(Truth, 1000, 6)];
        var fit = Fitted(customers, BuyingModelKind.MBG);
        fit.LogLikelihood.ShouldBe(customers.Sum(fit.Model.LogLikelihood), 1e-7);
        fit.LogLikelihood.ShouldBeGreaterThan(customers.Sum(Truth.LogLikelihood));
    }

    [Fact]
    public void Fifty_customers_are_too_few_and_nobody_is_too()
    {
        foreach (var kind in Kinds)
        {
            FitBuyingModel
                .Run(BuyingSample.Of(WholeDays(Truth, 50, 8)), kind)
                .ShouldBe(new ModelFit.TooFewCustomers(50, FitBuyingModel.LeastCustomers));
            FitBuyingModel.Run(BuyingSample.Of([]), kind).ShouldBeOfType<ModelFit.TooFewCustomers>();
        }
    }

    [Fact]
    public void One_customer_of_a_group_hardly_moves_the_whole()
    {
        var whole = new Shrinkage(Truth, 50);
        var fit = FitBuyingModel.Run(BuyingSample.Of([new(3, 200, 300)]), BuyingModelKind.MBG, whole).ShouldBeOfType<ModelFit.Fitted>();
        foreach (var (own, all) in fit.Model.Parameters.Zip(Truth.Parameters))
        {
            own.Value.ShouldBe(all.Value, 0.1 * all.Value, own.Key);
        }
    }

    [Fact]
    public void Shrinkage_leads_from_the_own_fit_to_the_whole()
    {
        var sample = BuyingSample.Of(WholeDays(new GeometricModel(BuyingModelKind.MBG, 2, 30, 1, 8), 300, 9));
        double Away(ModelFit fit) =>
            Math.Sqrt(Distances(fit.ShouldBeOfType<ModelFit.Fitted>().Model, Truth).Sum(distance => distance * distance));
        double AwayAt(double strength) => Away(FitBuyingModel.Run(sample, BuyingModelKind.MBG, new Shrinkage(Truth, strength)));
        double[] path = [.. new[] { 0, 3, 30, 300, 3000, 1e6 }.Select(AwayAt)];
        path[0].ShouldBe(Away(FitBuyingModel.Run(sample, BuyingModelKind.MBG)), 1e-4);
        path.ShouldBe(path.OrderDescending());
        path[^1].ShouldBeLessThan(0.01);
    }

    private static IEnumerable<double> Distances(BuyingModel one, BuyingModel other) =>
        one.Parameters.Zip(other.Parameters, (a, b) => Math.Log(a.Value / b.Value));

    [Fact]
    public void A_fit_is_not_drawn_towards_another_kind() =>
        Should.Throw<ArgumentException>(() => FitBuyingModel.Run(BuyingSample.Of([]), BuyingModelKind.BG, new Shrinkage(Truth, 1)));

    [Fact]
    public void A_shop_of_one_time_buyers_determines_nothing_and_says_so()
    {
        foreach (var kind in Kinds)
        {
            var fit = FitBuyingModel.Run(BuyingSample.Of(Enumerable.Range(0, 300).Select(i => new BuyingPattern(0, 0, 30 + i))), kind);
            fit.ShouldNotBeOfType<ModelFit.Fitted>();
        }
    }

    [Fact]
    public void A_day_old_shop_determines_nothing_and_says_so()
    {
        foreach (var kind in Kinds)
        {
            var fit = FitBuyingModel.Run(BuyingSample.Of(Enumerable.Repeat(new BuyingPattern(0, 0, 0), 300)), kind);
            fit.ShouldNotBeOfType<ModelFit.Fitted>();
        }
    }

    [Fact]
    public void Customers_who_never_leave_do_not_determine_how_customers_leave()
    {
        var faithful = new GeometricModel(BuyingModelKind.BG, 1, 40, 1e-6, 1);
        var sample = BuyingSample.Of(WholeDays(faithful, 2000, 12));
        foreach (var kind in Kinds)
        {
            FitBuyingModel.Run(sample, kind).ShouldNotBeOfType<ModelFit.Fitted>();
        }
    }

    [Fact]
    public void Customers_all_alike_do_not_determine_how_customers_differ()
    {
        var alike = BuyingSample.Of(Enumerable.Range(0, 200).Select(i => new BuyingPattern(5, 90 + (i % 10), 100)));
        foreach (var kind in Kinds)
        {
            FitBuyingModel.Run(alike, kind).ShouldNotBeOfType<ModelFit.Fitted>();
        }
    }

    [Fact]
    public void A_fit_drawn_beyond_the_bounds_names_the_parameter_that_stands_at_its_bound()
    {
        var beyond = new Shrinkage(new GeometricModel(BuyingModelKind.MBG, .9, Math.Exp(18), 1.3, 6.5), 3000);
        var fit = FitBuyingModel
            .Run(BuyingSample.Of(WholeDays(Truth, 300, 14)), BuyingModelKind.MBG, beyond)
            .ShouldBeOfType<ModelFit.AtBound>();
        fit.Parameter.ShouldBe("alpha");
        fit.Model.Parameters[1].Value.ShouldBe(Math.Exp(Ascent.Bound));
    }

    [Fact]
    public void A_thousand_orders_are_fitted_like_any_others()
    {
        BuyingPattern[] customers = [.. WholeDays(Truth, 1000, 13), new(1000, 1100, 1105), new(700, 720, 740)];
        foreach (var kind in Kinds)
        {
            Fitted(customers, kind).LogLikelihood.ShouldBeInRange(-1e6, 0);
        }
    }

    [Theory]
    [InlineData(-1, 0, 5)]
    [InlineData(1, 6, 5)]
    [InlineData(0, 3, 5)]
    [InlineData(1, -1, 5)]
    [InlineData(1, 1, double.NaN)]
    public void A_pattern_that_cannot_be_is_refused(int repeats, double recency, double age) =>
        Should.Throw<ArgumentException>(() => BuyingSample.Of([new(repeats, recency, age)]));

    private static ModelFit.Fitted Fitted(IEnumerable<BuyingPattern> customers, BuyingModelKind kind) =>
        FitBuyingModel.Run(BuyingSample.Of(customers), kind).ShouldBeOfType<ModelFit.Fitted>();
}
