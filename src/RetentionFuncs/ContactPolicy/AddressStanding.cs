using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.ContactPolicy;

/// <summary>What is known of one address, whoever it belongs to: this is where a suppression and a cap slot meet (design S2).</summary>
/// <param name="Person">The first customer seen with it.</param>
/// <param name="Suppression">Why nothing of a kind may go there, or null.</param>
public sealed record AddressStanding(PersonKey? Person, Suppression? Suppression, CapSlots Slots)
{
    /// <summary>A break the person asked for, beside any suppression: nothing but service until it ends.</summary>
    public Pause? Pause { get; init; }

    /// <summary>Keys of the topics the person does not want to hear about, in order, parted by spaces; null without any.</summary>
    public string? RefusedTopics { get; init; }

    /// <summary>The last time a topic was refused; null without any.</summary>
    public DateTimeOffset? TopicsRefusedAt { get; init; }

    /// <summary>The newest wish for marketing mail that waits to be confirmed from here: at most one mail a day asks for it.</summary>
    public PendingRequest? Pending { get; init; }

    public bool Refuses(string topic) => RefusedTopics is { } refused && refused.Split(' ').Contains(topic, StringComparer.Ordinal);

    /// <summary>With these topics refused as well.</summary>
    public AddressStanding Refusing(IReadOnlyList<string> topics, DateTimeOffset now) =>
        topics.All(Refuses)
            ? this
            : this with
            {
                RefusedTopics = string.Join(
                    ' ',
                    topics
                        .Concat((RefusedTopics ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                        .Distinct(StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal)
                ),
                TopicsRefusedAt = now,
            };

    /// <summary>
    /// What a confirmed wish of <paramref name="asked"/> takes back: an unsubscription, refused offers or topics, a break, each only when
    /// it is not younger than the wish. A complaint, a hand and a dead mailbox stay.
    /// </summary>
    public AddressStanding LiftedBy(DateTimeOffset asked) =>
        this with
        {
            Suppression = Suppression is { Reason: <= SuppressionReason.Unsubscribed } s && s.At <= asked ? null : Suppression,
            Pause = Pause?.At <= asked ? null : Pause,
            RefusedTopics = TopicsRefusedAt <= asked ? null : RefusedTopics,
            TopicsRefusedAt = TopicsRefusedAt <= asked ? null : TopicsRefusedAt,
        };

    /// <summary>Whether a person may come back by confirming: nothing stronger than their own unsubscription stands in the way.</summary>
    public bool MayComeBack => Suppression is null or { Reason: <= SuppressionReason.Unsubscribed };

    /// <summary>Why a message of this purpose may not go at <paramref name="now"/>, and since when; null when it may.</summary>
    public (SuppressionReason? Reason, DateTimeOffset At)? Objection(Campaigns.MessagePurpose purpose, DateTimeOffset now) =>
        Suppression is { } s && s.Blocks(purpose) ? (s.Reason, s.At)
        : Pause is { } p && p.Until > now && purpose != Campaigns.MessagePurpose.Service ? (null, p.At)
        : null;

    public const string RowKey = "state";

    public static AddressStanding Unknown { get; } = new(null, null, CapSlots.None);

    public static PartitionId PartitionOf(AddressKey key) => new(StoreTable.Addresses, key.Value);

    public static AddressStanding Read(PropertyBag? bag) =>
        bag is null
            ? Unknown
            : new AddressStanding(
                bag.TextOrNull("person") is { } person ? new PersonKey(person) : null,
                bag.Has("suppressed")
                    ? new Suppression(bag.Choice<SuppressionReason>("suppressed"), bag.Instant("suppressedAt"), bag.Text("suppressedBy"))
                    : null,
                CapSlots.Parse(bag.TextOrNull("slots"))
            )
            {
                Pause = bag.Has("pausedUntil") ? new Pause(bag.Instant("pausedAt"), bag.Instant("pausedUntil")) : null,
                RefusedTopics = bag.TextOrNull("refusedTopics"),
                TopicsRefusedAt = bag.InstantOrNull("topicsRefusedAt"),
                Pending = bag.Has("pending") ? new PendingRequest(bag.Text("pending"), bag.Instant("pendingAt")) : null,
            };

    public PropertyBag ToBag()
    {
        var bag = new PropertyBag()
            .Set("person", Person?.Value)
            .Set("slots", Slots.Taken.Count == 0 ? null : Slots.ToString())
            .Set("pausedAt", Pause?.At)
            .Set("pausedUntil", Pause?.Until)
            .Set("refusedTopics", RefusedTopics)
            .Set("topicsRefusedAt", TopicsRefusedAt)
            .Set("pending", Pending?.Id)
            .Set("pendingAt", Pending?.At);
        return Suppression is null
            ? bag
            : bag.Set("suppressed", Suppression.Reason).Set("suppressedAt", Suppression.At).Set("suppressedBy", Suppression.Source);
    }
}

/// <param name="Id">Of the request on the contact.</param>
public sealed record PendingRequest(string Id, DateTimeOffset At);

/// <summary>A break from marketing in [At, Until).</summary>
public sealed record Pause(DateTimeOffset At, DateTimeOffset Until);

/// <summary>Our own "do not contact" on an address; it outranks any consent and no import takes it away.</summary>
/// <param name="Source">What brought it: a touch reference, <c>import</c>, a user's name.</param>
public sealed record Suppression(SuppressionReason Reason, DateTimeOffset At, string Source)
{
    /// <summary>Whether a message of this purpose may not go.</summary>
    public bool Blocks(Campaigns.MessagePurpose purpose) =>
        Reason switch
        {
            SuppressionReason.HardBounce => true,
            SuppressionReason.NoOffers => purpose == Campaigns.MessagePurpose.Promotion,
            _ => purpose != Campaigns.MessagePurpose.Service,
        };

    /// <summary>The stronger of two: what blocks more wins, else the earlier.</summary>
    public static Suppression Stronger(Suppression? known, Suppression news) => known is null || known.Reason < news.Reason ? news : known;
}

/// <summary>In ascending strength.</summary>
public enum SuppressionReason
{
    /// <summary>The person keeps care messages and refuses offers.</summary>
    NoOffers,

    /// <summary>The person asked for no more marketing.</summary>
    Unsubscribed,

    /// <summary>Put there by a person or a list.</summary>
    Manual,

    /// <summary>The person called a message spam.</summary>
    Complaint,

    /// <summary>The mailbox does not exist: nothing goes there.</summary>
    HardBounce,
}
