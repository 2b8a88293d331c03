using System.Diagnostics;
using System.Globalization;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Plants;

namespace RetentionFuncs.Simulation.Runs;

/// <summary>What it took to catch one planted fault.</summary>
/// <param name="Worlds">Small worlds lived through until it was caught, or as many as were allowed.</param>
/// <param name="Took">Of one core, by the clock on the wall.</param>
/// <param name="First">Rules that the first reader found broken; <paramref name="Second"/> those of the second.</param>
public sealed record PlantTrial(Plant Plant, int Worlds, int Touches, TimeSpan Took, IReadOnlySet<Rule> First, IReadOnlySet<Rule> Second)
{
    private const int MostWorlds = 24;

    /// <summary>By everyone who must, and by the rule that was named beforehand.</summary>
    public bool IsFound => IsCaught(Plant, First, Second);

    public static PlantTrial Of(Plant plant, ulong seed)
    {
        var run = new SimulationRun(0, seed, plant);
        var (first, second) = (new SortedSet<Rule>(), new SortedSet<Rule>());
        var (worlds, touches, watch) = (0, 0, Stopwatch.StartNew());
        while (worlds < MostWorlds && !IsCaught(plant, first, second))
        {
            var result = WorldResult.Of(run.OptionsOf(worlds++));
            touches += result.Touches;
            first.UnionWith(result.Violations.Select(v => v.Rule));
            second.UnionWith(result.SecondReading.Select(v => v.Rule));
        }

        return new PlantTrial(plant, worlds, touches, watch.Elapsed, first, second);
    }

    /// <summary>Tries each and tells of each as it is done; the rows come in the order of the list.</summary>
    public static IReadOnlyList<PlantTrial> Run(IReadOnlyList<Plant> plants, ulong seed, int jobs, Action<PlantTrial> told)
    {
        var trials = new PlantTrial[plants.Count];
        Parallel.For(
            0,
            plants.Count,
            new ParallelOptions { MaxDegreeOfParallelism = jobs },
            i =>
            {
                trials[i] = Of(plants[i], seed);
                lock (trials)
                {
                    told(trials[i]);
                }
            }
        );
        return trials;
    }

    /// <summary>As a row of the table in the README.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| `{Plant.Name}` | {Plant.What} | {string.Join(", ", First)} | {string.Join(", ", Second)} | {Worlds} | {Touches:N0} | {Took.TotalSeconds:F1} |{(IsFound ? "" : " NOT FOUND")}"
        );

    private static bool IsCaught(Plant plant, SortedSet<Rule> first, SortedSet<Rule> second) =>
        IsCaught(plant, (IReadOnlySet<Rule>)first, second);

    private static bool IsCaught(Plant plant, IReadOnlySet<Rule> first, IReadOnlySet<Rule> second) =>
        plant.FoundBy == FoundBy.Second ? second.Contains(plant.Breaks) : first.Contains(plant.Breaks) && second.Count > 0;
}
