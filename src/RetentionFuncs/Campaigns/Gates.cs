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
        if (c.Audience is null)
        {
            return null;
        }

        return c.Facts is null ? new CampaignDecision.Skip(Gate.Audience, GateReason.NotInAudience)
            : c.Audience.Matches(c.Facts) ? null
            : new CampaignDecision.Skip(Gate.Audience, GateReason.NotInAudience, c.Audience.Explain(c.Facts)?.ToString());
    }
}

/// <summary>A yes on file, on a ground the contact's country accepts; service messages need none.</summary>
internal static class ConsentGate
{
    /// <summary>Canada: consent implied by a purchase ends 24 months after it.</summary>
    private const int ImpliedMonths = 24;

    public static CampaignDecision? Given(DecisionContext c)
    {
        if (c.Step.Purpose == MessagePurpose.Service)
        {
            return null;
        }

        var consent = c.Contact!.EmailConsent;
        return consent is null ? Skip(GateReason.NoConsent)
            : consent.State == ConsentState.Denied ? Skip(GateReason.ConsentDenied)
            : c.Contact.Country == "CN" && consent.Basis != ConsentBasis.Express ? Skip(GateReason.ConsentNotExpress)
            : consent.Basis == ConsentBasis.Implied && IsStale(c) ? Skip(GateReason.ConsentTooOld)
            : null;
    }

    private static bool IsStale(DecisionContext c) => !c.Summary.HasPurchases || c.Summary.LastDay.AddMonths(ImpliedMonths) <= c.Today;

    private static CampaignDecision.Skip Skip(GateReason reason) => new(Gate.Consent, reason);
}

internal static class SuppressionGate
{
    public static CampaignDecision? NotSuppressed(DecisionContext c) =>
        c.Address.Objection(c.Step.Purpose, c.Now) is { } objection
            ? new CampaignDecision.Skip(Gate.Suppressed, ReasonOf(objection.Reason), $"{c.Calendar.DayOf(objection.At):yyyy-MM-dd}")
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

/// <summary>Only holds: night passes. Asked after the draw.</summary>
internal static class QuietHoursGate
{
    public static CampaignDecision? Awake(DecisionContext c)
    {
        if (c.Step.Purpose == MessagePurpose.Service)
        {
            return null;
        }

        var quiet = c.Settings.QuietHours;
        var (date, time) = c.Calendar.LocalOf(c.Now, c.Contact?.Zone);
        if (!quiet.Contains(time))
        {
            return null;
        }

        var ends = c.Calendar.InstantOf(time < quiet.To ? date : date.AddDays(1), quiet.To, c.Contact?.Zone);
        return HoldOrSkip.Until(c, ends, Gate.QuietHours, GateReason.Night);
    }
}

internal static class HoldOrSkip
{
    /// <summary>Holds while the message will still be of use then, else skips for the same reason.</summary>
    public static CampaignDecision Until(DecisionContext c, DateTimeOffset until, Gate gate, GateReason reason, string? detail = null) =>
        until < c.ExpiresAt ? new CampaignDecision.Hold(until, gate, reason, detail) : new CampaignDecision.Skip(gate, reason, detail);
}
