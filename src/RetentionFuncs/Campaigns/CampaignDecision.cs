using RetentionFuncs.Experiments;

namespace RetentionFuncs.Campaigns;

/// <summary>What was decided for one customer and step: one of three endings, each with the gate that spoke.</summary>
public abstract record CampaignDecision
{
    private CampaignDecision() { }

    /// <summary>Every gate let it pass; control is decided the same way and then left alone.</summary>
    /// <param name="DueAt">Now, or the end of the quiet hours.</param>
    public sealed record Send(TestArm Arm, DateTimeOffset DueAt) : CampaignDecision;

    /// <summary>Not now: look again at <paramref name="Until"/>.</summary>
    public sealed record Hold(DateTimeOffset Until, Gate Gate, GateReason Reason, string? Detail = null) : CampaignDecision;

    /// <summary>Not at all for this occasion.</summary>
    public sealed record Skip(Gate Gate, GateReason Reason, string? Detail = null) : CampaignDecision;
}

/// <summary>The gates in the order they are asked (design S6).</summary>
public enum Gate
{
    Live,
    Audience,
    Consent,
    Suppressed,
    DoNotProfile,
    AddressUsable,
    Complaint,
    Competition,
    Cap,
    Budget,
    QuietHours,
}

/// <summary>Why a gate spoke; each has a sentence in English and Chinese.</summary>
public enum GateReason
{
    CampaignNotLive,
    CampaignPaused,
    SendingStopped,
    NotStartedYet,
    CampaignEnded,
    CrossedBeforeStart,
    InBacklog,
    NotInAudience,

    /// <summary>Was in the audience when put in line for a place, and is not when the place comes.</summary>
    LeftAudience,
    NoConsent,
    ConsentDenied,
    ConsentNotExpress,
    ConsentTooOld,
    ConsentOnlyImplied,
    ConsentNotConfirmed,
    SaleMissing,
    FirstMessageTooLate,
    TooYoung,
    Unsubscribed,
    NoOffersWanted,
    TopicRefused,
    PausedByPerson,
    ComplainedBefore,
    HardBounced,
    SuppressedByHand,
    ProfilingRefused,
    NobodyToWriteTo,
    NoAddress,
    NoNumber,
    NotAMobile,
    RoleAddress,
    ReservedDomain,
    TooLongSilent,
    DormantInWarmUp,
    WarmingUp,
    CanaryAwaited,
    CanaryBounced,
    ComplaintOpen,
    StrongerCampaign,
    CustomerCapped,
    AddressCapped,
    BudgetSpent,
    Night,
    Expired,
    OrderedMeanwhile,
    MessageRefused,

    /// <summary>The id is another customer's now.</summary>
    CustomerMerged,
}
