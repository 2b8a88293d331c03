using RetentionFuncs.Orders;

namespace RetentionFuncs.Scoring;

/// <summary>Ranks customers by recency, frequency and money, each on its own (SPSS: independent binning), by quintiles of all customers.</summary>
public static class RfmScorer
{
    /// <summary>Cut points from one pass over everybody; see <see cref="RfmBands"/> for the tie rule.</summary>
    public static RfmCutPoints CutPointsOf(IEnumerable<PurchaseSummary> summaries, DateOnly asOf, string currency, int version)
    {
        var tally = new RfmTally(asOf, currency);
        foreach (var summary in summaries)
        {
            tally.Add(summary);
        }

        return tally.ToCutPoints(version);
    }

    /// <summary>
    /// The score at the end of <paramref name="day"/>, which may be later than the cut points: a customer who stays silent then sinks
    /// through recency ranks between refits.
    /// </summary>
    /// <returns>Null for a customer without a purchase by that day.</returns>
    public static RfmScore? RankOf(PurchaseSummary summary, DateOnly day, RfmCutPoints cutPoints)
    {
        var known = summary.DaysUpTo(day);
        if (!known.HasPurchases)
        {
            return null;
        }

        var silence = known.SilenceOn(day);
        var spend = known.SpendIn(cutPoints.Currency);
        var spends = known.Spend.Any(m => m.Currency == cutPoints.Currency);
        return new RfmScore(
            silence,
            known.Orders,
            spend,
            cutPoints.Recency.RankOf(-silence),
            cutPoints.Frequency.RankOf(known.Orders),
            spends ? cutPoints.Monetary.RankOf(spend) : 0,
            cutPoints.Version
        );
    }
}
