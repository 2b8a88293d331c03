using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Offers;

namespace RetentionFuncs.Touchpoints;

/// <summary>26 base32 characters made of meaning: the same intent always gives the same id (design S1).</summary>
public readonly record struct TouchId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A touch as it is written outside the store, so that it can be found: <c>CustomerKey.TouchId</c>.</summary>
public readonly record struct TouchRef(CustomerKey Customer, TouchId Touch)
{
    public override string ToString() => $"{Customer.Value}.{Touch.Value}";

    public static bool TryParse(string? text, out TouchRef reference)
    {
        reference = default;
        if (text is not { Length: 53 } || text[26] != '.')
        {
            return false;
        }

        reference = new TouchRef(new CustomerKey(text[..26]), new TouchId(text[27..]));
        return text.All(c => c is (>= 'a' and <= 'z') or (>= '2' and <= '7') or '.') && text.IndexOf('.', 27) < 0;
    }
}

/// <summary>Where a touchpoint stands. It moves to the right only; two arcs return to Planned: proven not sent, and systemic refusal.</summary>
public enum TouchpointState
{
    Planned,

    /// <summary>Claimed: the call may be under way. Written before the first byte leaves.</summary>
    Sending,
    Sent,

    /// <summary>The provider will never take it.</summary>
    Refused,

    /// <summary>It may have been sent. Never sent again; evidence may turn it into Sent.</summary>
    Unknown,

    /// <summary>We chose not to send, with the reason; never called.</summary>
    Skipped,

    /// <summary>Its time passed before it could be sent.</summary>
    Expired,

    /// <summary>Failed repeatedly before any call; waits for a person.</summary>
    Parked,
}

/// <summary>The record of one planned contact, made once per campaign, step, contact and occasion.</summary>
/// <param name="DueAt">Not to be sent before.</param>
/// <param name="ExpiresAt">Not to be sent at or after.</param>
/// <param name="Version">Hash of the campaign version it was planned under.</param>
/// <param name="Seq">Of the newest queue message.</param>
public sealed record Touchpoint(
    TouchId Id,
    CustomerKey Customer,
    ContactKey Contact,
    string Campaign,
    string Version,
    string Step,
    string Occasion,
    MessagePurpose Purpose,
    DateTimeOffset PlannedAt,
    DateTimeOffset DueAt,
    DateTimeOffset ExpiresAt,
    Coupon? Coupon,
    TouchpointState State,
    int Seq
)
{
    public TouchRef Reference => new(Customer, Id);

    public Channel Channel { get; init; }

    /// <summary>What the newest result said of a text message or call; null for e-mail and while none has come back.</summary>
    public TouchOutcome? Outcome { get; init; }

    public DateTimeOffset? OutcomeAt { get; init; }

    /// <summary>When its newest queue message was made.</summary>
    public DateTimeOffset QueuedAt { get; init; } = PlannedAt;

    /// <summary>Number of claims so far.</summary>
    public int Attempts { get; init; }

    /// <summary>The id of the newest claim; a lost answer is settled by reading it back.</summary>
    public string? AttemptId { get; init; }

    public AddressKey? Address { get; init; }

    public DateTimeOffset? ClaimedAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    public string? ProviderMessageId { get; init; }

    /// <summary>Why it was skipped, refused, parked or is unknown.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? BouncedAt { get; init; }

    public DateTimeOffset? DroppedAt { get; init; }

    public DateTimeOffset? ComplainedAt { get; init; }

    /// <summary>Sent, and 72 hours later no event had come.</summary>
    public bool Unconfirmed { get; init; }

    /// <summary>How many of the times to look for an unknown outcome in the provider's log have been used.</summary>
    public int LogLooks { get; init; }

    /// <summary>When the provider's log last had nothing about it; that proves nothing.</summary>
    public DateTimeOffset? NotFoundAt { get; init; }

    /// <summary>The trace it was planned in, as a W3C traceparent; null when nobody traced.</summary>
    public string? Trace { get; init; }

    /// <summary>Whether any delivery event has come.</summary>
    public bool HasEvidence => (DeliveredAt ?? BouncedAt ?? DroppedAt ?? ComplainedAt) is not null;

    /// <summary>Whether nothing more is awaited: not planned, sending or unknown.</summary>
    public bool IsSettled => State is not (TouchpointState.Planned or TouchpointState.Sending or TouchpointState.Unknown);
}
