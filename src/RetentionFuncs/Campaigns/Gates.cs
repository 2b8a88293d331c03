using RetentionFuncs.ContactPolicy.Laws;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Campaigns;

/// <summary>One rule that may hold or skip a contact; null lets it pass.</summary>
public delegate CampaignDecision? GateRule(DecisionContext context);

/// <summary>The chain: small rules in the order of design S6, each naming itself in its verdict.</summary>
public static class Gates
{
    /// <summary>Asked when a customer would enter a journey.</summary>
    public static IReadOnlyList<GateRule> AtEntry { get; } =
    [LiveGate.Entering, AudienceGate.Matches, .. Lawful, CompetitionGate.NoStronger, CapGate.Free, BudgetGate.Left];

    /// <summary>Asked at each later step: the audience is a condition of entry only.</summary>
    public static IReadOnlyList<GateRule> AtStep { get; } =
    [LiveGate.Running, .. Lawful, CompetitionGate.NoStronger, CapGate.Free, BudgetGate.Left];

    /// <summary>Asked again right before the claim: everything legal, as of now.</summary>
    public static IReadOnlyList<GateRule> AtClaim { get; } = [LiveGate.Running, .. Lawful, CapGate.Free, QuietHoursGate.Awake];

    private static GateRule[] Lawful =>
        [
            AddressGate.Somebody,
            ConsentGate.Given,
            SuppressionGate.NotSuppressed,
            ProfilingGate.Allowed,
            AddressGate.Usable,
            Deliverability.RecencyGate.NotTooLong,
            ComplaintGate.NoneOpen,
        ];

    /// <summary>The first verdict other than "pass", or null.</summary>
    public static CampaignDecision? FirstToSpeak(this IReadOnlyList<GateRule> gates, DecisionContext context)
    {
        foreach (var gate in gates)
        {
            if (gate(context) is { } verdict)
            {
                return verdict;
            }
        }

        return null;
    }
}

/// <summary>Is the campaign running, and does this occasion fall into its life?</summary>
internal static class LiveGate
{
    /// <summary>How far back a crossing may lie and still count as news (design S8).</summary>
    private const int FreshDays = 7;

    public static CampaignDecision? Entering(DecisionContext c) => Running(c) ?? Window(c);

    public static CampaignDecision? Running(DecisionContext c)
    {
        if (c.Killed)
        {
            return new CampaignDecision.Hold(c.Now.AddMinutes(5), Gate.Live, GateReason.SendingStopped);
        }

        return c.Head.Status switch
        {
            CampaignStatus.Live => null,
            CampaignStatus.Paused => new CampaignDecision.Hold(c.Now.AddMinutes(15), Gate.Live, GateReason.CampaignPaused),
            _ => new CampaignDecision.Skip(Gate.Live, GateReason.CampaignNotLive),
        };
    }

    private static CampaignDecision.Skip? Window(DecisionContext c)
    {
        var start = c.Head.StartOn ?? c.Campaign.Start ?? DateOnly.MinValue;
        var earliest = start > c.Today.AddDays(-FreshDays) ? start : c.Today.AddDays(-FreshDays);
        return c.Today < start ? new CampaignDecision.Skip(Gate.Live, GateReason.NotStartedYet)
            : c.Campaign.End is { } end && c.Today >= end ? new CampaignDecision.Skip(Gate.Live, GateReason.CampaignEnded)
            : !c.Admitted && c.TriggerDay < earliest
                ? new CampaignDecision.Skip(Gate.Live, GateReason.CrossedBeforeStart, $"{c.TriggerDay:yyyy-MM-dd}")
            : null;
    }
}

internal static class AudienceGate
{
    public static CampaignDecision? Matches(DecisionContext c)
    {
        // Who asks to be written to may not have bought anything yet; there is nothing to profile, and nothing to ask of it.
        if (c.Audience is null || (c.Facts is null && c.Campaign.Trigger is CampaignTrigger.ConsentRequested))
        {
            return null;
        }

        var reason = c.Admitted ? GateReason.LeftAudience : GateReason.NotInAudience;
        return c.Facts is null ? new CampaignDecision.Skip(Gate.Audience, reason)
            : c.Audience.Matches(c.Facts) ? null
            : new CampaignDecision.Skip(Gate.Audience, reason, c.Audience.Explain(c.Facts)?.ToString());
    }
}

/// <summary>What the law of the contact's country says to the answer on file; service messages need none.</summary>
internal static class ConsentGate
{
    public static CampaignDecision? Given(DecisionContext c) =>
        AskLaw.Of(c.AskedOfLaw()) is { } reason ? new CampaignDecision.Skip(Gate.Consent, reason) : null;
}

