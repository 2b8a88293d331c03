using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Tests.Scoring.Models;

public sealed class AscentTests
{
    /// <summary>−Σ wᵢ(xᵢ − topᵢ)², or what is put in its place.</summary>
    private sealed class Hill(double[] weights, double[] top, Func<double[], double, double>? instead = null) : ILikelihood
    {
        public double At(ReadOnlySpan<double> lnParameters, Span<double> slope)
        {
            double[] at = [.. lnParameters];
            var value = 0.0;
            for (var i = 0; i < at.Length; i++)
            {
                value -= weights[i] * (at[i] - top[i]) * (at[i] - top[i]);
                slope[i] = -2 * weights[i] * (at[i] - top[i]);
            }

            return instead is null ? value : instead(at, value);
        }
    }

    [Fact]
    public void Finds_the_top_of_a_long_ridge()
    {
        var ascent = Ascent.Climb(new Hill([1, 1e-3, 0.1, 1e-4], [1, 2, -3, 4]), [0, 0, 0, 0]);
        ascent.WhyNoTop.ShouldBeNull();
        ascent.At[0].ShouldBe(1, 1e-6);
        ascent.At[1].ShouldBe(2, 1e-4);
        ascent.At[2].ShouldBe(-3, 1e-6);
        ascent.At[3].ShouldBe(4, 1e-3);
    }

    [Fact]
    public void A_top_beyond_the_bound_ends_at_the_bound_with_the_others_at_their_best()
    {
        var ascent = Ascent.Climb(new Hill([0.1, 0.1], [40, 3]), [0, 0]);
        ascent.WhyNoTop.ShouldBeNull();
        ascent.At[0].ShouldBe(Ascent.Bound);
        ascent.At[1].ShouldBe(3, 1e-6);
    }

    [Fact]
    public void A_leap_the_slope_did_not_promise_is_not_taken()
    {
        var ascent = Ascent.Climb(new Hill([0.1], [2], (at, value) => at[0] > 2.5 ? 1e12 : value), [-3]);
        ascent.At[0].ShouldBe(2, 1e-6);
        ascent.Value.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void A_value_that_is_no_number_shortens_the_step()
    {
        var ascent = Ascent.Climb(new Hill([0.1], [2], (at, value) => at[0] > 2.1 ? double.NaN : value), [-3]);
        ascent.At[0].ShouldBe(2, 1e-6);
    }

    [Fact]
    public void Without_a_finite_start_there_is_no_top() =>
        Ascent.Climb(new Hill([1], [0], (_, _) => double.NaN), [1]).WhyNoTop.ShouldBe("the log likelihood is not finite");

    [Fact]
    public void A_climb_that_gets_nowhere_says_how_steep_it_still_is() =>
        Ascent.Climb(new Hill([1], [0], (at, _) => at[0]), [1]).WhyNoTop!.ShouldContain("still rises by 2.0e+0");
}
