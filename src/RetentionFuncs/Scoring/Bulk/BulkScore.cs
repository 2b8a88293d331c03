using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// Chance of return, chance alive and expected orders of everybody, four customers at once, by the formulas of
/// <see cref="GeometricModel"/>: what knows only the age or only the repeats stands in tables.
/// </summary>
public sealed class BulkScore
{
    private const int MostTerms = 200;
    private const double MostLoss = 1e3;

    private readonly GeometricModel _model;
    private readonly int _chances;
    private readonly AgeTables _ages;
    private readonly double[] _lnStay;

    /// <param name="oldest">The greatest age to be asked about, in days.</param>
    /// <param name="most">The most repeats.</param>
    /// <param name="horizonDays">Chances and orders are within so many days, 1 or more.</param>
    internal BulkScore(GeometricModel model, int oldest, int most, int horizonDays)
    {
        (_model, _chances) = (model, model.Kind == BuyingModelKind.MBG ? 1 : 0);
        _ages = new(model, oldest + 1, horizonDays);
        _lnStay = new double[most + 1];
        for (var x = 0; x < _lnStay.Length; x++)
        {
            _lnStay[x] = x + _chances == 0 ? double.NegativeInfinity : Math.Log(model.A / (model.B + x + _chances - 1));
        }
    }

    /// <returns>For each block its scores; the same bits with any number of lanes.</returns>
    public static IReadOnlyList<ScoreBlock> Run(BulkPatterns patterns, GeometricModel model, int horizonDays, int lanes)
    {
        var score = For(patterns, model, horizonDays);
        var scores = new ScoreBlock[patterns.Blocks.Count];
        Lanes.ForEach(scores.Length, lanes, (_, i) => scores[i] = score.Over(patterns.Blocks[i]));
        return scores;
    }

    internal static BulkScore For(BulkPatterns patterns, GeometricModel model, int horizonDays) =>
        new(model, patterns.Counts.ByAge.Length - 1, patterns.Counts.ByRepeats.Length - 1, horizonDays);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal ScoreBlock Over(PatternBlock block)
    {
        var size = block.Repeats.Length;
        var scores = new ScoreBlock(new double[size], new double[size], new double[size]);
        for (var i = 0; i < size; i += PatternBlock.Width)
        {
            var x = block.Repeats.AsSpan(i, PatternBlock.Width);
            var early = block.Recency.AsSpan(i, PatternBlock.Width);
            var late = block.Age.AsSpan(i, PatternBlock.Width);
            var repeats = Vector256.Create((double)x[0], x[1], x[2], x[3]);
            var start = Vector256.Create((double)early[0], early[1], early[2], early[3]);
            var gap = Vector256.Create((double)late[0], late[1], late[2], late[3]) - start;
            var n = V(_model.R) + repeats;
            var odds = VectorMath.Gather(_lnStay, x) + (n * VectorMath.Log1p(gap / (V(_model.Alpha) + start)));
            var alive = VectorMath.Logistic(-odds, VectorMath.Small(odds));
            var back = alive * -VectorMath.Expm1(-n * VectorMath.Gather(_ages.LnAhead, late));
            var (orders, isGood) = WhileAlive(n, repeats, late);
            alive.StoreUnsafe(ref scores.ChanceAlive[i]);
            back.StoreUnsafe(ref scores.ChanceOfReturn[i]);
            (alive * orders).StoreUnsafe(ref scores.ExpectedOrders[i]);
            if (!isGood)
            {
                OneByOne(block, scores, i);
            }
        }

        return scores;
    }

    /// <summary>The series of <see cref="GeometricExpectation"/>; not good where it is slow or loses digits for one of the four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector256<double> Orders, bool IsGood) WhileAlive(Vector256<double> n, Vector256<double> repeats, ReadOnlySpan<int> late)
    {
        var z = VectorMath.Gather(_ages.Z, late);
        var c = V(_model.A) + (V(_model.B) + repeats + V(_chances)) - V(1);
        var top = c - n;
        var term = top * z;
        var (sum, largest, enough) = (term, Vector256.Abs(term), V(1e-17) * (V(1) - z));
        for (var k = 1; k < MostTerms; k++)
        {
            var ratio = (top + V(k)) * V(_model.A + k - 1) * z / ((c + V(k)) * V(k + 1));
            term *= ratio;
            sum += term;
            var size = Vector256.Abs(term);
            largest = Vector256.Max(largest, size);
            var done =
                Vector256.GreaterThan(V(k), -top)
                & Vector256.LessThan(Vector256.Abs(ratio), V(1))
                & Vector256.LessThanOrEqual(size, enough * (Vector256.Abs(sum) + z));
            if (done.ExtractMostSignificantBits() == 0b1111)
            {
                var (whole, factor) = (c * VectorMath.Gather(_ages.Whole, late), VectorMath.Gather(_ages.Factor, late));
                var orders = whole - (factor * sum);
                var kept = Vector256.LessThan(Vector256.Max(Vector256.Abs(whole), factor * largest), V(MostLoss) * orders);
                return (orders, kept.ExtractMostSignificantBits() == 0b1111);
            }
        }

        return (default, false);
    }

    private void OneByOne(PatternBlock block, ScoreBlock scores, int from)
    {
        for (var i = from; i < from + PatternBlock.Width; i++)
        {
            scores.ExpectedOrders[i] = _model.ExpectedOrders(block.PatternOf(i), _ages.Horizon);
        }
    }

    private static Vector256<double> V(double value) => Vector256.Create(value);
}
