using RetentionFuncs.Campaigns;

namespace RetentionFuncs.Backlogs;

/// <summary>What came of a customer's turn.</summary>
public enum BacklogTurn
{
    /// <summary>Entered the journey, in whichever arm: the place is used.</summary>
    Entered,

    /// <summary>Something that passes stood in the way: keeps its position in line, and the place goes to the next.</summary>
    Waits,

    /// <summary>Will not enter for this crossing: leaves the line, and the place goes to the next.</summary>
    Out,
}

/// <summary>Tells what passes from what does not.</summary>
internal static class BacklogTurns
{
    /// <summary>
    /// At a turn, a skip for a reason that passes is a hold: an ordinary occasion would be stale by then, one that waits in line is none
    /// the staler for a day more.
    /// </summary>
    /// <param name="tomorrow">When it is looked at again.</param>
    public static CampaignDecision Decided(CampaignDecision decision, DateTimeOffset tomorrow) =>
        decision is CampaignDecision.Skip skip && Passes(skip)
            ? new CampaignDecision.Hold(tomorrow, skip.Gate, skip.Reason, skip.Detail)
            : decision;

    private static bool Passes(CampaignDecision.Skip skip) =>
        skip.Gate is Gate.Competition or Gate.Cap or Gate.Budget or Gate.Complaint
        || skip.Reason is GateReason.PausedByPerson or GateReason.DormantInWarmUp or GateReason.WarmingUp or GateReason.CanaryAwaited;
}
