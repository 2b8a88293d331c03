using RetentionFuncs.Simulation.Plants;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Simulation.Worlds;

namespace RetentionFuncs.Simulation.Runs;

/// <summary>Lives through as many worlds as it takes to see so many touches.</summary>
/// <param name="Touches">At least so many, counted over whole worlds.</param>
/// <param name="Seed">The same seed gives the same worlds, whatever the machine and however many run side by side.</param>
/// <param name="Plant">A planted fault, or null.</param>
/// <param name="StopAtViolation">Ends after the batch of worlds in which a rule was broken.</param>
public sealed record SimulationRun(int Touches, ulong Seed, Plant? Plant = null, bool StopAtViolation = false)
{
    /// <summary>Worlds lived through side by side; a number of its own, so that a run ends at the same world everywhere.</summary>
    private int Batch => StopAtViolation ? 2 : 8;

    public Harshness Harshness { get; init; } = Harshness.Harsh;

    public SimulationSummary Run()
    {
        var results = new List<WorldResult>();
        for (var next = 0; results.Sum(r => r.Touches) < Touches; next += Batch)
        {
            var batch = new WorldResult[Batch];
            var first = next;
            Parallel.For(0, Batch, i => batch[i] = WorldResult.Of(OptionsOf(first + i)));
            results.AddRange(batch);
            if (StopAtViolation && batch.Any(r => r.Violations.Count > 0))
            {
                break;
            }
        }

        return new SimulationSummary(results);
    }

    /// <summary>One world in four has clocks that run wild.</summary>
    public WorldOptions OptionsOf(int world) =>
        new(new SimRandom(Seed + ((ulong)world * 0x9E3779B97F4A7C15UL)).Bits(), Harshness, world % 4 == 3, Plant);
}
