using RetentionFuncs.Customers;

namespace RetentionFuncs.ContactPolicy.Histories;

/// <summary>What happened to a permission.</summary>
public enum ConsentAct
{
    /// <summary>A yes or no on one channel.</summary>
    Answered,

    /// <summary>An answer from before there was a history, written down when the history began.</summary>
    FoundOnFile,

    /// <summary>Marketing mail was asked for; it counts once confirmed.</summary>
    Requested,

    /// <summary>An import that had told the answer was undone: what stands in this entry is the answer again, or none.</summary>
    TakenBack,

    /// <summary>Topics were refused.</summary>
    TopicsRefused,

    /// <summary>A confirmed request took back an unsubscription, refused offers or topics, or a break at the address.</summary>
    Lifted,
}

/// <summary>One row of a customer's consent history: who agreed to what, when, where and on which words.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Address">The keyed hash of the address it was about, or null.</param>
/// <param name="Source">Where it was said.</param>
/// <param name="Words">Which version of the shop's text, or null when not told.</param>
/// <param name="Detail">The topics, the id of the request, what was lifted; else null.</param>
/// <param name="From">Salted hash of the network address that pressed the button; else null.</param>
public sealed record ConsentEntry(
    int Number,
    ConsentAct Act,
    ContactKey Contact,
    Channel Channel,
    AddressKey? Address,
    ConsentState? State,
    ConsentBasis? Basis,
    string Source,
    string? Words,
    string? Detail,
    string? From,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    DateTimeOffset? ConfirmedAt
)
{
    public static ConsentEntry Of(
        ConsentAct act,
        Contact contact,
        Channel channel,
        AddressKey? address,
        string source,
        DateTimeOffset now,
        string? detail = null
    ) => new(0, act, contact.Key, channel, address, null, null, source, null, detail, null, now, now, null);

    public static ConsentEntry Of(ConsentAct act, Contact contact, Channel channel, AddressKey? address, Consent answer) =>
        new(
            0,
            act,
            contact.Key,
            channel,
            address,
            answer.State,
            answer.Basis,
            answer.Source,
            answer.Words,
            null,
            null,
            answer.OccurredAt,
            answer.RecordedAt,
            answer.ConfirmedAt
        );
}
