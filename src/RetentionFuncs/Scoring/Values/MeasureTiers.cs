using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Values;

/// <summary>Measures the whole base once, at a refit.</summary>
internal static class MeasureTiers
{
    private readonly record struct Measured(BuyingHistory History, BuyingYear Year);

    public static TierCutPoints Of(
        IReadOnlyList<BuyingHistory> histories,
        FittedModel? fitted,
        DateOnly asOf,
        string currency,
        ValueSettings settings
    )
    {
        var day = asOf.DayNumber;
        var all = histories.Where(h => h.CountUpTo(day) > 0).Select(h => new Measured(h, BuyingYear.Of(h, day))).ToArray();
        var rate = ProfitRateOf(all);
        var usual = LowerMedian(all.SelectMany(m => m.History.Amounts.Take(m.Year.DaysEver)));
        var plain = Array.ConvertAll(all, m => BulkCutDown(m, day, usual, settings));
        var worth = Array.ConvertAll(plain, m => ValueMoney.Of(m.History, m.Year, day, fitted, settings, rate).Total);
        var volume = Array.ConvertAll(plain, m => m.Year.Volume);
        var cuts = CumulativeShares.Of(
            worth,
            settings.Shares.Key,
            settings.Shares.Major,
            settings.Shares.Standard,
            settings.Shares.Maintenance
        );
        return new TierCutPoints(
            fitted?.Version ?? 0,
            asOf,
            currency,
            all.Length,
            cuts[0],
            cuts[1],
            cuts[2],
            cuts[3],
            CumulativeShares.Of(volume, settings.Shares.Key)[0],
            LowerMedian(all.Where(m => m.Year is { DaysEver: > 1, Days: > 0 }).Select(m => m.Year.Days)),
            rate,
            Weighted(all, m => m.History.DiscountShare),
            usual,
            HighChanceOf(all, fitted, day),
            ValueLadder.Of(all.Select(m => (decimal)m.Year.Days)),
            ValueLadder.Of(volume),
            ValueLadder.Of(worth),
            settings
        );
    }

    /// <summary>One-off bulk purchases must not raise the bar for everybody else.</summary>
    private static Measured BulkCutDown(Measured m, int day, decimal? usual, ValueSettings settings) =>
        OneOffBulk.CutDown(m.History, m.Year, usual, settings.FalseKeys) is { } rest ? new(rest, BuyingYear.Of(rest, day)) : m;

    private static decimal? ProfitRateOf(Measured[] all) => Weighted(all, m => m.History.ProfitRate);

    /// <summary>Mean of a share, each customer weighing as much as the year's net spend; customers without any have no say.</summary>
    private static decimal? Weighted(Measured[] all, Func<Measured, decimal?> share)
    {
        var (sum, weights) = (0m, 0m);
        foreach (var measured in all)
        {
            if (share(measured) is { } known && measured.Year.Volume > 0)
            {
                sum += known * measured.Year.Volume;
                weights += measured.Year.Volume;
            }
        }

        return weights > 0 ? Math.Round(sum / weights, 6) : null;
    }

    private static T? LowerMedian<T>(IEnumerable<T> values)
        where T : struct
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0 ? null : sorted[(sorted.Length - 1) / 2];
    }

    private static double? HighChanceOf(Measured[] all, FittedModel? fitted, int day)
    {
        var chances = all.Select(m => fitted?.ChanceOfReturn(m.History.PatternOn(day)!.Value, fitted.GroupOf(m.History)))
            .OfType<double>()
            .ToArray();
        Array.Sort(chances);
        return chances.Length == 0 ? null : chances[(chances.Length - 1) * 3 / 4];
    }
}

/// <summary>Where a ranking by what is brought passes shares of the whole.</summary>
internal static class CumulativeShares
{
    /// <param name="values">In any order; only those above zero bring anything.</param>
    /// <param name="shares">Of the whole, ascending, 1 at most.</param>
    /// <returns>For each share the value of the customer with whom it is reached; null when nobody brings anything.</returns>
    public static decimal?[] Of(IEnumerable<decimal> values, params ReadOnlySpan<decimal> shares)
    {
        var sorted = values.Where(v => v > 0).OrderDescending().ToArray();
        var cuts = new decimal?[shares.Length];
        var (whole, sum, at) = (sorted.Sum(), 0m, 0);
        foreach (var value in sorted)
        {
            sum += value;
            for (; at < shares.Length && sum >= whole * shares[at]; at++)
            {
                cuts[at] = value;
            }
        }

        return cuts;
    }
}