internal static class SuppressionGate
{
    public static CampaignDecision? NotSuppressed(DecisionContext c) =>
        c.Address.Objection(c.Step.Purpose, c.Now) is { } objection
            ? new CampaignDecision.Skip(Gate.Suppressed, ReasonOf(objection.Reason), $"{c.Calendar.DayOf(objection.At):yyyy-MM-dd}")
        : c.Campaign.Topic is { } topic && c.Step.Purpose != MessagePurpose.Service && c.Address.Refuses(topic)
            ? new CampaignDecision.Skip(Gate.Suppressed, GateReason.TopicRefused, topic)
        : null;

    /// <param name="reason">Null: a pause.</param>
    internal static GateReason ReasonOf(ContactPolicy.SuppressionReason? reason) =>
        reason switch
        {
            null => GateReason.PausedByPerson,
            ContactPolicy.SuppressionReason.NoOffers => GateReason.NoOffersWanted,
            ContactPolicy.SuppressionReason.Unsubscribed => GateReason.Unsubscribed,
            ContactPolicy.SuppressionReason.Complaint => GateReason.ComplainedBefore,
            ContactPolicy.SuppressionReason.HardBounce => GateReason.HardBounced,
            _ => GateReason.SuppressedByHand,
        };
}

internal static class ProfilingGate
{
    public static CampaignDecision? Allowed(DecisionContext c) =>
        c.Customer.DoNotProfile && c.Step.Purpose != MessagePurpose.Service
            ? new CampaignDecision.Skip(Gate.DoNotProfile, GateReason.ProfilingRefused)
            : null;
}

internal static class ComplaintGate
{
    /// <summary>An open complaint stops promotion and care to the whole account; service goes on.</summary>
    public static CampaignDecision? NoneOpen(DecisionContext c) =>
        c.ComplaintOpen && c.Step.Purpose != MessagePurpose.Service
            ? new CampaignDecision.Skip(Gate.Complaint, GateReason.ComplaintOpen)
            : null;
}

internal static class CompetitionGate
{
    /// <summary>The stronger campaign goes first; the weaker looks again tomorrow, as long as its message is of use.</summary>
    public static CampaignDecision? NoStronger(DecisionContext c) =>
        c.StrongerCampaign is null || c.Step.Purpose == MessagePurpose.Service
            ? null
            : HoldOrSkip.Until(
                c,
                c.Calendar.StartOf(c.Today.AddDays(1)),
                Gate.Competition,
                GateReason.StrongerCampaign,
                c.StrongerCampaign
            );
}

internal static class CapGate
{
    public static CampaignDecision? Free(DecisionContext c)
    {
        if (c.Step.Purpose == MessagePurpose.Service)
        {
            return null;
        }

        var customer = c.CustomerSlots.FreeAt(c.Now, c.Settings.Cap, c.Touch.Value);
        var address = c.Address.Slots.FreeAt(c.Now, c.Settings.Cap, c.Touch.Value);
        return customer > c.Now && customer >= address ? HoldOrSkip.Until(c, customer, Gate.Cap, GateReason.CustomerCapped)
            : address > c.Now ? HoldOrSkip.Until(c, address, Gate.Cap, GateReason.AddressCapped)
            : null;
    }
}

internal static class BudgetGate
{
    public static CampaignDecision? Left(DecisionContext c) =>
        c.BudgetLeft ? null : new CampaignDecision.Skip(Gate.Budget, GateReason.BudgetSpent);
}

/// <summary>Only holds: night passes. Asked after the draw. A list may be made at night; who works it off keeps to the day.</summary>
internal static class QuietHoursGate
{
    public static CampaignDecision? Awake(DecisionContext c)
    {
        if (c.Step.Purpose == MessagePurpose.Service || c.Settings.HandsOver(c.Step.Channel))
        {
            return null;
        }

        var awake = c.Calendar.FirstOutside(c.Settings.QuietHours, c.Now, c.Contact?.Zone);
        return awake > c.Now ? HoldOrSkip.Until(c, awake, Gate.QuietHours, GateReason.Night) : null;
    }
}

internal static class HoldOrSkip
{
    /// <summary>Holds while the message will still be of use then, else skips for the same reason.</summary>
    public static CampaignDecision Until(DecisionContext c, DateTimeOffset until, Gate gate, GateReason reason, string? detail = null) =>
        until < c.ExpiresAt ? new CampaignDecision.Hold(until, gate, reason, detail) : new CampaignDecision.Skip(gate, reason, detail);
}
