namespace RetentionFuncs.Simulation.Scheduling;

/// <summary>A running FNV-1a hash over everything that crossed a port, in order; two runs agree exactly when their hashes do.</summary>
public sealed class TraceHash
{
    private const ulong Prime = 1099511628211UL;

    public ulong Value { get; private set; } = 14695981039346656037UL;

    public long Entries { get; private set; }

    public void Add(string text)
    {
        Value = (With(Value, text) ^ 0x1F) * Prime;
        Entries++;
    }

    /// <summary>Two texts as one, with a space between them when there is a second.</summary>
    public void Add(string first, string? second)
    {
        var hash = With(Value, first);
        if (second is not null)
        {
            hash = With((hash ^ ' ') * Prime, second);
        }

        Value = (hash ^ 0x1F) * Prime;
        Entries++;
    }

    private static ulong With(ulong hash, string text)
    {
        foreach (var c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        return hash;
    }

    public void Add(long number) => Value = (Value ^ (ulong)number) * Prime;
}
