namespace RetentionFuncs.Scoring.Models;

/// <summary>
/// What the gamma function gains over whole steps, as sums over those steps: no cancellation however large the start, and a table for
/// every count at once is one running sum.
/// </summary>
internal static class Rises
{
    /// <summary>ln Γ(start + steps) − ln Γ(start).</summary>
    public static double LnGamma(double start, int steps)
    {
        var sum = 0.0;
        for (var j = 0; j < steps; j++)
        {
            sum += Math.Log(start + j);
        }

        return sum;
    }

    /// <summary>ln B(a, b + steps) − ln B(a, b), never above 0.</summary>
    public static double LnBeta(double a, double b, int steps)
    {
        var sum = 0.0;
        for (var j = 0; j < steps; j++)
        {
            sum -= Precise.Log1p(a / (b + j));
        }

        return sum;
    }
}
