using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Reasons;

namespace RetentionFuncs.Segments;

/// <summary>What an audience may ask of a customer's <see cref="CustomerSignals"/>.</summary>
/// <param name="LikelyReason">Null when no hypothesis is likely enough to act on.</param>
/// <param name="PartialDefection">Still orders, and has dropped a family or fallen far below their own spend.</param>
/// <param name="StockDays">Whole days until a dealer runs out of the scarcest product; null when no stock is known.</param>
public sealed record SignalFacts(ReasonKind? LikelyReason, bool PartialDefection, int? StockDays)
{
    public static SignalFacts None { get; } = new(null, false, null);

    public static SignalFacts Of(CustomerSignals signals) =>
        new(LikelyReasons.Likeliest(signals.Reasons), signals.Defections.Count > 0, signals.StockDays);
}
