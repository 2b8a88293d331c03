using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Models;

/// <summary>What holds of every model and every customer, on a few thousand seeded draws.</summary>
public sealed class ScorePropertyTests
{
    private static IEnumerable<(BuyingModel Model, BuyingPattern Pattern, double Time)> Draws(int seed, int count)
    {
        var random = new Random(seed);
        double Spread(double least, double most) => Math.Exp(Math.Log(least) + (Math.Log(most / least) * random.NextDouble()));
        for (var i = 0; i < count; i++)
        {
            var kind = (BuyingModelKind)(i % 3);
            var last = kind == BuyingModelKind.Pareto ? Spread(0.1, 1000) : Spread(0.05, 30);
            var model = BuyingModel.Of(kind, [Spread(0.05, 10), Spread(0.1, 1000), Spread(0.05, 10), last]);
            var repeats = random.Next(4) == 0 ? 0 : (int)Spread(1, 1001);
            var recency = repeats == 0 ? 0 : Spread(1, 1000);
            var silence = random.Next(8) == 0 ? 0 : Spread(0.5, 2000);
            yield return (model, new(repeats, recency, recency + silence), Spread(1, 1000));
        }
    }

    [Fact]
    public void Every_score_is_finite_and_every_chance_a_chance()
    {
        foreach (var (model, pattern, time) in Draws(1, 3000))
        {
            double.IsFinite(model.LogLikelihood(pattern)).ShouldBeTrue();
            model.ChanceAlive(pattern).ShouldBeInRange(0, 1);
            model.ChanceOfReturn(pattern, time).ShouldBeInRange(0, model.ChanceAlive(pattern));
            model.ExpectedOrders(pattern, time).ShouldBeInRange(0, double.MaxValue);
            model.ExpectedOrdersOfNew(time).ShouldBeInRange(double.Epsilon, double.MaxValue);
        }
    }

    [Fact]
    public void Every_score_falls_as_silence_grows()
    {
        foreach (var (model, pattern, time) in Draws(2, 1500))
        {
            var (alive, back) = (1.0, 1.0);
            for (var gap = 0.0; gap < 500; gap += 20)
            {
                var silent = pattern.AfterSilence(gap);
                model.ChanceAlive(silent).ShouldBeLessThanOrEqualTo(alive * (1 + 1e-12));
                model.ChanceOfReturn(silent, time).ShouldBeLessThanOrEqualTo(back * (1 + 1e-12));
                (alive, back) = (model.ChanceAlive(silent), model.ChanceOfReturn(silent, time));
            }
        }
    }

    [Fact]
    public void Every_score_grows_with_the_time_given()
    {
        foreach (var (model, pattern, time) in Draws(3, 1500))
        {
            model.ChanceOfReturn(pattern, 2 * time).ShouldBeGreaterThanOrEqualTo(model.ChanceOfReturn(pattern, time) * (1 - 1e-12));
            model.ExpectedOrders(pattern, 2 * time).ShouldBeGreaterThanOrEqualTo(model.ExpectedOrders(pattern, time) * (1 - 1e-12));
            model.ChanceOfReturn(pattern, 0).ShouldBe(0);
            model.ExpectedOrders(pattern, 0).ShouldBe(0);
        }
    }

    [Fact]
    public void At_least_as_many_orders_are_expected_as_the_chance_of_one()
    {
        foreach (var (model, pattern, time) in Draws(4, 1500))
        {
            model.ExpectedOrders(pattern, time).ShouldBeGreaterThanOrEqualTo(model.ChanceOfReturn(pattern, time) * (1 - 1e-11));
        }
    }

    [Fact]
    public void Weeks_say_what_days_say()
    {
        foreach (var (model, pattern, time) in Draws(5, 1500))
        {
            double[] values = [.. model.Parameters.Select(p => p.Key is "alpha" or "beta" ? p.Value * 7 : p.Value)];
            var days = BuyingModel.Of(model.Kind, values);
            var inDays = new BuyingPattern(pattern.Repeats, pattern.Recency * 7, pattern.Age * 7);
            days.ChanceAlive(inDays).ShouldBe(model.ChanceAlive(pattern), 1e-9);
            days.ChanceOfReturn(inDays, time * 7).ShouldBe(model.ChanceOfReturn(pattern, time), 1e-9);
            var orders = model.ExpectedOrders(pattern, time);
            days.ExpectedOrders(inDays, time * 7).ShouldBe(orders, 1e-9 * Math.Max(1, orders));
            var likelihood = days.LogLikelihood(inDays) + (pattern.Repeats * Math.Log(7));
            likelihood.ShouldBe(model.LogLikelihood(pattern), 1e-9 * Math.Max(1, Math.Abs(likelihood)));
        }
    }

    [Fact]
    public void Series_and_integral_of_the_expectation_agree()
    {
        var both = 0;
        foreach (var (model, pattern, time) in Draws(6, 4000).Where(d => d.Model is GeometricModel))
        {
            var geometric = (GeometricModel)model;
            var (n, b, tau) = (geometric.R + pattern.Repeats, geometric.B + pattern.Repeats, time / (geometric.Alpha + pattern.Age));
            if (GeometricExpectation.Series(n, geometric.A, b, tau) is { } series)
            {
                both++;
                GeometricExpectation.Integral(n, geometric.A, b, tau).ShouldBe(series, 1e-11 * series);
            }
        }

        both.ShouldBeGreaterThan(2000);
    }

    [Fact]
    public void BG_takes_every_one_time_buyer_for_alive_and_MBG_does_not()
    {
        new GeometricModel(BuyingModelKind.BG, .6, 50, .8, 3.2).ChanceAlive(new(0, 0, 3000)).ShouldBe(1);
        new GeometricModel(BuyingModelKind.MBG, .6, 50, .8, 3.2).ChanceAlive(new(0, 0, 3000)).ShouldBeLessThan(0.5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_model_has_parameters_above_0(double bad)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new GeometricModel(BuyingModelKind.BG, 1, 1, bad, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new ParetoModel(1, bad, 1, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => new GeometricModel(BuyingModelKind.Pareto, 1, 1, 1, 1));
    }
}
