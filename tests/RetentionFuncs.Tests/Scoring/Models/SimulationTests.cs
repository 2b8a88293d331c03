using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Models;

public sealed class SimulationTests
{
    public static TheoryData<BuyingModel> Models =>
        [
            new GeometricModel(BuyingModelKind.BG, .6, 50, .8, 3.2),
            new GeometricModel(BuyingModelKind.MBG, .9, 60, 1.3, 6.5),
            new ParetoModel(1.2, 70, .8, 150),
        ];

    [Theory]
    [MemberData(nameof(Models))]
    public void Parameters_are_found_again_within_their_standard_errors(BuyingModel truth)
    {
        var sample = BuyingSample.Of(SimulatedBuyers.Of(truth, 6000, (200, 700), 0, 20050214).Select(b => b.Pattern));
        var fit = FitBuyingModel.Run(sample, truth.Kind).ShouldBeOfType<ModelFit.Fitted>();
        for (var i = 0; i < 4; i++)
        {
            var away = (fit.Model.Parameters[i].Value - truth.Parameters[i].Value) / fit.StandardErrors![i];
            Math.Abs(away).ShouldBeLessThan(3, truth.Parameters[i].Key);
            fit.StandardErrors[i].ShouldBeLessThan(truth.Parameters[i].Value);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_stated_thirty_percent_happens_thirty_times_in_a_hundred(BuyingModel model)
    {
        var buyers = SimulatedBuyers.Of(model, 30_000, (100, 700), 60, 7);
        foreach (var bin in buyers.GroupBy(b => (int)(10 * model.ChanceOfReturn(b.Pattern, 60))).Where(bin => bin.Count() > 200))
        {
            var stated = bin.Average(b => model.ChanceOfReturn(b.Pattern, 60));
            var seen = bin.Average(b => b.Bought > 0 ? 1.0 : 0);
            seen.ShouldBe(stated, 4 * Math.Sqrt(stated * (1 - stated) / bin.Count()), $"stated {stated:P1} of {bin.Count()}");
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void As_many_orders_come_as_are_expected(BuyingModel model)
    {
        var buyers = SimulatedBuyers.Of(model, 30_000, (100, 700), 365, 11);
        var expected = buyers.Average(b => model.ExpectedOrders(b.Pattern, 365));
        var spread = Math.Sqrt(buyers.Average(b => Math.Pow(b.Bought - model.ExpectedOrders(b.Pattern, 365), 2)) / buyers.Count);
        buyers.Average(b => b.Bought).ShouldBe(expected, 4 * spread);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_customer_nobody_has_met_buys_as_often_as_expected(BuyingModel model)
    {
        var buyers = SimulatedBuyers.Of(model, 30_000, (0, 0), 365, 13);
        var spread = Math.Sqrt(buyers.Average(b => (double)b.Bought * b.Bought) / buyers.Count);
        buyers.Average(b => b.Bought).ShouldBe(model.ExpectedOrdersOfNew(365), 4 * spread);
    }
}
