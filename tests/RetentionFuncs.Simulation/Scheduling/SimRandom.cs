namespace RetentionFuncs.Simulation.Scheduling;

/// <summary>A seeded source of chance (SplitMix64): the same seed gives the same run on every machine and runtime.</summary>
public sealed class SimRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 even bits.</summary>
    public ulong Bits()
    {
        _state += 0x9E3779B97F4A7C15UL;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>0 (included) to <paramref name="count"/> (excluded).</summary>
    public int Below(int count) => (int)(((Bits() >> 32) * (ulong)count) >> 32);

    /// <summary>0 (included) to 1 (excluded).</summary>
    public double Share() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Share() < probability;

    /// <summary>From <paramref name="least"/> (included) to <paramref name="most"/> (excluded).</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + TimeSpan.FromTicks((long)(Share() * (most - least).Ticks));

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>An independent source for one part of the world, so that a draw more in one part does not shift the others.</summary>
    public SimRandom Fork() => new(Bits());
}
