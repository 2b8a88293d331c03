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

    /// <summary>With the touch's slot taken (once), and slots older than the window dropped.</summary>
    public CapSlots Take(string touch, DateTimeOffset now, FrequencyCap cap) =>
        new([.. CountingAt(now, cap, touch), new CapSlot(touch, now)]);

    public CapSlots Free(string touch) => new([.. Taken.Where(s => !string.Equals(s.Touch, touch, StringComparison.Ordinal))]);

    public bool Holds(string touch) => Taken.Any(s => string.Equals(s.Touch, touch, StringComparison.Ordinal));

    public override string ToString() =>
        string.Join(' ', Taken.Select(s => s.Touch + "@" + s.At.ToString("O", CultureInfo.InvariantCulture)));

    public static CapSlots Parse(string? text) =>
        new([
            .. (text ?? "")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => part.Split('@'))
                .Select(p => new CapSlot(p[0], DateTimeOffset.ParseExact(p[1], "O", CultureInfo.InvariantCulture))),
        ]);

    private static TimeSpan Window(FrequencyCap cap) => TimeSpan.FromDays(cap.Days);
}

public sealed record CapSlot(string Touch, DateTimeOffset At);
