using MathNet.Numerics.Distributions;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Models;

/// <summary>Customers who do what a model says, drawn purchase by purchase; what they did within the horizon after they were seen is kept.</summary>
public static class SimulatedBuyers
{
    /// <param name="ages">Shortest and longest T; uniform between them.</param>
    public static List<(BuyingPattern Pattern, int Bought)> Of(
        BuyingModel model,
        int customers,
        (double Least, double Most) ages,
        double horizon,
        int seed
    )
    {
        var random = new Random(seed);
        double Value(string name) => model.Parameters.Single(p => p.Key == name).Value;
        var buyers = new List<(BuyingPattern, int)>(customers);
        for (var i = 0; i < customers; i++)
        {
            var age = ages.Least + ((ages.Most - ages.Least) * random.NextDouble());
            var rate = Gamma.Sample(random, Value("r"), Value("alpha"));
            var death =
                model.Kind == BuyingModelKind.Pareto ? Drawn(random, Gamma.Sample(random, Value("s"), Value("beta"))) : double.MaxValue;
            var leaves = model.Kind == BuyingModelKind.Pareto ? 0 : Beta.Sample(random, Value("a"), Value("b"));
            var (repeats, last, bought, now) = (0, 0.0, 0, 0.0);
            var gone = model.Kind == BuyingModelKind.MBG && random.NextDouble() < leaves;
            while (!gone && (now += Drawn(random, rate)) <= Math.Min(death, age + horizon))
            {
                (repeats, last, bought) = now <= age ? (repeats + 1, now, bought) : (repeats, last, bought + 1);
                gone = random.NextDouble() < leaves;
            }

            buyers.Add((new(repeats, last, age), bought));
        }

        return buyers;
    }

    private static double Drawn(Random random, double rate) => -Math.Log(1 - random.NextDouble()) / rate;
}
