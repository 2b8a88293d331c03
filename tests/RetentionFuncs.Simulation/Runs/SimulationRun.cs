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
    /// <summary>Customers of a large world: as many as make a day's planning and sending outweigh the timers that find nothing.</summary>
    public const int Many = 2400;

    /// <summary>Customers of a rush world: fewer, because each collection of memory looks at all that a world holds.</summary>
    public const int ManyInARush = 1800;

    public Harshness Harshness { get; init; } = Harshness.Harsh;

    /// <summary>Worlds lived through side by side, each on a thread of its own; what comes out does not depend on it.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>The first so many worlds are small, and of those after them every eighth.</summary>
    public int SmallWorlds { get; init; } = 40;

    /// <summary>Set: each job is a process of its own, begun with these arguments.</summary>
    internal IReadOnlyList<string>? ProcessArguments { get; init; }

    /// <summary>After the small worlds: rush days only, and no weeks.</summary>
    public bool Rush { get; init; }

    public SimulationSummary Run()
    {
        var living = new LivingWorlds(this);
        var threads = Enumerable.Range(0, Jobs).Select(_ => new Thread(living.Work)).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        return new SimulationSummary(living.Lived());
    }

    /// <summary>One world in four has clocks that run wild.</summary>
    public WorldOptions OptionsOf(int world) =>
        new(
            new SimRandom(Seed + ((ulong)world * 0x9E3779B97F4A7C15UL)).Bits(),
            IsSmall(world) || Harshness != Harshness.Harsh ? Harshness
                : Rush ? Harshness.Rush
                : Harshness.Busy,
            world % 4 == 3,
            Plant
        )
        {
            Customers =
                IsSmall(world) ? SimShop.Few
                : Rush ? ManyInARush
                : Many,
            Shop = Rush && !IsSmall(world) ? ShopPlan.Rush : ShopPlan.Weeks,
        };

    private bool IsSmall(int world) => world < SmallWorlds || (!Rush && world % 8 == 0);

    /// <summary>Hands out worlds in order until those from the first on have seen enough; what was begun beyond them does not count.</summary>
    private sealed class LivingWorlds(SimulationRun run)
    {
        private readonly Lock _gate = new();
        private readonly SortedDictionary<int, WorldResult> _done = [];
        private Exception? _failure;
        private int _next;
        private int _whole;
        private int _touches;
        private bool _enough;

        public void Work()
        {
            using var process = run.ProcessArguments is { } args ? new WorldProcess(args) : null;
            while (Next() is { } world)
            {
                try
                {
                    var result = process?.Live(world) ?? WorldResult.Of(run.OptionsOf(world));
                    lock (_gate)
                    {
                        _done[world] = result;
                        Count();
                    }
                }
                catch (Exception e)
                {
                    lock (_gate)
                    {
                        (_failure, _enough) = (e, true);
                    }
                }
            }
        }

        public IReadOnlyList<WorldResult> Lived() =>
            _failure is { } e
                ? throw new InvalidOperationException("A world could not be lived through.", e)
                : [.. _done.Values.Take(_whole)];

        private int? Next()
        {
            lock (_gate)
            {
                return _enough ? null : _next++;
            }
        }

        private void Count()
        {
            while (!_enough && _done.TryGetValue(_whole, out var result))
            {
                _whole++;
                _touches += result.Touches;
                _enough = _touches >= run.Touches || result.Violations.Any(v => v.Rule == run.Until);
            }
        }
    }
}
