using MathNet.Numerics.Distributions;

namespace RetentionFuncs.Experiments;

/// <summary>
/// What a test of two proportions can show, by the normal approximation with the pooled variance under "no effect":
/// power = Φ( (|p1 − p0| − z(1−α/2)·√(p̄(1−p̄)(1/n1 + 1/n0))) / √(p1(1−p1)/n1 + p0(1−p0)/n0) ), p̄ the mean of both weighted by size.
/// Source: Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd ed. 2003, section 4.2 and 4.4 (unequal sizes),
/// without the continuity correction; with equal sizes it is R's <c>power.prop.test</c>.
/// </summary>
public static class DetectablePower
{
    /// <summary>Chance (0 to 1) that the test shows a rise from <paramref name="baseline"/> to baseline + effect.</summary>
    /// <param name="treated">People treated, more than 0; need not be whole.</param>
    /// <param name="control">People left alone, more than 0.</param>
    /// <param name="baseline">Rate without the campaign, 0 to 1.</param>
    /// <param name="effect">Rise as a proportion: 0.04 is four points; baseline + effect within 0 to 1.</param>
    /// <param name="alpha">Two-sided chance of a false alarm.</param>
    public static double PowerOf(double treated, double control, double baseline, double effect, double alpha = 0.05)
    {
        Check(treated, control, baseline);
        var raised = baseline + effect;
        if (raised is < 0 or > 1)
        {
            throw new ArgumentOutOfRangeException(nameof(effect), effect, "The baseline and the effect together lie within 0 to 1.");
        }

        var pooled = ((treated * raised) + (control * baseline)) / (treated + control);
        var underNone = Math.Sqrt(pooled * (1 - pooled) * ((1 / treated) + (1 / control)));
        var underEffect = Math.Sqrt((raised * (1 - raised) / treated) + (baseline * (1 - baseline) / control));
        var distance = Math.Abs(effect) - (Normal.InvCDF(0, 1, 1 - (alpha / 2)) * underNone);
        return underEffect > 0 ? Normal.CDF(0, 1, distance / underEffect)
            : distance > 0 ? 1
            : 0;
    }

    /// <summary>The smallest rise the test shows with this power, as a proportion; null when not even a rise to everyone would show.</summary>
    public static double? MinimumDetectableEffect(double treated, double control, double baseline, double power = 0.8, double alpha = 0.05)
    {
        Check(treated, control, baseline);
        var (low, high) = (0.0, 1 - baseline);
        if (high <= 0 || PowerOf(treated, control, baseline, high, alpha) < power)
        {
            return null;
        }

        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = PowerOf(treated, control, baseline, middle, alpha) >= power ? (low, middle) : (middle, high);
        }

        return high;
    }

    private static void Check(double treated, double control, double baseline)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(treated);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(control);
        if (baseline is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(baseline), baseline, "A rate lies within 0 to 1.");
        }
    }
}
