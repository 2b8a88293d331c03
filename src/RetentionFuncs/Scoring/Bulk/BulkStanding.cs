namespace RetentionFuncs.Scoring.Bulk;

/// <summary>A customer whose silence costs most while it can still be ended.</summary>
/// <param name="AtRisk">Expected spend within the horizon had the customer just bought, less what is expected now.</param>
/// <param name="Expected">Expected spend within the horizon.</param>
public sealed record CustomerAtRisk(
    string CustomerId,
    LapseStage Stage,
    int SilentDays,
    double ChanceOfReturn,
    decimal Expected,
    decimal AtRisk
);

/// <summary>Where everybody stands.</summary>
/// <param name="Stages">Every stage, also those nobody stands in.</param>
/// <param name="Expected">Expected spend of all within the horizon; null without a spend model.</param>
/// <param name="AtRisk">The customers cooling or lapsing with most at risk, the largest first; equal ones by id.</param>
public sealed record BulkStanding(
    IReadOnlyDictionary<LapseStage, int> Stages,
    double ExpectedOrders,
    decimal? Expected,
    IReadOnlyList<CustomerAtRisk> AtRisk
)
{
    /// <param name="most">How many customers at risk to name.</param>
    public static BulkStanding Of(BulkBase all, int most)
    {
        var tallies = new Tally[all.Parts];
        Bulk.Lanes.ForEach(all.Parts, all.Lanes, (_, part) => tallies[part] = Tally.Of(all, part, most));
        return new(
            Enum.GetValues<LapseStage>().ToDictionary(s => s, s => tallies.Sum(t => t.Stages[(int)s])),
            tallies.Sum(t => t.Orders),
            all.Spend is null ? null : tallies.Sum(t => t.Cents) / 100m,
            [.. Largest(tallies.SelectMany(t => t.AtRisk), most)]
        );
    }

    private static IEnumerable<CustomerAtRisk> Largest(IEnumerable<CustomerAtRisk> customers, int most) =>
        customers.OrderByDescending(c => c.AtRisk).ThenBy(c => c.CustomerId, StringComparer.Ordinal).Take(most);

    private sealed record Tally(int[] Stages, double Orders, long Cents, IReadOnlyList<CustomerAtRisk> AtRisk)
    {
        public static Tally Of(BulkBase all, int part, int most)
        {
            var scored = all.Part(part);
            var stages = new int[Enum.GetValues<LapseStage>().Length];
            foreach (var stage in scored.Stages.Stages)
            {
                stages[(int)stage]++;
            }

            var orders = scored.Scores.ExpectedOrders.Take(scored.Patterns.Customers).Sum();
            return new(stages, orders, scored.Values?.Sum() ?? 0, scored.Values is { } values ? RiskIn(all, scored, values, most) : []);
        }

        private static CustomerAtRisk[] RiskIn(BulkBase all, ScoredPart scored, long[] values, int most)
        {
            var lost = all.ValuesWithoutSilence(scored.Patterns)!;
            var places = new List<int>();
            for (var i = 0; i < values.Length; i++)
            {
                if (scored.Stages.Stages[i] is LapseStage.Cooling or LapseStage.Lapsing)
                {
                    lost[i] -= values[i];
                    places.Add(i);
                }
            }

            places.Sort((a, b) => lost[b].CompareTo(lost[a]));
            var least = places.Count > most ? lost[places[most - 1]] : long.MinValue;
            return [.. Largest(places.TakeWhile(i => lost[i] >= least).Select(i => One(scored, i, values[i], lost[i])), most)];
        }

        private static CustomerAtRisk One(ScoredPart scored, int at, long value, long lost) =>
            new(
                scored.Patterns.IdOf(at),
                scored.Stages.Stages[at],
                scored.Patterns.Age[at] - scored.Patterns.Recency[at],
                scored.Scores.ChanceOfReturn[at],
                value / 100m,
                lost / 100m
            );
    }
}
