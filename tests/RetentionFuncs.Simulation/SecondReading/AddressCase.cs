using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.SecondReading;

/// <summary>What stands on one address, version by version.</summary>
internal sealed class AddressCase
{
    /// <summary>How much each word on file forbids, least first.</summary>
    private static readonly string[] Ranks = ["", "NoOffers", "Unsubscribed", "Manual", "Complaint", "HardBounce"];
    private readonly HashSet<(string Touch, string Attempt)> _ever = [];

    public Slot[] Slots { get; private set; } = [];

    /// <summary>0: nothing said.</summary>
    public int Refusal { get; private set; }

    public DateTimeOffset? PausedUntil { get; private set; }

    /// <summary>When the address last said no to everything, service included.</summary>
    public DateTimeOffset? DeadSince { get; private set; }

    public static int RankOf(string refusal) => Array.IndexOf(Ranks, refusal);

    public bool Blocks(string purpose) =>
        purpose switch
        {
            "Service" => Refusal >= RankOf("HardBounce"),
            "Promotion" => Refusal > 0,
            _ => Refusal > RankOf("NoOffers"),
        };

    public bool Holds(string touch, string attempt) => Array.Exists(Slots, s => s.Touch == touch && s.Attempt == attempt);

    public bool HasHeld(string touch, string attempt) => _ever.Contains((touch, attempt));

    /// <summary>Takes in the next version; tells which slots came and which went, and what is wrong with the version itself.</summary>
    public (Slot[] Came, Slot[] Went, string? Wrong) Read(DateTimeOffset at, PropertyBag? row)
    {
        var (before, refusal, paused) = (Slots, Refusal, PausedUntil);
        Slots = Slot.AllIn(row?.TextOrNull("slots"));
        Refusal = RankOf(row?.TextOrNull("suppressed") ?? "");
        PausedUntil = row?.InstantOrNull("pausedUntil");
        if (Refusal == RankOf("HardBounce"))
        {
            DeadSince ??= at;
        }

        foreach (var slot in Slots)
        {
            _ever.Add((slot.Touch, slot.Attempt));
        }

        var wrong =
            Refusal < refusal ? $"a refusal ({Ranks[refusal]}) was wiped out"
            : paused is { } until && !(PausedUntil >= until) ? "a break was cut short"
            : Slots.DistinctBy(s => s.Touch).Count() != Slots.Length ? "a touch holds two slots"
            : null;
        return (Slots.Except(before).ToArray(), before.Except(Slots).ToArray(), wrong);
    }
}
