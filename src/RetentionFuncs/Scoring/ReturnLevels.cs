using System.Globalization;

namespace RetentionFuncs.Scoring;

/// <summary>
/// At which share of the chance of the day after the last order each stage begins; strictly descending, above 0 and below 1.
/// </summary>
public sealed record ReturnLevels(double Cooling, double Lapsing, double Lapsed, double Lost)
{
    public static ReturnLevels Default { get; } = new(0.75, 0.50, 0.25, 0.10);

    public bool AreDescending => Cooling < 1 && Cooling > Lapsing && Lapsing > Lapsed && Lapsed > Lost && Lost > 0;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Cooling:P0} {Lapsing:P0} {Lapsed:P0} {Lost:P0}");
}

/// <summary>Solves the days of silence at which a falling share crosses the levels.</summary>
public static class ReturnCrossings
{
    /// <param name="shareAt">Share of the fresh chance left after so many days of silence; 1 at one day, never rising.</param>
    public static LapseBands Solve(Func<int, double> shareAt, ReturnLevels levels)
    {
        var cooling = FirstAtOrBelow(shareAt, levels.Cooling, 1);
        var lapsing = Math.Max(cooling + 1, FirstAtOrBelow(shareAt, levels.Lapsing, cooling));
        var lapsed = Math.Max(lapsing + 1, FirstAtOrBelow(shareAt, levels.Lapsed, lapsing));
        return new LapseBands(cooling, lapsing, lapsed, Math.Max(lapsed + 1, FirstAtOrBelow(shareAt, levels.Lost, lapsed)));
    }

    /// <summary>As <see cref="Solve"/>, in fewer looks when the days of somebody alike are known.</summary>
    internal static LapseBands SolveNear(Func<int, double> shareAt, ReturnLevels levels, LapseBands near)
    {
        var cooling = FirstNear(shareAt, levels.Cooling, 1, near.Cooling);
        var lapsing = Math.Max(cooling + 1, FirstNear(shareAt, levels.Lapsing, cooling, near.Lapsing));
        var lapsed = Math.Max(lapsing + 1, FirstNear(shareAt, levels.Lapsed, lapsing, near.Lapsed));
        return new LapseBands(cooling, lapsing, lapsed, Math.Max(lapsed + 1, FirstNear(shareAt, levels.Lost, lapsed, near.Lost)));
    }

    /// <summary>The first whole day from <paramref name="from"/> on, by steps that double from the guess on, then halving.</summary>
    private static int FirstNear(Func<int, double> shareAt, double level, int from, int guess)
    {
        const int Longest = LapseRule.ChanceOfReturn.LongestDays;
        if (from >= Longest)
        {
            return from;
        }

        var (low, high) = (from, Math.Clamp(guess, from, Longest));
        if (high < Longest && shareAt(high) > level)
        {
            return FirstAtOrBelow(shareAt, level, high + 1);
        }

        for (var step = 1; high > low; step *= 2)
        {
            var earlier = Math.Max(low, high - step);
            if (shareAt(earlier) > level)
            {
                low = earlier + 1;
                break;
            }

            high = earlier;
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = shareAt(middle) > level ? (middle + 1, high) : (low, middle);
        }

        return high;
    }

    /// <summary>The first whole day from <paramref name="from"/> on, by doubling and halving; the longest silence when none comes before it.</summary>
    private static int FirstAtOrBelow(Func<int, double> shareAt, double level, int from)
    {
        var (low, high, step) = (from, from, 1);
        while (high < LapseRule.ChanceOfReturn.LongestDays && shareAt(high) > level)
        {
            (low, high, step) = (high + 1, Math.Min(high + step, LapseRule.ChanceOfReturn.LongestDays), step * 2);
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = shareAt(middle) > level ? (middle + 1, high) : (low, middle);
        }

        return high;
    }
}
