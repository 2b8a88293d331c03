using System.Text.Json;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>The few hundred property names there are, kept so that reading a row does not make them again. Races only lose a slot.</summary>
internal static class PropertyNames
{
    private const int Slots = 1024;
    private static readonly string?[] Known = new string?[Slots];

    /// <summary>The name the reader stands on.</summary>
    public static string Of(ref Utf8JsonReader reader)
    {
        var slot = SlotOf(reader.ValueSpan);
        if (Known[slot] is { } known && reader.ValueTextEquals(known))
        {
            return known;
        }

        return Known[slot] = reader.GetString()!;
    }

    private static int SlotOf(ReadOnlySpan<byte> name)
    {
        var hash = 17u;
        foreach (var unit in name)
        {
            hash = unchecked((hash * 31) + unit);
        }

        return (int)(hash % Slots);
    }
}
