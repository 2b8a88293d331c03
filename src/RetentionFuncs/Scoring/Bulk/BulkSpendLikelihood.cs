using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RetentionFuncs.Scoring.Models;
using static MathNet.Numerics.SpecialFunctions;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// Mean log likelihood of Gamma-Gamma spend and its slope, as <see cref="SpendLikelihood"/>, for a million customers: what does not hang
/// on the parameters is summed once, gamma functions are taken once per repeat count, and one logarithm is left per customer.
/// </summary>
internal sealed class BulkSpendLikelihood : ILikelihood
{
    private readonly BulkPatterns _patterns;
    private readonly Sums[] _sums;
    private readonly int[] _countByRepeats;
    private readonly int _lanes;
    private readonly double _lnSpent;
    private readonly double _lnMean;

    private struct Sums
    {
        public double LnAll;
        public double RepeatsLnAll;
        public double Over;
        public double RepeatsOver;
    }

    public BulkSpendLikelihood(BulkPatterns patterns, int lanes)
    {
        (_patterns, _lanes, _sums) = (patterns, lanes, new Sums[patterns.Blocks.Count]);
        var tallies = new SpendTally[_sums.Length];
        Lanes.ForEach(_sums.Length, lanes, (_, i) => tallies[i] = SpendTally.Of(patterns.Blocks[i]));
        var tally = SpendTally.Join(tallies);
        (_countByRepeats, Customers, Ignored) = (tally.CountByRepeats, tally.Customers, patterns.Customers - tally.Customers);
        Unit = Customers == 0 ? 1 : tally.Means / Customers;
        _lnMean = tally.LnMeans - (Customers * Math.Log(Unit));
        _lnSpent = tally.RepeatsLnSpent - (tally.Repeats * Math.Log(Unit));
    }

    /// <summary>Those with repeats and a mean spend above 0.</summary>
    public int Customers { get; }

    public int Ignored { get; }

    /// <summary>The mean of means; spend is measured in it.</summary>
    public double Unit { get; }

    public double At(ReadOnlySpan<double> lnParameters, Span<double> slope)
    {
        var (p, q, gamma, lnGamma) = (Math.Exp(lnParameters[0]), Math.Exp(lnParameters[1]), Math.Exp(lnParameters[2]), lnParameters[2]);
        Lanes.ForEach(_sums.Length, _lanes, (_, i) => _sums[i] = Over(_patterns.Blocks[i], gamma));
        var sums = Total();
        var (value, inP, inQ) = ByRepeats(p, q);
        value += (p * (_lnSpent - sums.RepeatsLnAll)) + (q * ((Customers * lnGamma) - sums.LnAll)) - _lnMean;
        slope[0] = p * (inP + _lnSpent - sums.RepeatsLnAll) / Customers;
        slope[1] = q * (inQ + (Customers * lnGamma) - sums.LnAll) / Customers;
        slope[2] = q - (((p * sums.RepeatsOver) + (q * sums.Over)) / Customers);
        return value / Customers;
    }

    private (double Value, double InP, double InQ) ByRepeats(double p, double q)
    {
        var (lnGammaQ, digammaQ, value, inP, inQ) = (GammaLn(q), DiGamma(q), 0.0, 0.0, 0.0);
        for (var x = 1; x < _countByRepeats.Length; x++)
        {
            if (_countByRepeats[x] is var count and > 0)
            {
                var both = DiGamma((p * x) + q);
                value += count * (GammaLn((p * x) + q) - GammaLn(p * x) - lnGammaQ);
                inP += count * x * (both - DiGamma(p * x));
                inQ += count * (both - digammaQ);
            }
        }

        return (value, inP, inQ);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Sums Over(PatternBlock block, double gamma)
    {
        var (lnAll, repeatsLn, over, repeatsOver) = (V(0), V(0), V(0), V(0));
        var (scale, unit) = (V(gamma), V(Unit));
        for (var i = 0; i < block.Repeats.Length; i += PatternBlock.Width)
        {
            var count = block.Repeats.AsSpan(i, PatternBlock.Width);
            var x = Vector256.Create((double)count[0], count[1], count[2], count[3]);
            var mean = Vector256.LoadUnsafe(ref block.Mean[i]);
            var tells = Vector256.GreaterThan(x, V(0)) & Vector256.GreaterThan(mean, V(0));
            var all = Vector256.ConditionalSelect(tells, x * (mean / unit), V(0)) + scale;
            var inside = Vector256.ConditionalSelect(tells, V(1), V(0));
            var (ln, share) = (Vector256.Log(all) * inside, scale / all * inside);
            lnAll += ln;
            repeatsLn += x * ln;
            over += share;
            repeatsOver += x * share;
        }

        return new()
        {
            LnAll = Vector256.Sum(lnAll),
            RepeatsLnAll = Vector256.Sum(repeatsLn),
            Over = Vector256.Sum(over),
            RepeatsOver = Vector256.Sum(repeatsOver),
        };
    }

    private Sums Total()
    {
        var total = default(Sums);
        foreach (var sums in _sums)
        {
            total.LnAll += sums.LnAll;
            total.RepeatsLnAll += sums.RepeatsLnAll;
            total.Over += sums.Over;
            total.RepeatsOver += sums.RepeatsOver;
        }

        return total;
    }

    private static Vector256<double> V(double value) => Vector256.Create(value);
}
