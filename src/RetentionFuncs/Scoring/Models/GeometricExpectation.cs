namespace RetentionFuncs.Scoring.Models;

/// <summary>
/// Expected purchases of a BG or MBG customer known to be alive: the mean of (1 − (1 + pτ)^−n)/p over p from Beta(a, b), with n = r + x,
/// b counting the purchases survived, and τ = t/(α + T). The published form needs 2F1 and has holes at a = 1 and a + b = 1; here Euler's
/// transformation leaves a series of small terms, and where that is slow or loses digits the mean itself is integrated.
/// </summary>
internal static class GeometricExpectation
{
    private const int MostTerms = 600;

    /// <summary>A result so much smaller than its parts has lost three of sixteen digits.</summary>
    private const double MostLoss = 1e3;

    public static double WhileAlive(double n, double a, double b, double tau) =>
        tau <= 0 ? 0
        : Series(n, a, b, tau) is { } sum ? sum
        : Integral(n, a, b, tau);

    /// <summary>c·F0 − (1−z)^(a−1)·S; null where another way is better.</summary>
    internal static double? Series(double n, double a, double b, double tau)
    {
        var (z, l, c) = (tau / (1 + tau), -Precise.Log1p(tau), a + b - 1);
        var top = c - n;
        var term = top * z;
        var (sum, largest, left) = (term, Math.Abs(term), 1 - z);
        for (var k = 1; k < MostTerms; k++)
        {
            var ratio = (top + k) * (a + k - 1) * z / ((c + k) * (k + 1));
            term *= ratio;
            sum += term;
            largest = Math.Max(largest, Math.Abs(term));
            if (k > -top && Math.Abs(ratio) < 1 && Math.Abs(term) <= 1e-17 * left * (Math.Abs(sum) + z))
            {
                var (whole, factor) = (c * Precise.PowerGap(a - 1, l), Math.Exp((a - 1) * l));
                var value = whole - (factor * sum);
                return Math.Max(Math.Abs(whole), factor * largest) < MostLoss * value ? value : null;
            }
        }

        return null;
    }

    /// <summary>The mean over y = ln(p/(1−p)) by panels; below the range the density is a pure power, whose tail is added in closed form.</summary>
    internal static double Integral(double n, double a, double b, double tau)
    {
        var mode = Math.Log(a / b);
        double LnDensity(double y) => (a * LnShare(y)) + (b * LnShare(-y));
        var peak = LnDensity(mode);
        var low = Math.Max(Edge(LnDensity, mode, -1, peak - 60), Math.Min(mode, -Math.Log(b + ((n + 1) * tau))) - 42);
        var high = Edge(LnDensity, mode, 1, peak - 60);
        var panels = Math.Clamp((int)Math.Ceiling((high - low) / 6), 6, 200);
        var width = (high - low) / panels;
        var tail = Math.Exp(LnDensity(low) - peak) / a;
        var (orders, mass) = (tail * Bought(n, tau, low), tail);
        for (var i = 0; i < panels * GaussLegendre.Points; i++)
        {
            var (panel, point) = Math.DivRem(i, GaussLegendre.Points);
            var y = low + (width * (panel + GaussLegendre.Nodes[point]));
            var weight = width * GaussLegendre.Weights[point] * Math.Exp(LnDensity(y) - peak);
            orders += weight * Bought(n, tau, y);
            mass += weight;
        }

        return orders / mass;
    }

    /// <summary>(1 − (1 + pτ)^−n)/p.</summary>
    private static double Bought(double n, double tau, double y)
    {
        var p = Math.Exp(LnShare(y));
        return -Precise.Expm1(-n * Precise.Log1p(p * tau)) / p;
    }

    /// <summary>ln of 1/(1 + exp(−y)).</summary>
    private static double LnShare(double y) => y < 0 ? y - Precise.Log1p(Math.Exp(y)) : -Precise.Log1p(Math.Exp(-y));

    /// <summary>How far from the mode a falling function has come down to the level.</summary>
    private static double Edge(Func<double, double> f, double mode, int side, double level)
    {
        var far = 1e-6;
        while (f(mode + (side * far)) > level)
        {
            far *= 2;
        }

        var near = far / 2;
        for (var i = 0; i < 12; i++)
        {
            var middle = (near + far) / 2;
            (near, far) = f(mode + (side * middle)) > level ? (middle, far) : (near, middle);
        }

        return mode + (side * far);
    }
}
