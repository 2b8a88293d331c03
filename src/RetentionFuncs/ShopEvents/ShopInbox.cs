using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Identity;
using RetentionFuncs.Queues;
using RetentionFuncs.Storage;

namespace RetentionFuncs.ShopEvents;

/// <summary>Where an event waits: one of sixteen partitions, and the hash of its id as row key.</summary>
public readonly record struct InboxPlace(string Shard, string Key)
{
    private const int KeyLength = 26;

    public PartitionId Partition => PartitionOf(Shard);

    public static PartitionId PartitionOf(string shard) => new(StoreTable.Inbox, "shop-events|" + shard);

    public static InboxPlace Of(string eventId)
    {
        var key = Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(eventId)), KeyLength);
        return new(Shards.Name(((key[0] * 31) + key[1]) % Shards.Count), key);
    }

    public static bool TryParse(string reference, out InboxPlace place)
    {
        var dot = reference.IndexOf('.', StringComparison.Ordinal);
        place = dot < 0 ? default : new(reference[..dot], reference[(dot + 1)..]);
        return dot == 2 && place.Key.Length == KeyLength && place.Key.All(char.IsAsciiLetterOrDigit);
    }

    /// <summary>What a message carries: nothing of the person.</summary>
    public override string ToString() => $"{Shard}.{Key}";
}

/// <summary>An event as it came in, word for word, until it is applied.</summary>
/// <param name="Seq">Of its newest message.</param>
/// <param name="RefusedBecause">Why it was put aside for a person, or null.</param>
public sealed record WaitingEvent(
    InboxPlace Place,
    string Id,
    string Json,
    DateTimeOffset ReceivedAt,
    DateTimeOffset QueuedAt,
    int Seq,
    string? RefusedBecause
)
{
    /// <summary>Longest event, in UTF-16 units.</summary>
    public const int MaxLength = 256 * 1024;

    private const string Body = "body";

    public QueueMessage Message => new(QueueMessage.CurrentSchema, Place.ToString(), Purposes.ApplyEvent, Seq);

    public PropertyBag ToBag()
    {
        var bag = new PropertyBag()
            .Set("eventId", Id)
            .Set("receivedAt", ReceivedAt)
            .Set("queuedAt", QueuedAt)
            .Set("seq", Seq)
            .Set("refusedBecause", RefusedBecause);
        foreach (var (part, i) in Parts(Json).Select((p, i) => (p, i)))
        {
            bag.Set($"{Body}{i}", part);
        }

        return bag;
    }

    public static WaitingEvent Read(InboxPlace place, PropertyBag bag)
    {
        var json = new StringBuilder();
        for (var i = 0; bag.TextOrNull($"{Body}{i}") is { } part; i++)
        {
            json.Append(part);
        }

        return new(
            place,
            bag.Text("eventId"),
            json.ToString(),
            bag.Instant("receivedAt"),
            bag.Instant("queuedAt"),
            (int)bag.Integer("seq"),
            bag.TextOrNull("refusedBecause")
        );
    }

    /// <summary>A property holds so much and no half character.</summary>
    private static IEnumerable<string> Parts(string text)
    {
        for (var from = 0; from < text.Length; )
        {
            var length = Math.Min(RowLimits.TextLength, text.Length - from);
            length -= from + length < text.Length && char.IsHighSurrogate(text[from + length - 1]) ? 1 : 0;
            yield return text.Substring(from, length);
            from += length;
        }
    }
}
