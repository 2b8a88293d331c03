namespace RetentionFuncs.Scoring.Values;

/// <param name="Worth">Of all in the tier together, in the business's currency; losses taken off.</param>
/// <param name="ShareOfWorth">Of what all who bring anything bring, 0 to 1; null when nobody does.</param>
/// <param name="ChurnRate">Share, 0 to 1, of customers silent for the Lapsed days or longer; null without customers.</param>
public sealed record TierScore(int Customers, decimal Worth, decimal? ShareOfWorth, decimal? ChurnRate);

/// <summary>Adds customers up by tier: who is there, what they bring, and how many have lapsed (playbook P2).</summary>
public sealed class TierTally
{
    private readonly SortedDictionary<ValueTier, Sums> _tiers = new(
        Enum.GetValues<ValueTier>().ToDictionary(t => t, _ => new Sums()),
        Comparer<ValueTier>.Create((one, other) => other.CompareTo(one))
    );

    public void Add(ValueTier tier, decimal worth, bool lapsed)
    {
        var sums = _tiers[tier];
        sums.Customers++;
        sums.Lapsed += lapsed ? 1 : 0;
        sums.Worth += worth;
        sums.Brought += Math.Max(0, worth);
    }

    /// <summary>Every tier, key first, also those nobody is in.</summary>
    public IReadOnlyDictionary<ValueTier, TierScore> ToScores()
    {
        var whole = _tiers.Values.Sum(t => t.Brought);
        var scores = new OrderedDictionary<ValueTier, TierScore>();
        foreach (var (tier, sums) in _tiers)
        {
            scores[tier] = new TierScore(
                sums.Customers,
                sums.Worth,
                whole > 0 ? Math.Round(sums.Brought / whole, 4) : null,
                sums.Customers > 0 ? Math.Round((decimal)sums.Lapsed / sums.Customers, 4) : null
            );
        }

        return scores;
    }

    private sealed class Sums
    {
        public int Customers { get; set; }
        public int Lapsed { get; set; }
        public decimal Worth { get; set; }
        public decimal Brought { get; set; }
    }
}
