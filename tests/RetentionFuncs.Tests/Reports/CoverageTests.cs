using RetentionFuncs.Reports;

namespace RetentionFuncs.Tests.Reports;

/// <summary>Whether a 95 % interval holds the truth in about 95 of 100 repetitions, at sizes a shop really has.</summary>
public sealed class CoverageTests
{
    private const int Draws = 2000;

    [Theory]
    [InlineData(350, 150, 0.05, 0.07)]
    [InlineData(900, 100, 0.04, 0.03)]
    [InlineData(200, 200, 0.10, 0.00)]
    public void The_interval_of_the_difference_covers_the_truth(int treated, int control, double baseline, double effect)
    {
        var random = new Random(20_260_101);
        var held = 0;
        for (var i = 0; i < Draws; i++)
        {
            var t = Binomial(random, treated, baseline + effect);
            held += Uplift.Of(t, treated, Binomial(random, control, baseline), control).Interval.Contains(effect) ? 1 : 0;
        }

        (held / (double)Draws).ShouldBeInRange(0.935, 0.97);
    }

    [Fact]
    public void The_money_interval_covers_the_truth_when_most_people_buy_nothing()
    {
        var random = new Random(20_260_102);
        // Exponential amounts with mean 40 on one customer in five against one in eight: the truth is 8 - 5 = 3.
        var held = 0;
        for (var i = 0; i < Draws; i++)
        {
            var treatment = ArmMoney.Of(Spends(random, 600, 0.2));
            var control = ArmMoney.Of(Spends(random, 400, 0.125));
            held += MoneyUplift.Of(treatment, control)!.Interval.Contains(3) ? 1 : 0;
        }

        (held / (double)Draws).ShouldBeInRange(0.935, 0.97);
    }

    private static int Binomial(Random random, int people, double rate)
    {
        var hits = 0;
        for (var i = 0; i < people; i++)
        {
            hits += random.NextDouble() < rate ? 1 : 0;
        }

        return hits;
    }

    private static IEnumerable<decimal> Spends(Random random, int people, double rate) =>
        Enumerable
            .Range(0, people)
            .Select(_ => random.NextDouble() < rate ? Math.Round((decimal)(-40 * Math.Log(1 - random.NextDouble())), 2) : 0m);
}
