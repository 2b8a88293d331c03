using RetentionFuncs.Orders;

namespace RetentionFuncs.Scoring.Defections;

/// <summary>
/// Spend that fell. Each purchase day is paired with the gap before it; spend over time is the sum of amounts over the sum of gaps
/// (renewal reward). The newest pairs are compared with all earlier ones, whose own scatter says how far chance alone would carry: in spend over time, or in the basket by
/// itself, which scatters less.
/// </summary>
internal static class SpendFalls
{
    private const int LeastEarlier = 8;
    private const int LeastRecent = 4;

    /// <summary>Of the earlier spend over time, at most.</summary>
    private const double FallenTo = 0.6;

    /// <summary>Standard errors below it, at least.</summary>
    private const double Errors = 3;

    private readonly record struct Pair(double Gap, double Amount);

    /// <param name="summary">Up to the day asked about.</param>
    public static Defection.SpendFallen? In(PurchaseSummary summary, string currency)
    {
        if (summary.DayAmounts.Count != summary.PurchaseDays.Count || summary.PurchaseDays.Count < LeastEarlier + LeastRecent + 1)
        {
            return null;
        }

        var pairs = Pairs(summary);
        var recent = Math.Max(LeastRecent, pairs.Length / 4);
        var since = summary.PurchaseDays[^(recent + 1)];
        return Compare(pairs.AsSpan(0, pairs.Length - recent), pairs.AsSpan(pairs.Length - recent)) is var (before, after)
            ? new Defection.SpendFallen(Month(before), Month(after), since, recent, currency)
            : null;
    }

    private static (double Before, double After)? Compare(ReadOnlySpan<Pair> earlier, ReadOnlySpan<Pair> recent)
    {
        var (before, after) = (RateOf(earlier), RateOf(recent));
        if (before <= 0 || after > FallenTo * before)
        {
            return null;
        }

        var (gap, basket) = (Mean(earlier, p => p.Gap), Mean(earlier, p => p.Amount));
        var rateFell = before - after >= Errors * ErrorOf(earlier, recent.Length, p => p.Amount - (before * p.Gap)) / gap;
        var basketFell = basket - Mean(recent, p => p.Amount) >= Errors * ErrorOf(earlier, recent.Length, p => p.Amount - basket);
        return rateFell || basketFell ? (before, after) : null;
    }

    /// <summary>Standard error of a difference of means, both taken to scatter as the earlier pairs do around zero.</summary>
    private static double ErrorOf(ReadOnlySpan<Pair> earlier, int recent, Func<Pair, double> off)
    {
        var variance = Mean(earlier, p => off(p) * off(p)) * earlier.Length / (earlier.Length - 1);
        return Math.Sqrt(variance * ((1.0 / earlier.Length) + (1.0 / recent)));
    }

    private static double Mean(ReadOnlySpan<Pair> pairs, Func<Pair, double> of)
    {
        var sum = 0.0;
        foreach (var pair in pairs)
        {
            sum += of(pair);
        }

        return sum / pairs.Length;
    }

    private static double RateOf(ReadOnlySpan<Pair> pairs) => Mean(pairs, p => p.Amount) / Mean(pairs, p => p.Gap);

    /// <summary>Amounts are cut at three times their median, so that one bulk order does not make all later ones look small.</summary>
    private static Pair[] Pairs(PurchaseSummary summary)
    {
        var most = 3 * Median([.. summary.DayAmounts.Select(a => (double)a)]);
        return
        [
            .. Enumerable
                .Range(1, summary.PurchaseDays.Count - 1)
                .Select(i => new Pair(
                    summary.PurchaseDays[i].DayNumber - summary.PurchaseDays[i - 1].DayNumber,
                    Math.Clamp((double)summary.DayAmounts[i], 0, Math.Max(0, most))
                )),
        ];
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    private static decimal Month(double perDay) => Math.Round((decimal)(30 * perDay), 2);
}
