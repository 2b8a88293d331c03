using RetentionFuncs.Scoring.Models;

namespace RetentionFuncs.Scoring.Choosing;

/// <summary>
/// Puts customers in an order that hangs on their histories alone, so that sums and samples are the same bit by bit however they come.
/// Customers with equal histories are alike in every figure: which of them comes first cannot matter.
/// </summary>
internal static class HistoryOrder
{
    public static BuyingHistory[] Sorted(IReadOnlyList<BuyingHistory> histories)
    {
        var keys = new ulong[histories.Count];
        var sorted = new BuyingHistory[histories.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            (keys[i], sorted[i]) = (HashOf(histories[i]), histories[i]);
        }

        Array.Sort(keys, sorted);
        return sorted;
    }

    /// <summary>Evenly spaced members of a sorted list: each kind of history keeps its share.</summary>
    public static BuyingHistory[] Sample(BuyingHistory[] sorted, int most) =>
        sorted.Length <= most ? sorted : [.. Enumerable.Range(0, most).Select(i => sorted[(int)((long)i * sorted.Length / most)])];

    private static ulong HashOf(BuyingHistory history)
    {
        var hash = Mix(0, (ulong)history.Days.Length);
        foreach (var day in history.Days)
        {
            hash = Mix(hash, (ulong)day);
        }

        Span<int> bits = stackalloc int[4];
        foreach (var amount in history.Amounts)
        {
            decimal.GetBits(amount, bits);
            foreach (var part in bits)
            {
                hash = Mix(hash, unchecked((ulong)part));
            }
        }

        hash = Mix(Mix(hash, history.Market), history.Family);
        return history.ProfitRate is { } rate ? Mix(hash, BitConverter.DoubleToUInt64Bits((double)rate)) : hash;
    }

    private static ulong Mix(ulong hash, string? text)
    {
        hash = Mix(hash, text is null ? ulong.MaxValue : (ulong)text.Length);
        foreach (var letter in text ?? "")
        {
            hash = Mix(hash, letter);
        }

        return hash;
    }

    // The finaliser of SplitMix64 (Steele, Lea, Flood 2014) over the running sum.
    private static ulong Mix(ulong hash, ulong value)
    {
        unchecked
        {
            var z = hash + value + 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
