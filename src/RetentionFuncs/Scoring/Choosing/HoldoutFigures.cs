using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>How good stated chances were, once it is known what happened.</summary>
public static class HoldoutFigures
{
    /// <summary>A chance of nought or one that fails would cost without end: none is read as surer than one in a million.</summary>
    public const double Surest = 1e-6;

    private const int Bins = 10;

    /// <summary>Chance that one who returned was ranked above one who did not, ties counting half (Mann-Whitney); null without both kinds.</summary>
    public static double? Auc(IReadOnlyList<double> chances, IReadOnlyList<bool> returned)
    {
        var order = Enumerable.Range(0, chances.Count).OrderBy(i => chances[i]).ToArray();
        var (ranks, positives, at) = (0.0, 0L, 0);
        while (at < order.Length)
        {
            var end = at;
            while (end < order.Length && chances[order[end]] == chances[order[at]])
            {
                end++;
            }

            var here = order[at..end].Count(i => returned[i]);
            ranks += here * (at + 1 + end) / 2.0;
            (positives, at) = (positives + here, end);
        }

        var negatives = order.Length - positives;
        return positives == 0 || negatives == 0 ? null : (ranks - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
    }

    /// <summary>−ln of the chance given to what happened.</summary>
    public static double LogLoss(double chance, bool returned)
    {
        var held = Math.Clamp(chance, Surest, 1 - Surest);
        return -Math.Log(returned ? held : 1 - held);
    }

    /// <summary>
    /// Mean over all cases and its standard error, with the cases of one customer counted as one (several holdouts see the same person):
    /// √Σ(s − n·mean)² / N over customers with n cases summing to s.
    /// </summary>
    /// <param name="customers">Below <paramref name="count"/>; the same number is the same customer.</param>
    public static (double Mean, double Error) MeanOf(IReadOnlyList<double> values, IReadOnlyList<int> customers, int count)
    {
        var (sums, cases) = (new double[count], new int[count]);
        for (var i = 0; i < values.Count; i++)
        {
            sums[customers[i]] += values[i];
            cases[customers[i]]++;
        }

        var mean = sums.Sum() / values.Count;
        return (mean, Math.Sqrt(sums.Zip(cases, (s, n) => (s - (n * mean)) * (s - (n * mean))).Sum()) / values.Count);
    }

    /// <summary>About ten bins of equally many cases by stated chance, ascending; equal chances are never parted.</summary>
    public static IReadOnlyList<CalibrationBin> Calibration(IReadOnlyList<double> chances, IReadOnlyList<bool> returned)
    {
        var order = Enumerable.Range(0, chances.Count).OrderBy(i => chances[i]).ToArray();
        var (bins, from, size) = (new List<CalibrationBin>(), 0, Math.Max(1, (order.Length + Bins - 1) / Bins));
        while (from < order.Length)
        {
            var to = order.Length - from < size * 3 / 2 ? order.Length : from + size;
            while (to < order.Length && chances[order[to]] == chances[order[to - 1]])
            {
                to++;
            }

            var bin = order[from..to];
            bins.Add(new CalibrationBin(bin.Average(i => chances[i]), bin.Count(i => returned[i]) / (double)bin.Length, bin.Length));
            from = to;
        }

        return bins;
    }
}
