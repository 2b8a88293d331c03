using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// Mean log likelihood of BG or MBG and its slope, as <see cref="GeometricLikelihood"/>, for a million customers. Days and repeats are
/// whole numbers, so logarithms of times and everything that knows only repeats, or only the age, are tables and counts; what is left per
/// customer is one exponential and one logarithm, four at once. Blocks are summed in their order.
/// </summary>
internal sealed class BulkLikelihood : ILikelihood
{
    private readonly BulkPatterns _patterns;
    private readonly int _lanes;
    private readonly int _first;
    private readonly int[] _countByRepeats;
    private readonly double[] _countByAge;
    private readonly double[] _repeatsByAge;
    private readonly double[] _lnTime;
    private readonly double[] _overTime;
    private readonly double[] _lnStay;
    private readonly double[] _overStay;
    private readonly Sums[] _sums;

    /// <summary>Sums over customers; w is the chance that the customer has gone.</summary>
    private struct Sums
    {
        public double Softplus;
        public double Gone;
        public double GoneLn;
        public double GoneOver;
        public double GoneStay;
    }

    public BulkLikelihood(BulkPatterns patterns, BuyingModelKind kind, int lanes)
    {
        (_patterns, _lanes, _first) = (patterns, lanes, kind == BuyingModelKind.MBG ? 1 : 0);
        var counts = patterns.Counts;
        (_countByRepeats, _countByAge, _repeatsByAge, Customers) = (counts.ByRepeats, counts.ByAge, counts.RepeatsByAge, counts.Customers);
        (_lnTime, _overTime) = (new double[_countByAge.Length], new double[_countByAge.Length]);
        (_lnStay, _overStay) = (new double[_countByRepeats.Length], new double[_countByRepeats.Length]);
        _sums = new Sums[patterns.Blocks.Count];
        MeanAge = Customers == 0 ? 0 : counts.ByAge.Select((c, age) => c * age).Sum() / Customers;
    }

    public int Customers { get; }

    public double MeanAge { get; }

    public double At(ReadOnlySpan<double> lnParameters, Span<double> slope)
    {
        var (r, alpha, a, b) = (Math.Exp(lnParameters[0]), Math.Exp(lnParameters[1]), Math.Exp(lnParameters[2]), Math.Exp(lnParameters[3]));
        FillTables(alpha, a, b);
        Lanes.ForEach(_sums.Length, _lanes, (_, i) => _sums[i] = Over(_patterns.Blocks[i], r));
        var sums = Total();
        var (rate, stay) = (RepeatTerms.Rate(_countByRepeats, r), RepeatTerms.Stay(_countByRepeats, a, b, _first));
        var (ln, nLn, nOver) = (0.0, 0.0, 0.0);
        for (var age = 0; age < _lnTime.Length; age++)
        {
            var n = (r * _countByAge[age]) + _repeatsByAge[age];
            ln += _countByAge[age] * _lnTime[age];
            nLn += n * _lnTime[age];
            nOver += n * _overTime[age];
        }

        var people = (double)Customers;
        slope[0] = r * (((sums.GoneLn - ln + rate.InR) / people) + lnParameters[1]);
        slope[1] = r - (alpha * (nOver + sums.GoneOver) / people);
        slope[2] = ((a * stay.InA) + sums.Gone) / people;
        slope[3] = b * (stay.InB - sums.GoneStay) / people;
        return ((sums.Softplus - nLn + rate.Value + stay.Value) / people) + (r * lnParameters[1]);
    }

    private void FillTables(double alpha, double a, double b)
    {
        for (var day = 0; day < _lnTime.Length; day++)
        {
            (_lnTime[day], _overTime[day]) = (Math.Log(alpha + day), 1 / (alpha + day));
        }

        for (var x = 0; x < _lnStay.Length; x++)
        {
            var cannotHaveLeft = x + _first == 0;
            _lnStay[x] = cannotHaveLeft ? double.NegativeInfinity : Math.Log(a / (b + x - 1 + _first));
            _overStay[x] = cannotHaveLeft ? 0 : 1 / (b + x - 1 + _first);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Sums Over(PatternBlock block, double r)
    {
        var (softplus, gone, goneLn, goneOver, goneStay) = (V(0), V(0), V(0), V(0), V(0));
        var rate = V(r);
        for (var i = 0; i < block.Customers; i += PatternBlock.Width)
        {
            var x = block.Repeats.AsSpan(i, PatternBlock.Width);
            var early = block.Recency.AsSpan(i, PatternBlock.Width);
            var late = block.Age.AsSpan(i, PatternBlock.Width);
            var n = rate + Vector256.Create((double)x[0], x[1], x[2], x[3]);
            var ln = VectorMath.Gather(_lnTime, late) - VectorMath.Gather(_lnTime, early);
            var odds = VectorMath.Gather(_lnStay, x) + (n * ln);
            var small = VectorMath.Small(odds);
            var inside = VectorMath.First(block.Customers - i);
            var w = VectorMath.Logistic(odds, small) * inside;
            softplus += (Vector256.Max(odds, V(0)) + Vector256.Log(V(1) + small)) * inside;
            gone += w;
            goneLn += w * ln;
            goneOver += w * n * (VectorMath.Gather(_overTime, early) - VectorMath.Gather(_overTime, late));
            goneStay += w * VectorMath.Gather(_overStay, x);
        }

        return new()
        {
            Softplus = Vector256.Sum(softplus),
            Gone = Vector256.Sum(gone),
            GoneLn = Vector256.Sum(goneLn),
            GoneOver = Vector256.Sum(goneOver),
            GoneStay = Vector256.Sum(goneStay),
        };
    }

    private Sums Total()
    {
        var total = default(Sums);
        foreach (var sums in _sums)
        {
            total.Softplus += sums.Softplus;
            total.Gone += sums.Gone;
            total.GoneLn += sums.GoneLn;
            total.GoneOver += sums.GoneOver;
            total.GoneStay += sums.GoneStay;
        }

        return total;
    }

    private static Vector256<double> V(double value) => Vector256.Create(value);
}
