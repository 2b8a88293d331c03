using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>The functions of <see cref="Models.Precise"/> for four numbers at once, by the same formulas; good to a few units in the last place.</summary>
internal static class VectorMath
{
    private const double Least = -708;

    private static Vector256<double> One => Vector256<double>.One;

    /// <summary>ln(1 + x) for x of 0 or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Log1p(Vector256<double> x)
    {
        var u = One + x;
        var ln = Vector256.Log(u);
        var near = Vector256.ConditionalSelect(Vector256.Equals(u, One), x, ln * (x / (u - One)));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256.Create(0.5)), ln, near);
    }

    /// <summary>exp(x) − 1 for x of 0 or less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Expm1(Vector256<double> x)
    {
        var u = Vector256.Exp(Vector256.Max(x, Vector256.Create(Least)));
        var near = Vector256.ConditionalSelect(Vector256.Equals(u, One), x, (u - One) * (x / Vector256.Log(u)));
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-0.7)), u - One, near);
    }

    /// <summary>exp(−|u|), never quite 0: beyond this the exponential is taken one by one, which costs ten times as much.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Small(Vector256<double> u) => Vector256.Exp(Vector256.Max(-Vector256.Abs(u), Vector256.Create(Least)));

    /// <summary>1/(1 + exp(−u)), given <see cref="Small"/> of u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Logistic(Vector256<double> u, Vector256<double> small) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(u, Vector256<double>.Zero), One, small) / (One + small);

    /// <summary>The table's entries at four places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Gather(double[] table, ReadOnlySpan<int> places) =>
        Vector256.Create(table[places[0]], table[places[1]], table[places[2]], table[places[3]]);

    /// <summary>Ones for the first so many of four, then zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> First(int count) =>
        count >= 4
            ? One
            : Vector256.ConditionalSelect(
                Vector256.LessThan(Vector256.Create(0.0, 1, 2, 3), Vector256.Create((double)count)),
                One,
                default
            );
}
