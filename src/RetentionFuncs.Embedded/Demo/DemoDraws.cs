namespace RetentionFuncs.Embedded.Demo;

/// <summary>
/// Uniform draws that hang on what they are for (seed, customer, day, purpose) and on nothing else. A customer's day is drawn alike
/// whether or not they were treated, so two arms differ by the treatment alone, and nobody's fate moves when another's does.
/// </summary>
public sealed class DemoDraws(int seed)
{
    /// <summary>0 included, 1 excluded.</summary>
    public double Uniform(int customer, int day, DemoDraw purpose) =>
        (Mix(Mix(Mix(Mix((uint)seed) ^ (uint)customer) ^ (uint)day) ^ (uint)purpose) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A generator of one customer's own traits.</summary>
    public Random Traits(int customer) => new((int)Mix(Mix((uint)seed) ^ (uint)customer ^ 0x5eed_0000_0000UL));

    // SplitMix64's finaliser over its golden-ratio step (Steele, Lea, Flood, OOPSLA 2014).
    private static ulong Mix(ulong x)
    {
        x += 0x9e3779b97f4a7c15;
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }
}

/// <summary>What a draw is for; the numbers are part of the generated shop, so new ones go to the end.</summary>
public enum DemoDraw
{
    Buys = 1,
    DropsOut,
    Hour,
    Basket,
    UsesCoupon,
    Complains,
    Unsubscribes,
    Delivery,
    Habit,
    Sale,
    Experience,
}
