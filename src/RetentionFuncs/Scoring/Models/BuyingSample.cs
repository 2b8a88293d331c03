namespace RetentionFuncs.Scoring.Models;

/// <summary>
/// The customers a model is fitted on: equal patterns once with their number, in a fixed order, so that a fit is the same to the last
/// bit whatever order they came in. Distinct times and repeat counts are kept apart: a logarithm is then taken once per time and a gamma
/// function once per count.
/// </summary>
public sealed class BuyingSample
{
    private readonly Group[] _groups;

    private BuyingSample(BuyingPattern[] sorted)
    {
        Customers = sorted.Length;
        Times = DistinctTimes(sorted);
        var found = new List<Group>();
        for (var i = 0; i < sorted.Length; )
        {
            var (pattern, first) = (sorted[i], i);
            while (i < sorted.Length && sorted[i] == pattern)
            {
                i++;
            }

            found.Add(new(pattern.Repeats, PlaceOf(pattern.Recency), PlaceOf(pattern.Age), i - first));
        }

        _groups = [.. found];
        CountByRepeats = new int[sorted.Length == 0 ? 0 : sorted[^1].Repeats + 1];
        foreach (var pattern in sorted)
        {
            CountByRepeats[pattern.Repeats]++;
            MeanAge += pattern.Age / Customers;
            Repeats += pattern.Repeats;
        }
    }

    /// <summary>Everyone who bought at least once, those who bought once included.</summary>
    public int Customers { get; }

    /// <summary>Purchase days after the first, over everyone.</summary>
    public long Repeats { get; }

    /// <summary>Mean time from the first purchase to the end; 0 when there is nobody.</summary>
    public double MeanAge { get; }

    /// <summary>Every t_x and T there is, ascending.</summary>
    internal double[] Times { get; }

    /// <summary>How many customers have 0, 1, 2 … repeats.</summary>
    internal int[] CountByRepeats { get; }

    internal ReadOnlySpan<Group> Groups => _groups;

    /// <exception cref="ArgumentException">A pattern cannot be: negative repeats, or not 0 ≤ t_x ≤ T, or t_x above 0 without a repeat.</exception>
    public static BuyingSample Of(IEnumerable<BuyingPattern> patterns)
    {
        BuyingPattern[] sorted = [.. patterns];
        foreach (var pattern in sorted)
        {
            var (repeats, recency, age) = pattern;
            if (repeats < 0 || !(recency >= 0 && recency <= age) || !double.IsFinite(age) || (repeats == 0 && recency > 0))
            {
                throw new ArgumentException($"No customer can have {pattern}.", nameof(patterns));
            }
        }

        Array.Sort(sorted, static (one, other) => Compare(one, other));
        return new(sorted);
    }

    private static int Compare(in BuyingPattern one, in BuyingPattern other) =>
        one.Repeats != other.Repeats ? one.Repeats.CompareTo(other.Repeats)
        : one.Recency != other.Recency ? one.Recency.CompareTo(other.Recency)
        : one.Age.CompareTo(other.Age);

    private static double[] DistinctTimes(BuyingPattern[] patterns)
    {
        var times = new HashSet<double>();
        foreach (var pattern in patterns)
        {
            times.Add(pattern.Recency);
            times.Add(pattern.Age);
        }

        double[] sorted = [.. times];
        Array.Sort(sorted);
        return sorted;
    }

    private int PlaceOf(double time) => Array.BinarySearch(Times, time);

    /// <summary>So many customers with one pattern, its times as places in <see cref="Times"/>.</summary>
    internal readonly record struct Group(int Repeats, int Recency, int Age, int Customers);
}
