using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Deliverability;

/// <summary>The recency ladder as a gate: who was silent too long is not written to, and while a domain warms up only those heard of lately are.</summary>
internal static class RecencyGate
{
    public static CampaignDecision? NotTooLong(DecisionContext c)
    {
        if (!Concerns(c))
        {
            return null;
        }

        var rung = RungOf(c);
        return rung == Rung.TooLong ? new CampaignDecision.Skip(Gate.AddressUsable, GateReason.TooLongSilent, $"{HeardOn(c):yyyy-MM-dd}")
            : rung == Rung.Long && c.Settings.WarmUp is { } ramp && c.Today < ramp.End
                ? HoldOrSkip.Until(c, c.Calendar.StartOf(ramp.End), Gate.AddressUsable, GateReason.DormantInWarmUp)
            : null;
    }

    /// <summary>Mail that sells or cares; service messages are asked for.</summary>
    public static bool Concerns(DecisionContext c) => c.Step.Channel == Channel.Email && c.Step.Purpose != MessagePurpose.Service;

    public static Rung RungOf(DecisionContext c) => RecencyLadder.RungOf(c.Summary, c.Contact!, c.Today, c.Calendar, c.Settings.Recency);

    private static DateOnly? HeardOn(DecisionContext c) => RecencyLadder.HeardOn(c.Summary, c.Contact!, c.Calendar);
}
