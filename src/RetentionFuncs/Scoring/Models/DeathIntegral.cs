using System.Runtime.Intrinsics;

namespace RetentionFuncs.Scoring.Models;

/// <summary>
/// ∫ (α + u)^−A (β + u)^−B du over an interval, measured by the integrand at its start, with the means under that weight which a slope
/// needs. In y = ln((m + u)/(m + from)), m the smaller of α and β, the integrand is smooth and its logarithm concave; where it has fallen
/// by e^45 the range is cut, and two panels of 32 points do the rest. All terms are positive: nothing cancels and nothing overflows.
/// </summary>
/// <param name="LnValue">ln of the integral over the integrand at the start; −∞ for an empty interval.</param>
/// <param name="LnAlpha">Mean of ln((α + u)/(α + from)).</param>
/// <param name="OverAlpha">Mean of 1/(α + u).</param>
/// <param name="LnBeta">Mean of ln((β + u)/(β + from)).</param>
/// <param name="OverBeta">Mean of 1/(β + u).</param>
internal readonly record struct DeathIntegral(double LnValue, double LnAlpha, double OverAlpha, double LnBeta, double OverBeta)
{
    private const double Negligible = 45;

    /// <summary>A lower power raises what rounds off near the start by less than the integral's own rounding.</summary>
    private const double FinePower = 300;

    public static DeathIntegral Of(double alpha, double powerAlpha, double beta, double powerBeta, double from, double to)
    {
        if (!(to > from))
        {
            return new(double.NegativeInfinity, 0, 0, 0, 0);
        }

        if (alpha <= beta)
        {
            return NearFirst(alpha + from, powerAlpha, beta + from, powerBeta, to - from);
        }

        var swapped = NearFirst(beta + from, powerBeta, alpha + from, powerAlpha, to - from);
        return new(swapped.LnValue, swapped.LnBeta, swapped.OverBeta, swapped.LnAlpha, swapped.OverAlpha);
    }

    private static DeathIntegral NearFirst(double near, double nearPower, double far, double farPower, double length)
    {
        var (slope, ratio, fine) = (1 - nearPower, near / far, farPower > FinePower);
        var range = Cut(slope, farPower, ratio, Precise.Log1p(length / near));
        var (sum, lnNear, lnFar) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var (overNear, overFar) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var i = 0; i < GaussLegendre.HalvesNodes.Length; i += Vector256<double>.Count)
        {
            var y = range * Vector256.Create(GaussLegendre.HalvesNodes, i);
            var grown = Vector256.Exp(y);
            var farGain = ratio * (fine ? Precise.Less1(grown, y) : grown - Vector256<double>.One);
            var farGrown = farGain + Vector256<double>.One;
            var lnFarGrown = fine ? Precise.Log(farGrown, farGain) : Vector256.Log(farGrown);
            var weight = Vector256.Create(GaussLegendre.HalvesWeights, i) * Vector256.Exp((slope * y) - (farPower * lnFarGrown));
            sum += weight;
            lnNear += weight * y;
            lnFar += weight * lnFarGrown;
            overNear += weight / grown;
            overFar += weight / farGrown;
        }

        var mass = Vector256.Sum(sum);
        return new(
            Math.Log(near * mass * range),
            Vector256.Sum(lnNear) / mass,
            Vector256.Sum(overNear) / mass / near,
            Vector256.Sum(lnFar) / mass,
            Vector256.Sum(overFar) / mass / far
        );
    }

    /// <summary>Newton from the right end; on a concave curve its steps never pass the root.</summary>
    private static double Cut(double slope, double farPower, double ratio, double range)
    {
        for (var round = 0; round < 60; round++)
        {
            var grown = Math.Exp(range);
            var farGrown = 1 + (ratio * (grown - 1));
            var height = (slope * range) - (farPower * Math.Log(farGrown)) + Negligible;
            if (height >= 0)
            {
                return range;
            }

            var step = height / (slope - (farPower * ratio * grown / farGrown));
            range -= step;
            if (step < 0.01 * range)
            {
                return range;
            }
        }

        return range;
    }
}
