namespace RetentionFuncs.Messages;

/// <summary>Hands one message to a provider, once. No implementation retries, and none takes a cancellation token.</summary>
public interface IMessageSender
{
    ValueTask<SendResult> SendAsync(OutboundMessage message);
}

/// <summary>What became of one call (design S15).</summary>
public abstract record SendResult
{
    private SendResult() { }

    /// <param name="ProviderMessageId">The provider's name for it, when it gave one.</param>
    public sealed record Accepted(string? ProviderMessageId) : SendResult;

    /// <summary>This message will never be accepted; others may.</summary>
    public sealed record Refused(string Reason) : SendResult;

    /// <summary>Nothing will be accepted until a person acts: key, account or sender address. Proven not sent.</summary>
    public sealed record SystemicRefusal(string Reason) : SendResult;

    /// <summary>Proven never to have reached the provider, or told to come back later.</summary>
    /// <param name="OnlyThis">It concerns this one mailbox, so other messages need not wait.</param>
    public sealed record ProvenNotSent(DateTimeOffset RetryAt, string Reason, bool OnlyThis = false) : SendResult;

    /// <summary>It may have been accepted: never sent again, repaired by evidence.</summary>
    public sealed record Unknown(string Reason) : SendResult;
}

public sealed record Mailbox(string? Name, string Address);

/// <summary>A rendered message for exactly one person, ready for a sender.</summary>
/// <param name="Headers">Additional headers, such as the two of one-click unsubscribe; values never hold CR or LF.</param>
/// <param name="Category">The campaign key, for the provider's statistics.</param>
/// <param name="Reference"><c>CustomerKey.TouchId</c>: opaque, comes back on every event (rf_t).</param>
/// <param name="AttemptId">Opaque, comes back on every event (rf_a).</param>
/// <param name="InstanceId">Opaque, tells installations apart (rf_i).</param>
public sealed record OutboundMessage(
    Mailbox From,
    Mailbox ReplyTo,
    Mailbox To,
    string Subject,
    string Html,
    string Text,
    string Language,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    string Category,
    string Reference,
    string AttemptId,
    string InstanceId,
    DateTimeOffset At
)
{
    /// <summary>By text message and phone the address of <see cref="To"/> is a number, and subject and HTML are empty.</summary>
    public Customers.Channel Channel { get; init; }

    /// <summary>What a person of ours is told about the contact; null for e-mail.</summary>
    public HandOffBrief? Brief { get; init; }
}

/// <summary>What the person who calls or the one who uploads a list should know, in the business's own language.</summary>
/// <param name="WhyNow">What happened, and how this customer buys.</param>
/// <param name="MayOffer">What may be promised and until when; null when nothing may.</param>
/// <param name="Code">The customer's own code for it.</param>
/// <param name="OfferEndsOn">Last day of the offer.</param>
public sealed record HandOffBrief(string WhyNow, string? MayOffer, string? Code, DateOnly? OfferEndsOn);
