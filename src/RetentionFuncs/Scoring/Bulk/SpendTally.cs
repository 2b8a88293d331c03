using System.Runtime.CompilerServices;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>What spend tells before any parameter is known, over customers with repeats and a mean spend above 0.</summary>
/// <param name="Means">Σ mean.</param>
/// <param name="LnMeans">Σ ln mean.</param>
/// <param name="RepeatsLnSpent">Σ x ln(x · mean).</param>
internal sealed record SpendTally(int[] CountByRepeats, int Customers, double Repeats, double Means, double LnMeans, double RepeatsLnSpent)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static SpendTally Of(PatternBlock block)
    {
        var counts = new int[block.Repeats.DefaultIfEmpty().Max() + 1];
        var (customers, repeats, means, lnMeans, lnSpent) = (0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < block.Customers; i++)
        {
            var (x, mean) = (block.Repeats[i], block.Mean[i]);
            if (x > 0 && mean > 0)
            {
                counts[x]++;
                customers++;
                repeats += x;
                means += mean;
                lnMeans += Math.Log(mean);
                lnSpent += x * Math.Log(x * mean);
            }
        }

        return new(counts, customers, repeats, means, lnMeans, lnSpent);
    }

    /// <summary>Of all blocks, summed in their order.</summary>
    public static SpendTally Join(IReadOnlyList<SpendTally> tallies)
    {
        var counts = new int[tallies.Max(t => t.CountByRepeats.Length)];
        foreach (var tally in tallies)
        {
            for (var x = 0; x < tally.CountByRepeats.Length; x++)
            {
                counts[x] += tally.CountByRepeats[x];
            }
        }

        return new(
            counts,
            tallies.Sum(t => t.Customers),
            tallies.Sum(t => t.Repeats),
            tallies.Sum(t => t.Means),
            tallies.Sum(t => t.LnMeans),
            tallies.Sum(t => t.RepeatsLnSpent)
        );
    }
}
