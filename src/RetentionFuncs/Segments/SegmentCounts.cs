using RetentionFuncs.Campaigns;
using RetentionFuncs.Findings;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Values;

namespace RetentionFuncs.Segments;

/// <summary>How many customers are in what, at the end of a day.</summary>
/// <param name="Customers">With a purchase by then.</param>
/// <param name="Tiers">Every tier, key first; null before a refit told tiers.</param>
/// <param name="FalseKeys">Big buyers who are no key accounts; likewise null.</param>
/// <param name="Stages">Every stage.</param>
/// <param name="Groups">Every RFM group; without cut points all are zero.</param>
/// <param name="Campaigns">Every campaign on file, by its audience alone.</param>
/// <param name="Asked">The expression asked about; null when none was.</param>
public sealed record SegmentCounts(
    DateOnly AsOf,
    int Customers,
    IReadOnlyDictionary<ValueTier, TierScore>? Tiers,
    int? FalseKeys,
    int? WithPotential,
    int? Loyal,
    IReadOnlyDictionary<LapseStage, int> Stages,
    IReadOnlyDictionary<RfmGroup, int> Groups,
    IReadOnlyList<AudienceCount> Campaigns,
    AudienceCount? Asked
);

/// <param name="Key">Of the campaign; empty for an expression of one's own.</param>
/// <param name="Status">Likewise null.</param>
/// <param name="Reachable">Of the customers in it, those with a usable address and consent.</param>
/// <param name="Ids">Their ids as the shop knows them, in the order of their keys; null when not asked for.</param>
public sealed record AudienceCount(
    string Key,
    Phrase? Title,
    CampaignStatus? Status,
    string Audience,
    int Customers,
    int Reachable,
    IReadOnlyList<string>? Ids = null
);
