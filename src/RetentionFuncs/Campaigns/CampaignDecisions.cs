using RetentionFuncs.Experiments;

namespace RetentionFuncs.Campaigns;

/// <summary>Decides whether one customer gets one step: pure, the same context gives the same decision.</summary>
public static class CampaignDecisions
{
    /// <summary>
    /// Gates that can stop for good come first, then the draw, then quiet hours, which only hold: so both arms are alike in
    /// everything but the contact itself.
    /// </summary>
    public static CampaignDecision Decide(DecisionContext context, IReadOnlyList<GateRule> gates)
    {
        if (context.Now >= context.ExpiresAt)
        {
            return new CampaignDecision.Skip(Gate.Live, GateReason.Expired);
        }

        if (gates.FirstToSpeak(context) is { } verdict)
        {
            return verdict;
        }

        // Who asked for a mail gets it: nothing is measured on it, and control would never be able to confirm.
        var arm =
            context.Campaign.Trigger is CampaignTrigger.ConsentRequested
                ? TestArm.Treatment
                : context.Drawn ?? ControlDraw.ArmOf(context.Campaign.Key, context.Person, context.Head.ControlShare);
        return QuietHoursGate.Awake(context) switch
        {
            CampaignDecision.Hold hold => new CampaignDecision.Send(arm, hold.Until),
            { } skip => skip,
            null => new CampaignDecision.Send(arm, context.Now),
        };
    }
}
