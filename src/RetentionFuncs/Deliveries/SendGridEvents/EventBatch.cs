namespace RetentionFuncs.Deliveries.SendGridEvents;

/// <summary>What one post of SendGrid's event webhook held.</summary>
/// <param name="Events">About messages that carry our reference, in the order they stood.</param>
/// <param name="Odd">Marked as ours and yet unreadable, or no event at all.</param>
/// <param name="OtherMail">Events of other mail of the account.</param>
/// <param name="UnknownKinds">Events about ours of a kind that says nothing about a delivery.</param>
public sealed record EventBatch(IReadOnlyList<ReceivedEvent> Events, IReadOnlyList<OddEvent> Odd, int OtherMail, int UnknownKinds);

/// <param name="Instance">The installation that sent the message (rf_i), when it is told.</param>
/// <param name="Raw">What SendGrid said, as JSON, without what is personal.</param>
public sealed record ReceivedEvent(DeliveryEvent Event, string? Instance, string Raw);

/// <param name="Problem">What is wrong with it, as a clause.</param>
/// <param name="Raw">As much of it as may be kept; may be empty.</param>
public sealed record OddEvent(string Problem, string Raw);
