using System.Globalization;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Histories;

/// <summary>How the checker reads rows: by the names on disk, not by the product's own readers.</summary>
internal static class StoredState
{
    public const string Touch = "touch|";

    /// <summary>Whether what stands on an address blocks a message of this purpose at that moment.</summary>
    public static bool Blocks(PropertyBag? address, string purpose, DateTimeOffset at) =>
        address?.TextOrNull("suppressed") switch
        {
            null => IsPaused(address, purpose, at),
            "HardBounce" => true,
            "NoOffers" => purpose == "Promotion" || IsPaused(address, purpose, at),
            _ => purpose != "Service",
        };

    private static bool IsPaused(PropertyBag? address, string purpose, DateTimeOffset at) =>
        purpose != "Service" && address?.InstantOrNull("pausedUntil") > at;

    /// <summary><c>touch@instant@attempt touch@instant@attempt</c></summary>
    public static Dictionary<string, DateTimeOffset> Slots(PropertyBag? row)
    {
        var slots = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var text = (row?.TextOrNull("slots") ?? "").AsSpan();
        foreach (var range in text.Split(' '))
        {
            if (text[range] is { Length: > 0 } slot)
            {
                var first = slot.IndexOf('@');
                var moment = slot[(first + 1)..];
                slots.Add(
                    slot[..first].ToString(),
                    DateTimeOffset.ParseExact(moment[..moment.IndexOf('@')], "O", CultureInfo.InvariantCulture)
                );
            }
        }

        return slots;
    }
}

/// <summary>What is known of one touch at a point of the history.</summary>
internal sealed class TouchStory(string reference, PropertyBag row)
{
    public string Reference => reference;

    /// <summary>The row as last committed.</summary>
    public PropertyBag Row { get; set; } = row;

    public string State => Row.Text("state");

    public string? Attempt => Row.TextOrNull("attemptId");

    public string Purpose => Row.Text("purpose");

    public string? Address => Row.TextOrNull("address");

    public HashSet<string> Attempts { get; } = new(StringComparer.Ordinal);

    /// <summary>The moment by which the newest claim took its slot on the address, once it has.</summary>
    public DateTimeOffset? SlotAt { get; set; }

    /// <summary>Whether a no stood on the address in the very row that took the slot, or before the claim began.</summary>
    public bool SaidNo { get; set; }

    public int Accepted { get; set; }

    public string? AcceptedAttempt { get; set; }

    public bool Heard { get; set; }
}
