using System.Globalization;

namespace RetentionFuncs.ContactPolicy;

/// <summary>The cap slots taken by one customer or one address: which touch took one, and when. Immutable; text form for a row.</summary>
public sealed record CapSlots(IReadOnlyList<CapSlot> Taken)
{
    public static CapSlots None { get; } = new([]);

    /// <summary>Slots that still count at <paramref name="now"/>, the touch's own left out: those taken in (now − window, now].</summary>
    public IEnumerable<CapSlot> CountingAt(DateTimeOffset now, FrequencyCap cap, string touch) =>
        Taken.Where(s => s.At + Window(cap) > now && !string.Equals(s.Touch, touch, StringComparison.Ordinal));

    /// <summary>When a slot becomes free for this touch: now, or the moment the oldest counting one leaves the window.</summary>
    public DateTimeOffset FreeAt(DateTimeOffset now, FrequencyCap cap, string touch)
    {
        var counting = CountingAt(now, cap, touch).Select(s => s.At).Order().ToArray();
        return counting.Length < cap.Messages ? now : counting[counting.Length - cap.Messages] + Window(cap);
    }

    /// <summary>With the touch's slot taken by this attempt (one slot a touch), and slots older than the window dropped.</summary>
    public CapSlots Take(string touch, string attempt, DateTimeOffset now, FrequencyCap cap) =>
        new([.. CountingAt(now, cap, touch), new CapSlot(touch, now, attempt)]);

    /// <summary>Without the slot of exactly this attempt: a late answer of an earlier one must not free what a later one took.</summary>
    public CapSlots Free(string touch, string attempt) =>
        Holds(touch, attempt) ? new([.. Taken.Where(s => !s.IsOf(touch, attempt))]) : this;

    public bool Holds(string touch, string attempt) => Taken.Any(s => s.IsOf(touch, attempt));

    public override string ToString() =>
        string.Join(' ', Taken.Select(s => $"{s.Touch}@{s.At.ToString("O", CultureInfo.InvariantCulture)}@{s.Attempt}"));

    /// <summary>Read at every look at a customer or an address, so without the pieces that splitting would leave behind.</summary>
    /// <exception cref="FormatException">Not the text of slots.</exception>
    public static CapSlots Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return None;
        }

        var slots = new List<CapSlot>();
        var whole = text.AsSpan();
        foreach (var range in whole.Split(' '))
        {
            if (whole[range] is { Length: > 0 } slot)
            {
                slots.Add(One(slot));
            }
        }

        return new(slots);
    }

    private static CapSlot One(ReadOnlySpan<char> slot)
    {
        var (first, last) = (slot.IndexOf('@'), slot.LastIndexOf('@'));
        return first >= 0 && last > first
            ? new CapSlot(
                slot[..first].ToString(),
                DateTimeOffset.ParseExact(slot[(first + 1)..last], "O", CultureInfo.InvariantCulture),
                slot[(last + 1)..].ToString()
            )
            : throw new FormatException($"'{slot}' is not a cap slot.");
    }

    private static TimeSpan Window(FrequencyCap cap) => TimeSpan.FromDays(cap.Days);
}

/// <param name="Attempt">The claim that took it, or <c>control</c>.</param>
public sealed record CapSlot(string Touch, DateTimeOffset At, string Attempt)
{
    public const string Control = "control";

    public bool IsOf(string touch, string attempt) =>
        string.Equals(Touch, touch, StringComparison.Ordinal) && string.Equals(Attempt, attempt, StringComparison.Ordinal);
}
