using System.Globalization;
using System.Text;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Scoring;

/// <summary>
/// Takes the values of all customers in one pass as three histograms of exact values. Parts of a pass are written down as text and
/// added up again, and the cut points are those of one tally over everybody.
/// </summary>
/// <param name="currency">ISO 4217.</param>
public sealed class RfmTally(DateOnly asOf, string currency)
{
    private readonly Lock _gate = new();
    private readonly Histogram<int> _silences = new();
    private readonly Histogram<int> _orders = new();
    private readonly Histogram<decimal> _spends = new();

    /// <summary>Customers without a purchase by the day are passed over; purchase days after it do not count.</summary>
    public void Add(PurchaseSummary summary)
    {
        var known = summary.DaysUpTo(asOf);
        if (!known.HasPurchases)
        {
            return;
        }

        lock (_gate)
        {
            _silences.Count(-known.SilenceOn(asOf), 1);
            _orders.Count(known.Orders, 1);
            if (known.Spend.Any(m => m.Currency == currency))
            {
                _spends.Count(known.SpendIn(currency), 1);
            }
        }
    }

    /// <summary>What was counted since the last call, as text, or null when that is nothing: a thousand customers take about 15 KB.</summary>
    public string? Take()
    {
        lock (_gate)
        {
            if (_silences.IsEmpty)
            {
                return null;
            }

            var text = $"{_silences.Write()};{_orders.Write()};{_spends.Write()}";
            _silences.Clear();
            _orders.Clear();
            _spends.Clear();
            return text;
        }
    }

    /// <summary>Adds what another tally of the same day and currency gave by <see cref="Take"/>.</summary>
    /// <exception cref="FormatException">Not such a text.</exception>
    public void Add(string taken)
    {
        var parts = taken.Split(';');
        lock (_gate)
        {
            _silences.Read(parts[0]);
            _orders.Read(parts[1]);
            _spends.Read(parts[2]);
        }
    }

    public RfmCutPoints ToCutPoints(int version)
    {
        lock (_gate)
        {
            return new RfmCutPoints(
                version,
                asOf,
                currency,
                _silences.Total,
                RfmBands.Of(_silences.Ascending()),
                RfmBands.Of(_orders.Ascending()),
                RfmBands.Of(_spends.Ascending())
            );
        }
    }

    /// <summary>How many customers have each value; written as <c>value*count</c>, separated by commas.</summary>
    private sealed class Histogram<T>
        where T : struct, IParsable<T>, IFormattable, System.Numerics.INumber<T>
    {
        private readonly Dictionary<T, int> _counts = [];

        public bool IsEmpty => _counts.Count == 0;

        public int Total => _counts.Values.Sum();

        public void Count(T value, int by) => _counts[value] = _counts.GetValueOrDefault(value) + by;

        public void Clear() => _counts.Clear();

        public List<KeyValuePair<decimal, int>> Ascending() =>
            [.. _counts.OrderBy(v => v.Key).Select(v => new KeyValuePair<decimal, int>(decimal.CreateChecked(v.Key), v.Value))];

        public string Write()
        {
            var text = new StringBuilder();
            foreach (var (value, count) in _counts.OrderBy(v => v.Key))
            {
                text.Append(text.Length == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{value}*{count}");
            }

            return text.ToString();
        }

        public void Read(string text)
        {
            foreach (var entry in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = entry.Split('*');
                Count(T.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
            }
        }
    }
}
