using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>How fast a business's customers come round.</summary>
public static class BuyingCycle
{
    /// <summary>H for a business nobody has bought from twice.</summary>
    public const int WithoutRepeats = 90;

    /// <summary>What people plan by: a week, two, a month, two, a quarter, four months, half a year, a year.</summary>
    private static readonly int[] Steps = [7, 14, 30, 60, 90, 120, 180, 365];

    /// <summary>
    /// The gap that four of five gaps between purchase days do not exceed, rounded up to a span people plan by, a year at most. Within
    /// it a customer who still buys has most likely bought again, so that "did not return" says something; a longer one would
    /// make the answer late, a shorter one would call the slower half gone.
    /// </summary>
    public static int HorizonOf(IEnumerable<BuyingHistory> histories)
    {
        var gaps = NewTally();
        foreach (var days in histories.Select(h => h.Days))
        {
            Tally(days, gaps);
        }

        return HorizonOf(gaps);
    }

    /// <summary>For <see cref="Tally"/>: how many gaps of each length in days, the last place holding all that are longer than a year.</summary>
    internal static long[] NewTally() => new long[Steps[^1] + 2];

    /// <param name="days">Of one customer, ascending.</param>
    internal static void Tally(ReadOnlySpan<int> days, long[] gaps)
    {
        for (var i = 1; i < days.Length; i++)
        {
            gaps[Math.Min(days[i] - days[i - 1], gaps.Length - 1)]++;
        }
    }

    internal static int HorizonOf(long[] gaps)
    {
        var (all, seen) = (gaps.Sum(), 0L);
        if (all == 0)
        {
            return WithoutRepeats;
        }

        // 5·seen ≥ 4·all: whole numbers, so that no rounding decides.
        var quantile = Array.FindIndex(gaps, count => 5 * (seen += count) >= 4 * all);
        return Steps.FirstOrDefault(s => s >= quantile, Steps[^1]);
    }

    /// <summary>Mean days between purchase days over all customers with two or more; null when there are none.</summary>
    public static decimal? PopulationGap(IEnumerable<BuyingHistory> histories, int upTo = int.MaxValue)
    {
        var (repeats, span) = (0L, 0L);
        foreach (var history in histories)
        {
            var count = history.CountUpTo(upTo);
            if (count > 1)
            {
                repeats += count - 1;
                span += history.Days[count - 1] - history.Days[0];
            }
        }

        return repeats == 0 ? null : (decimal)span / repeats;
    }
}
