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
