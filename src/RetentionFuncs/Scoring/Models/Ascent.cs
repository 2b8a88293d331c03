using System.Globalization;

namespace RetentionFuncs.Scoring.Models;

/// <summary>
/// A small bounded BFGS that climbs a mean log likelihood over log-parameters. It takes no step the slope did not promise: a value that is
/// not finite, or a rise far above the slope times the step (the mark of an overflow, not of luck), only shortens the step.
/// </summary>
internal sealed class Ascent
{
    /// <summary>Log-parameters stay within ± this.</summary>
    public const double Bound = 15;

    private const double FlatEnough = 1e-9;
    private const double StillATop = 1e-7;
    private const double LongestStep = 2;
    private const int MostRounds = 300;
    private const int MostHalvings = 30;

    private readonly ILikelihood _hill;
    private readonly InverseCurvature _curvature;
    private double[] _at;
    private double[] _slope;

    private Ascent(ILikelihood hill, double[] start)
    {
        _hill = hill;
        _curvature = new(start.Length);
        _at = [.. start.Select(s => Math.Clamp(s, -Bound, Bound))];
        _slope = new double[start.Length];
        Value = Look(_at, _slope);
    }

    public double Value { get; private set; }

    /// <summary>Looks at the whole sample so far.</summary>
    public int Evaluations { get; private set; }

    public IReadOnlyList<double> At => _at;

    /// <summary>The steepest slope left in a direction still open: 0 at a top.</summary>
    public double Steepness => Steepest(_at, _slope);

    /// <summary>Null at a top; what is known of the slope says so, never that the search came to an end.</summary>
    public string? WhyNoTop =>
        !double.IsFinite(Value) ? "the log likelihood is not finite"
        : Steepness <= StillATop ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"the mean log likelihood still rises by {Steepness:0.0e+0} per factor e of a parameter"
        );

    public static Ascent Climb(ILikelihood hill, double[] start)
    {
        var ascent = new Ascent(hill, start);
        for (var round = 0; round < MostRounds && double.IsFinite(ascent.Value) && ascent.Steepness > FlatEnough; round++)
        {
            if (!ascent.TryStep() && !ascent._curvature.Forget())
            {
                break;
            }
        }

        return ascent;
    }

    private double Look(double[] point, double[] into)
    {
        Evaluations++;
        var value = _hill.At(point, into);
        return Array.TrueForAll(into, double.IsFinite) ? value : double.NaN;
    }

    private static bool IsOpen(double point, double slope) => slope > 0 ? point < Bound : point > -Bound;

    private static double Steepest(double[] point, double[] slope) => point.Zip(slope, (p, s) => IsOpen(p, s) ? Math.Abs(s) : 0).Max();

    private bool TryStep()
    {
        bool[] open = [.. _at.Zip(_slope, IsOpen)];
        var direction = _curvature.Uphill(_slope, open);
        var length = Math.Min(1, LongestStep / direction.Max(Math.Abs));
        var nextSlope = new double[_at.Length];
        for (var halving = 0; halving < MostHalvings; halving++, length /= 2)
        {
            double[] next = [.. _at.Zip(direction, (a, d) => Math.Clamp(a + (length * d), -Bound, Bound))];
            double[] step = [.. next.Zip(_at, (n, a) => n - a)];
            var value = Look(next, nextSlope);
            if (IsBelievable(value - Value, InverseCurvature.Dot(_slope, step), Steepest(next, nextSlope)))
            {
                _curvature.Learn(step, [.. _slope.Zip(nextSlope, (now, then) => now - then)]);
                (_at, _slope, Value) = (next, nextSlope, value);
                return true;
            }
        }

        return false;
    }

    /// <summary>Where rounding hides the rise, a flatter slope is proof enough.</summary>
    private bool IsBelievable(double rise, double promised, double steepness)
    {
        var rounding = 1e-12 * Math.Max(1, Math.Abs(Value));
        return (rise >= 1e-4 * promised && rise > 0 && rise <= (10 * promised) + rounding)
            || (Math.Abs(rise) <= rounding && steepness < Steepness);
    }
}
