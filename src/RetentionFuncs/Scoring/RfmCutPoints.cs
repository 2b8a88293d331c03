using RetentionFuncs.Orders;

namespace RetentionFuncs.Scoring;

/// <summary>The cut points of one refit; every score names the version it was ranked by, so that two can be compared.</summary>
/// <param name="Version">Counts refits, from 1.</param>
/// <param name="AsOf">The end of this day.</param>
/// <param name="Currency">Money ranks within this currency only.</param>
/// <param name="Customers">How many customers with a purchase the bands were taken from.</param>
/// <param name="Recency">Over minus the days of silence, so that more is better as in the other two.</param>
/// <param name="Frequency">Over the number of orders.</param>
/// <param name="Monetary">Over net spend in the currency, of those who have spent in it.</param>
public sealed record RfmCutPoints(
    int Version,
    DateOnly AsOf,
    string Currency,
    int Customers,
    RfmBands Recency,
    RfmBands Frequency,
    RfmBands Monetary
);

/// <summary>Takes the values of all customers in one pass: two histograms and one list of amounts, 16 bytes a customer.</summary>
/// <param name="currency">ISO 4217.</param>
public sealed class RfmTally(DateOnly asOf, string currency)
{
    private readonly Dictionary<int, int> _silences = [];
    private readonly Dictionary<int, int> _orders = [];
    private readonly List<decimal> _spends = [];

    /// <summary>Customers without a purchase by the day are passed over; purchase days after it do not count.</summary>
    public void Add(PurchaseSummary summary)
    {
        var known = summary.DaysUpTo(asOf);
        if (!known.HasPurchases)
        {
            return;
        }

        Count(_silences, -known.SilenceOn(asOf));
        Count(_orders, known.Orders);
        if (known.Spend.Any(m => m.Currency == currency))
        {
            _spends.Add(known.SpendIn(currency));
        }
    }

    public RfmCutPoints ToCutPoints(int version)
    {
        _spends.Sort();
        return new RfmCutPoints(
            version,
            asOf,
            currency,
            _silences.Values.Sum(),
            RfmBands.Of(Ascending(_silences)),
            RfmBands.Of(Ascending(_orders)),
            RfmBands.Of(Runs(_spends))
        );
    }

    private static void Count(Dictionary<int, int> histogram, int value) =>
        histogram[value] = histogram.TryGetValue(value, out var seen) ? seen + 1 : 1;

    private static List<KeyValuePair<decimal, int>> Ascending(Dictionary<int, int> histogram) =>
        [.. histogram.OrderBy(v => v.Key).Select(v => new KeyValuePair<decimal, int>(v.Key, v.Value))];

    private static List<KeyValuePair<decimal, int>> Runs(List<decimal> sorted)
    {
        var runs = new List<KeyValuePair<decimal, int>>();
        for (var start = 0; start < sorted.Count; )
        {
            var end = start + 1;
            while (end < sorted.Count && sorted[end] == sorted[start])
            {
                end++;
            }

            runs.Add(new KeyValuePair<decimal, int>(sorted[start], end - start));
            start = end;
        }

        return runs;
    }
}
