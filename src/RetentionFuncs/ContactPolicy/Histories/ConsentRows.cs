using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Storage;

namespace RetentionFuncs.ContactPolicy.Histories;

/// <summary>
/// The form of the consent history. Each row holds its payload; the hash of the payload with the customer's salt; and the seal, a keyed
/// hash over the seal before it, its number and the payload's hash. So the payload and the salt may be dropped and every seal still holds.
/// </summary>
public static class ConsentRows
{
    /// <summary>Stands before the first row.</summary>
    public const string Beginning = "";

    private static readonly string[] Payload =
    [
        "act",
        "contact",
        "channel",
        "address",
        "state",
        "basis",
        "source",
        "words",
        "detail",
        "from",
        "occurredAt",
        "recordedAt",
        "confirmedAt",
    ];

    public static string KeyOf(int number) => CustomerPartition.ConsentPrefix + number.ToString("00000000", CultureInfo.InvariantCulture);

    /// <summary>The row of an entry, sealed after <paramref name="before"/>.</summary>
    public static PropertyBag ToBag(ConsentEntry entry, string before, string salt, InstanceSecret secret)
    {
        var bag = new PropertyBag()
            .Set("number", entry.Number)
            .Set("act", entry.Act)
            .Set("contact", entry.Contact.Value)
            .Set("channel", entry.Channel)
            .Set("address", entry.Address?.Value)
            .Set("state", entry.State?.ToString())
            .Set("basis", entry.Basis?.ToString())
            .Set("source", entry.Source)
            .Set("words", entry.Words)
            .Set("detail", entry.Detail)
            .Set("from", entry.From)
            .Set("occurredAt", entry.OccurredAt)
            .Set("recordedAt", entry.RecordedAt)
            .Set("confirmedAt", entry.ConfirmedAt);
        var payload = PayloadHash(bag, salt);
        return bag.Set("payload", payload).Set("before", before).Set("seal", Seal(secret, before, entry.Number, payload));
    }

    /// <exception cref="InvalidDataException">The payload was dropped.</exception>
    public static ConsentEntry Read(PropertyBag bag) =>
        new(
            (int)bag.Integer("number"),
            bag.Choice<ConsentAct>("act"),
            new ContactKey(bag.Text("contact")),
            bag.Choice<Channel>("channel"),
            bag.TextOrNull("address") is { } address ? new AddressKey(address) : null,
            bag.Has("state") ? bag.Choice<ConsentState>("state") : null,
            bag.Has("basis") ? bag.Choice<ConsentBasis>("basis") : null,
            bag.Text("source"),
            bag.TextOrNull("words"),
            bag.TextOrNull("detail"),
            bag.TextOrNull("from"),
            bag.Instant("occurredAt"),
            bag.Instant("recordedAt"),
            bag.InstantOrNull("confirmedAt")
        );

    /// <summary>The row without what it says of anybody: what an erasure leaves, so that the chain stays whole.</summary>
    public static PropertyBag WithoutPayload(PropertyBag row) =>
        new PropertyBag()
            .Set("number", row.Integer("number"))
            .Set("payload", row.Text("payload"))
            .Set("before", row.Text("before"))
            .Set("seal", row.Text("seal"));

    internal static bool HasPayload(PropertyBag row) => row.Has("act");

    internal static string PayloadHash(PropertyBag row, string salt) =>
        Base32.Encode(SHA256.HashData(Whole([salt, .. Payload.Select(name => row.TextOrNull(name) ?? "")])), 52);

    internal static string Seal(InstanceSecret secret, string before, long number, string payload) =>
        Base32.Encode(secret.ConsentTag(Whole(["consent/1", before, number.ToString(CultureInfo.InvariantCulture), payload])), 52);

    /// <summary>The salted hash of the network address behind a press of a button.</summary>
    internal static string? HashOf(string? networkAddress, string salt) =>
        networkAddress is null ? null : Base32.Encode(SHA256.HashData(Whole(["from", salt, networkAddress])), 26);

    /// <summary>Each part with its length before it, so that no two lists of parts share a form.</summary>
    private static byte[] Whole(IEnumerable<string> parts)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            bytes.Write(length);
            bytes.Write(text);
        }

        return bytes.ToArray();
    }
}
