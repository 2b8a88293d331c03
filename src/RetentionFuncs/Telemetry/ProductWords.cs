using RetentionFuncs.Campaigns;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Telemetry;

/// <summary>The words under which endings appear in telemetry. Reasons stay out of it: a provider's may quote an address.</summary>
internal static class ProductWords
{
    public static string VerdictOf(CampaignDecision decision) =>
        decision switch
        {
            CampaignDecision.Send => "Send",
            CampaignDecision.Hold => "Hold",
            _ => "Skip",
        };

    public static string? GateOf(CampaignDecision decision) =>
        decision switch
        {
            CampaignDecision.Hold hold => hold.Gate.ToString(),
            CampaignDecision.Skip skip => skip.Gate.ToString(),
            _ => null,
        };

    public static string OutcomeOf(SendResult result) =>
        result switch
        {
            SendResult.Accepted => "Accepted",
            SendResult.Refused => "Refused",
            SendResult.SystemicRefusal => "SystemicRefusal",
            SendResult.ProvenNotSent => "ProvenNotSent",
            _ => "Unknown",
        };
}
