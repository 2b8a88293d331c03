using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Deliveries;

/// <summary>What the provider later says of one message.</summary>
public enum DeliveryEventKind
{
    /// <summary>Taken by the provider's machinery; proof that it was accepted.</summary>
    Processed,
    Delivered,

    /// <summary>Tried and put off; more will follow.</summary>
    Deferred,
    Bounced,
    Dropped,
    Opened,
    Clicked,
    Complained,
    Unsubscribed,
}

/// <summary>Why a message came back.</summary>
public enum BounceKind
{
    /// <summary>The mailbox does not exist: suppresses the address.</summary>
    Hard,

    /// <summary>Refused for now.</summary>
    Soft,

    /// <summary>Refused for what we are or sent, not for who they are: never suppresses the person.</summary>
    Block,
}

/// <param name="AttemptId">The claim the event belongs to.</param>
/// <param name="Bounce">Why it came back; of a dropped one Hard, when the provider knows the address as bad.</param>
/// <param name="Detail">The provider's words, at most 500 characters.</param>
public sealed record DeliveryEvent(
    TouchRef Touch,
    string AttemptId,
    DeliveryEventKind Kind,
    BounceKind? Bounce,
    DateTimeOffset At,
    string? Detail
);
