using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.ContactPolicy;

/// <summary>What is known of one address, whoever it belongs to: this is where a suppression and a cap slot meet (design S2).</summary>
/// <param name="Person">The first customer seen with it.</param>
/// <param name="Suppression">Why nothing of a kind may go there, or null.</param>
public sealed record AddressStanding(PersonKey? Person, Suppression? Suppression, CapSlots Slots)
{
    public const string RowKey = "state";

    public static AddressStanding Unknown { get; } = new(null, null, CapSlots.None);

    public static PartitionId PartitionOf(AddressKey key) => new(StoreTable.Addresses, key.Value);

    public static AddressStanding Read(PropertyBag? bag) =>
        bag is null
            ? Unknown
            : new AddressStanding(
                bag.TextOrNull("person") is { } person ? new PersonKey(person) : null,
                bag.Has("suppressed")
                    ? new Suppression(
                        bag.Choice<SuppressionReason>("suppressed"),
                        bag.Instant("suppressedAt"),
                        bag.Text("suppressedBy"),
                        bag.InstantOrNull("suppressedUntil")
                    )
                    : null,
                CapSlots.Parse(bag.TextOrNull("slots"))
            );

    public PropertyBag ToBag()
    {
        var bag = new PropertyBag().Set("person", Person?.Value).Set("slots", Slots.Taken.Count == 0 ? null : Slots.ToString());
        return Suppression is null
            ? bag
            : bag.Set("suppressed", Suppression.Reason)
                .Set("suppressedAt", Suppression.At)
                .Set("suppressedBy", Suppression.Source)
                .Set("suppressedUntil", Suppression.EndsAt);
    }
}

/// <summary>Our own "do not contact" on an address; it outranks any consent and no import takes it away.</summary>
/// <param name="Source">What brought it: a touch reference, <c>import</c>, a user's name.</param>
/// <param name="EndsAt">For a pause, the moment from which mail may come again; null for the others, which do not end by themselves.</param>
public sealed record Suppression(SuppressionReason Reason, DateTimeOffset At, string Source, DateTimeOffset? EndsAt = null)
{
    /// <summary>Whether a message of this purpose may not go at <paramref name="now"/>.</summary>
    public bool Blocks(Campaigns.MessagePurpose purpose, DateTimeOffset now) =>
        Reason switch
        {
            _ when EndsAt <= now => false,
            SuppressionReason.HardBounce => true,
            SuppressionReason.NoOffers => purpose == Campaigns.MessagePurpose.Promotion,
            _ => purpose != Campaigns.MessagePurpose.Service,
        };

    /// <summary>The stronger of two: what blocks more wins, else the earlier; one that has ended by then gives way.</summary>
    public static Suppression Stronger(Suppression? known, Suppression news) =>
        known is null || known.Reason < news.Reason || known.EndsAt <= news.At ? news : known;
}

/// <summary>In ascending strength.</summary>
public enum SuppressionReason
{
    /// <summary>The person wants nothing for some time; ends by itself.</summary>
    Paused,

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
