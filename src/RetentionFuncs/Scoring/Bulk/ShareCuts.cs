using System.Numerics;
using System.Runtime.CompilerServices;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// Where a ranking of whole numbers passes shares of their sum, without sorting: values are counted in narrow ranges, and only the
/// ranges in which a share is reached are looked into. Exact, and the same in any order.
/// </summary>
public sealed class ShareCuts
{
    private const int Bits = 12;
    private readonly long[] _sums = new long[63 << Bits];

    /// <summary>Counts values; only those above 0 bring anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<long> values)
    {
        foreach (var value in values)
        {
            if (value > 0)
            {
                _sums[RangeOf(value)] += value;
            }
        }
    }

    public void Add(ShareCuts other)
    {
        for (var i = 0; i < _sums.Length; i++)
        {
            _sums[i] += other._sums[i];
        }
    }

    /// <param name="shares">Of the sum, ascending, above 0 and at most 1.</param>
    /// <param name="again">The same values once more, in any order.</param>
    /// <returns>For each share the value with which it is reached, from the largest down; null when there is nothing above 0.</returns>
    public long?[] Of(IReadOnlyList<decimal> shares, IEnumerable<long[]> again)
    {
        var whole = _sums.Aggregate(0m, (sum, range) => sum + range);
        var ranges = RangesOf(shares, whole);
        var inside = ranges.Select(r => r.Range).Distinct().ToDictionary(r => r, _ => new List<long>());
        foreach (var value in again.SelectMany(v => v))
        {
            if (value > 0 && inside.TryGetValue(RangeOf(value), out var list))
            {
                list.Add(value);
            }
        }

        foreach (var list in inside.Values)
        {
            list.Sort((a, b) => b.CompareTo(a));
        }

        return [.. shares.Select((share, i) => whole == 0 ? null : Reach(inside[ranges[i].Range], ranges[i].Above, whole * share))];
    }

    private static long? Reach(List<long> values, decimal sum, decimal goal)
    {
        foreach (var value in values)
        {
            sum += value;
            if (sum >= goal)
            {
                return value;
            }
        }

        return values[^1];
    }

    /// <summary>For each share the range in which it is reached, and what lies above that.</summary>
    private (int Range, decimal Above)[] RangesOf(IReadOnlyList<decimal> shares, decimal whole)
    {
        var found = new (int, decimal)[whole == 0 ? 0 : shares.Count];
        var (range, above) = (_sums.Length - 1, 0m);
        for (var i = 0; i < found.Length; i++)
        {
            while (range > 0 && above + _sums[range] < whole * shares[i])
            {
                above += _sums[range--];
            }

            found[i] = (range, above);
        }

        return found;
    }

    /// <summary>The highest bit and the twelve that follow.</summary>
    private static int RangeOf(long value)
    {
        var top = BitOperations.Log2((ulong)value);
        var next = top >= Bits ? value >> (top - Bits) : value << (Bits - top);
        return (top << Bits) | (int)(next & ((1 << Bits) - 1));
    }
}
