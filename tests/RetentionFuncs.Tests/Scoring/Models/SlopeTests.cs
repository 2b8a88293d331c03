using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Models;

/// <summary>Analytic slopes against central differences, and fitted sums against the per-customer formula.</summary>
public sealed class SlopeTests
{
    private static readonly BuyingPattern[] Patterns =
    [
        new(0, 0, 0),
        new(0, 0, 300),
        new(1, 1, 2),
        new(1, 7, 7),
        new(2, 30.5, 38.8),
        new(2, 30.5, 38.8),
        new(12, 90, 400),
        new(60, 200, 201),
        new(1000, 700, 712),
    ];

    private static readonly double[][] Points =
    [
        [-1.4, 3.4, -.2, .9],
        [0, 4, 0, 0],
        [1, -2, 2, 3],
        [2.5, 6, -3, -2],
        [-4, 5, 6, 9],
    ];

    [Theory]
    [InlineData(BuyingModelKind.BG)]
    [InlineData(BuyingModelKind.MBG)]
    [InlineData(BuyingModelKind.Pareto)]
    public void Buying_models(BuyingModelKind kind)
    {
        var likelihood = FitBuyingModel.LikelihoodOf(BuyingSample.Of(Patterns), kind);
        foreach (var point in Points)
        {
            SlopeAgrees(likelihood, point);
            var model = BuyingModel.Of(kind, [.. point.Select(Math.Exp)]);
            var mean = Patterns.Average(model.LogLikelihood);
            likelihood.At(point, new double[4]).ShouldBe(mean, 1e-12 * Math.Abs(mean));
        }
    }

    [Fact]
    public void Shrunk_models() =>
        SlopeAgrees(
            new ShrunkLikelihood(FitBuyingModel.LikelihoodOf(BuyingSample.Of(Patterns), BuyingModelKind.MBG), [0, 3, 1, 1], 0.7),
            Points[0]
        );

    [Theory]
    [InlineData(2, 1, 0)]
    [InlineData(-1, 3, 4)]
    [InlineData(0, -1, -2)]
    public void Spend(double p, double q, double gamma) =>
        SlopeAgrees(new SpendLikelihood([(1, 0.01), (1, 20), (2, 7), (30, 400), (1000, 12)]), [p, q, gamma]);

    private static void SlopeAgrees(ILikelihood hill, double[] point)
    {
        var (slope, unused) = (new double[point.Length], new double[point.Length]);
        hill.At(point, slope);
        for (var i = 0; i < point.Length; i++)
        {
            double Beside(double by) => hill.At([.. point.Select((p, j) => j == i ? p + by : p)], unused);
            const double h = 1e-3;
            var difference = ((8 * (Beside(h) - Beside(-h))) - (Beside(2 * h) - Beside(-2 * h))) / (12 * h);
            slope[i].ShouldBe(difference, 1e-8 * Math.Max(1, Math.Abs(difference)));
        }
    }
}
