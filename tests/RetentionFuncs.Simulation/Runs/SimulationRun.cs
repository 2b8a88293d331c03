using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Plants;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Simulation.Worlds;

namespace RetentionFuncs.Simulation.Runs;

/// <summary>Lives through as many worlds as it takes to see so many touches.</summary>
/// <param name="Touches">At least so many, counted over whole worlds.</param>
/// <param name="Seed">The same seed gives the same worlds, whatever the machine and however many run side by side.</param>
/// <param name="Plant">A planted fault, or null.</param>
/// <param name="Until">Ends after the world in which this rule was broken, or null.</param>
public sealed record SimulationRun(int Touches, ulong Seed, Plant? Plant = null, Rule? Until = null)
{
    /// <summary>Worlds lived through side by side; a number of its own, so that a run ends at the same world everywhere.</summary>
    private int Batch => Until is null ? 4 : 1;

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
            if (batch.Any(r => r.Violations.Any(v => v.Rule == Until)))
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
