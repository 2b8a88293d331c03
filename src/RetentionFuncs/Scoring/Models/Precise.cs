using System.Runtime.Intrinsics;

namespace RetentionFuncs.Scoring.Models;

/// <summary>The few functions whose textbook form loses digits. All are good to a few units in the last place over their whole range.</summary>
internal static class Precise
{
    /// <summary>ln(1 + x) for x above −1 (Kahan's correction where 1 + x rounds).</summary>
    public static double Log1p(double x)
    {
        var u = 1 + x;
        return x is > 0.5 or < -0.5 ? Math.Log(u)
            : u == 1 ? x
            : Math.Log(u) * (x / (u - 1));
    }

    /// <summary>exp(x) − 1.</summary>
    public static double Expm1(double x)
    {
        var u = Math.Exp(x);
        return x is > 0.7 or < -0.7 ? u - 1
            : u == 1 ? x
            : (u - 1) * (x / Math.Log(u));
    }

    /// <summary>exp(x) − 1, lane by lane, from <paramref name="u"/> = exp(x); x is not negative.</summary>
    public static Vector256<double> Less1(Vector256<double> u, Vector256<double> x) =>
        Vector256.ConditionalSelect(Vector256.Equals(u, Vector256<double>.One), x, (u - Vector256<double>.One) * (x / Vector256.Log(u)));

    /// <summary>ln(1 + x), lane by lane, from <paramref name="u"/> = 1 + x; x is not negative.</summary>
    public static Vector256<double> Log(Vector256<double> u, Vector256<double> x) =>
        Vector256.ConditionalSelect(Vector256.Equals(u, Vector256<double>.One), x, Vector256.Log(u) * (x / (u - Vector256<double>.One)));

    /// <summary>ln(exp(a) + exp(b)), either of which may be −∞.</summary>
    public static double LnAddExp(double a, double b)
    {
        var (small, large) = a < b ? (a, b) : (b, a);
        return double.IsNegativeInfinity(small) ? large : large + Log1p(Math.Exp(small - large));
    }

    /// <summary>1/(1 + exp(−x)), also for ±∞.</summary>
    public static double Logistic(double x)
    {
        var e = Math.Exp(-Math.Abs(x));
        return x < 0 ? e / (1 + e) : 1 / (1 + e);
    }

    /// <summary>(1 − exp(e·l))/e, which is −l at e = 0: the part of an expectation that has a hole where a, or s, is 1.</summary>
    public static double PowerGap(double e, double l) => e == 0 ? -l : -Expm1(e * l) / e;
}
