using RetentionFuncs.Simulation.Plants;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Worlds;

namespace RetentionFuncs.Simulation.Live;

/// <summary>A world on a real store, with real tasks.</summary>
/// <param name="Customers">1 or more; each is planned about ten touches in eleven days.</param>
/// <param name="Seed">Of the draws; what the tasks make of them differs from run to run.</param>
public sealed record LiveOptions(int Customers, ulong Seed)
{
    /// <summary>What goes wrong at a port, beside what the store's own way to it may bring.</summary>
    public FaultRates Calls { get; init; } =
        new(Crash: 0.005, Unavailable: 0.005, LostAnswer: 0.012, LongPause: 0) { Spared = Harshness.Harsh.Calls.Spared };

    public ProviderConduct Provider { get; init; } = Harshness.Harsh.Provider;

    /// <summary>Chance that a queued message exists twice, 0 to 1.</summary>
    public double Duplicated { get; init; } = 0.15;

    /// <summary>Workers on the queue, each a process of its own.</summary>
    public int Workers { get; init; } = 6;

    /// <summary>A fault planted to be found, or null.</summary>
    public Plant? Plant { get; init; }
}
