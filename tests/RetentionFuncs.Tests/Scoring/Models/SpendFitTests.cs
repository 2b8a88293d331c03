using MathNet.Numerics.Distributions;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Models;

public sealed class SpendFitTests
{
    /// <summary>Mean spend of each: Gamma(p·x, rate ν·x), ν from Gamma(q, rate γ).</summary>
    private static (int Repeats, double Mean)[] Spenders(SpendModel model, int customers, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, customers)
                .Select(_ =>
                {
                    var repeats = random.Next(6);
                    var rate = Gamma.Sample(random, model.Q, model.Gamma);
                    return (repeats, repeats == 0 ? 0 : Gamma.Sample(random, model.P * repeats, rate * repeats));
                }),
        ];
    }

    [Fact]
    public void Parameters_are_found_again_within_their_standard_errors()
    {
        var truth = new SpendModel(6.25, 3.74, 15.44);
        var spenders = Spenders(truth, 4000, 21);
        var fit = FitSpendModel.Run(spenders).ShouldBeOfType<SpendFit.Fitted>();
        fit.Model.P.ShouldBe(truth.P, 3 * fit.StandardErrors![0]);
        fit.Model.Q.ShouldBe(truth.Q, 3 * fit.StandardErrors[1]);
        fit.Model.Gamma.ShouldBe(truth.Gamma, 3 * fit.StandardErrors[2]);
        fit.Model.PopulationMean.ShouldBe(truth.PopulationMean, 0.03 * truth.PopulationMean);
        fit.Ignored.ShouldBe(spenders.Count(s => s.Repeats == 0));
    }

    [Fact]
    public void Cents_say_what_euros_say_in_any_order()
    {
        var spenders = Spenders(new(6.25, 3.74, 15.44), 500, 22);
        var euros = FitSpendModel.Run(spenders).ShouldBeOfType<SpendFit.Fitted>();
        FitSpendModel.Run(spenders.Reverse()).ShouldBeOfType<SpendFit.Fitted>().Model.ShouldBe(euros.Model);
        var cents = FitSpendModel.Run(spenders.Select(s => (s.Repeats, s.Mean * 100))).ShouldBeOfType<SpendFit.Fitted>();
        cents.Model.Gamma.ShouldBe(100 * euros.Model.Gamma, 1e-3 * cents.Model.Gamma);
        cents.LogLikelihood.ShouldBe(euros.LogLikelihood - (euros.Customers * Math.Log(100)), 1e-6);
        cents.StandardErrors![2].ShouldBe(100 * euros.StandardErrors![2], 1e-2 * cents.StandardErrors[2]);
    }

    [Fact]
    public void Free_orders_and_returns_above_the_purchase_are_left_out_and_counted()
    {
        (int, double)[] odd = [(3, 0), (2, -5), (0, 0), (1, double.NaN)];
        var fit = FitSpendModel.Run([.. Spenders(new(6, 4, 15), 300, 23).Where(s => s.Repeats > 0), .. odd]);
        fit.ShouldBeOfType<SpendFit.Fitted>().Ignored.ShouldBe(4);
    }

    [Fact]
    public void Spend_without_a_finite_mean_is_said_to_have_none() =>
        FitSpendModel.Run(Spenders(new(3, 0.7, 5), 3000, 24)).ShouldBeOfType<SpendFit.NoFiniteMean>().Q.ShouldBe(0.7, 0.1);

    [Fact]
    public void Few_repeat_buyers_are_too_few() =>
        FitSpendModel.Run([(1, 20), (0, 0)]).ShouldBe(new SpendFit.TooFewCustomers(FitSpendModel.LeastCustomers, 1, 1));

    [Fact]
    public void Everybody_spending_the_same_goes_to_a_bound() =>
        FitSpendModel.Run(Enumerable.Repeat((2, 30.0), 200)).ShouldNotBeOfType<SpendFit.Fitted>();
}
