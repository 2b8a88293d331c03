using System.Globalization;

namespace RetentionFuncs.Simulation.SecondReading;

/// <summary>One cap slot as it stands in a row: <c>touch@moment@attempt</c>.</summary>
internal readonly record struct Slot(string Touch, DateTimeOffset At, string Attempt)
{
    public static Slot[] AllIn(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        var parts = text.Split(' ');
        var slots = new Slot[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            var (first, last) = (parts[i].IndexOf('@', StringComparison.Ordinal), parts[i].LastIndexOf('@'));
            slots[i] = new Slot(
                parts[i][..first],
                DateTimeOffset.Parse(parts[i].AsSpan(first + 1, last - first - 1), CultureInfo.InvariantCulture),
                parts[i][(last + 1)..]
            );
        }

        return slots;
    }
}
