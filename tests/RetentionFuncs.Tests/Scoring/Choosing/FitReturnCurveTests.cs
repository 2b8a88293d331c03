using RetentionFuncs.Scoring.Choosing;

namespace RetentionFuncs.Tests.Scoring.Choosing;

public sealed class FitReturnCurveTests
{
    private static readonly double[] Features = [.. Enumerable.Repeat(1.0, 400), .. Enumerable.Repeat(Math.E, 400)];

    [Fact]
    public void Two_shares_at_two_features_are_met()
    {
        var curve = FitReturnCurve.Run(Features, Returned(300, 100));

        curve.At(1).ShouldBe(0.75, 0.002);
        curve.At(Math.E).ShouldBe(0.25, 0.002);
        curve.Slope.ShouldBe(-2 * Math.Log(3), 0.02);
    }

    [Fact]
    public void More_silence_is_never_more_hope()
    {
        var curve = FitReturnCurve.Run(Features, Returned(100, 300));

        curve.Slope.ShouldBe(0);
        curve.At(1).ShouldBe(0.5, 0.001);
    }

    [Theory]
    [InlineData(400, 0)]
    [InlineData(0, 0)]
    [InlineData(400, 400)]
    public void It_stays_finite_where_silence_decides_all_or_nothing(int early, int late)
    {
        var curve = FitReturnCurve.Run(Features, Returned(early, late));

        double.IsFinite(curve.Slope).ShouldBeTrue();
        curve.At(1).ShouldBe(early / 400.0, 0.02);
        curve.At(Math.E).ShouldBe(late / 400.0, 0.02);
    }

    private static int[] Returned(int early, int late) =>
        [.. Enumerable.Range(0, 400).Select(i => i < early ? 2 : 0), .. Enumerable.Range(0, 400).Select(i => i < late ? 1 : 0)];
}
