using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Reports;

/// <summary>How many customers stood in each stage at the end of a day; only those with a purchase by then are counted.</summary>
/// <param name="Counts">By stage, New first, six of them.</param>
public sealed record StageDay(DateOnly Day, IReadOnlyList<int> Counts)
{
    public int this[LapseStage stage] => Counts[(int)stage];

    public int Customers => Counts.Sum();

    /// <summary>The churn rate of the trade: the share, 0 to 1, of customers silent for the Lapsed days or longer; null without customers.</summary>
    public double? ChurnRate => Customers == 0 ? null : (Counts[(int)LapseStage.Lapsed] + Counts[(int)LapseStage.Lost]) / (double)Customers;

    internal static StageDay Sum(IReadOnlyList<StageDay> parts) =>
        new(parts[0].Day, [.. Enumerable.Range(0, parts[0].Counts.Count).Select(i => parts.Sum(p => p.Counts[i]))]);
}

/// <summary>Stages over time, all customers and by country.</summary>
/// <param name="All">One entry a day, ascending, without gaps.</param>
/// <param name="ByCountry">The same days; the empty key holds customers whose country is not known.</param>
public sealed record StageSeries(IReadOnlyList<StageDay> All, IReadOnlyDictionary<string, IReadOnlyList<StageDay>> ByCountry)
{
    /// <summary>The same days by the value tier that customers have on record now; without those who have none.</summary>
    public IReadOnlyDictionary<ValueTier, IReadOnlyList<StageDay>> ByTier { get; init; } =
        new Dictionary<ValueTier, IReadOnlyList<StageDay>>();

    public static StageSeries Empty { get; } = new([], new Dictionary<string, IReadOnlyList<StageDay>>());
}
