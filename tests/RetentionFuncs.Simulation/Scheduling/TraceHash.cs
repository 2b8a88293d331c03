namespace RetentionFuncs.Simulation.Scheduling;

/// <summary>A running FNV-1a hash over everything that crossed a port, in order; two runs agree exactly when their hashes do.</summary>
public sealed class TraceHash
{
    private const ulong Prime = 1099511628211UL;

    public ulong Value { get; private set; } = 14695981039346656037UL;

    public long Entries { get; private set; }

    public void Add(string text)
    {
        var hash = Value;
        foreach (var c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        Value = (hash ^ 0x1F) * Prime;
        Entries++;
    }

    public void Add(long number) => Value = (Value ^ (ulong)number) * Prime;
}
