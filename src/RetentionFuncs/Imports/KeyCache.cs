namespace RetentionFuncs.Imports;

/// <summary>Remembers the keys of the groups met last: a keyed hash costs more than reading the row.</summary>
internal sealed class KeyCache(Func<string, string> keyOf)
{
    private const int Slots = 1 << 16;
    private readonly (string Group, string Key)[] _slots = new (string, string)[Slots];

    public string Of(string group)
    {
        ref var slot = ref _slots[string.GetHashCode(group, StringComparison.Ordinal) & (Slots - 1)];
        if (!string.Equals(slot.Group, group, StringComparison.Ordinal))
        {
            slot = (group, keyOf(group));
        }

        return slot.Key;
    }
}
