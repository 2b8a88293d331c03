using RetentionFuncs.Customers;
using RetentionFuncs.Scoring;
using RetentionFuncs.Scoring.Reasons;
using RetentionFuncs.Segments;

namespace RetentionFuncs.Tests.Segments;

internal static class AudienceFactsOf
{
    /// <summary>Bought four times for 240 in all, silent for 90 days, cooling, in Germany; mostly on discount, and a family dropped.</summary>
    public static AudienceFacts Anna { get; } =
        new(LapseStage.Cooling, 90, 4, 3, 240m, 400, 3, 4, 5, "DE", "de-DE", CustomerKind.Person, true, true)
        {
            Signals = new SignalFacts(ReasonKind.Price, true, null),
            DiscountShare = 75,
            Families = 3,
        };
}
