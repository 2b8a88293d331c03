namespace RetentionFuncs.Scoring;

/// <summary>Recency, frequency and monetary value of one customer, with the ranks beside the raw values.</summary>
/// <param name="Recency">Whole days since the last purchase day (not the literature's t_x).</param>
/// <param name="Frequency">Number of orders.</param>
/// <param name="Monetary">Net spend in the currency of the cut points.</param>
/// <param name="RecencyRank">1 to 5, 5 the most recent.</param>
/// <param name="MonetaryRank">1 to 5; 0 when the customer has never spent in that currency.</param>
/// <param name="CutPointsVersion">Which refit ranked it.</param>
public sealed record RfmScore(
    int Recency,
    int Frequency,
    decimal Monetary,
    int RecencyRank,
    int FrequencyRank,
    int MonetaryRank,
    int CutPointsVersion
)
{
    /// <summary>The three ranks side by side, 111 to 555.</summary>
    public int Code => (100 * RecencyRank) + (10 * FrequencyRank) + MonetaryRank;

    public RfmGroup Group => RfmGroups.Of(this);
}
