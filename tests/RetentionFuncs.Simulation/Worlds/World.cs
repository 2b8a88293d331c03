using RetentionFuncs.Identity;
using RetentionFuncs.Messages;
using RetentionFuncs.Runs;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Worlds;

/// <summary>
/// Eleven days of a shop in virtual time, with everything going wrong that may, and six days to come to rest. Nothing outside the seed
/// enters.
/// </summary>
internal sealed class World
{
    private readonly Dictionary<string, SimClock> _clocks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _jumps = new(StringComparer.Ordinal);
    private readonly List<SimProcess> _processes = [];

    public World(WorldOptions options)
    {
        Options = options;
        var random = new SimRandom(options.Seed);
        Start = new DateTimeOffset(2026, 1, 5, 5, 0, 0, TimeSpan.Zero).AddDays(random.Below(12) * 28);
        Scheduler = new SimScheduler(random.Bits(), Start);
        Faults = new FaultPlan(random.Fork(), options.Harshness.Calls);
        var calls = new PortCalls(Scheduler, Faults) { Watched = options.Watched };
        var clock = new SimClock(Scheduler);
        Random = random.Fork();
        Ids = new SimIds(random.Fork());
        Store = new SimRowStore(calls)
        {
            Committed = Note,
            Describe = CrashPoints.Describe,
            MaxPageRows = options.Shop.PageRows,
        };
        Queue = new SimQueue(calls, clock, random.Fork(), options.Harshness.Queue)
        {
            Failed = NoteFailure,
            CallersNow = () => (Scheduler.Current is { } life ? ClockOf(life.Name) : clock).GetUtcNow(),
        };
        RunQueue = new SimQueue(calls, clock, random.Fork(), options.Harshness.Queue)
        {
            Failed = NoteFailure,
            CallersNow = Queue.CallersNow,
        };
        Provider = new SimProvider(calls, clock, random.Fork(), options.Harshness.Provider)
        {
            Taken = submission => History.Add(new HistoryEvent.Accepted(Scheduler.Now, submission)),
        };
        People = new People(this, random.Fork());
    }

    public static InstanceSecret Secret { get; } = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    public static MessageRenderer Renderer { get; } = new();

    public WorldOptions Options { get; }

    public DateTimeOffset Start { get; }

    public DateTimeOffset ActiveUntil => Start.AddDays(Options.Shop.ActiveDays);

    public SimScheduler Scheduler { get; }

    public FaultPlan Faults { get; }

    public SimRandom Random { get; }

    public SimIds Ids { get; }

    public SimRowStore Store { get; }

    /// <summary>Messages to send.</summary>
    public SimQueue Queue { get; }

    /// <summary>Shards of timers' runs, which wait by themselves.</summary>
    public SimQueue RunQueue { get; }

    public SimProvider Provider { get; }

    public People People { get; }

    public HistoryFeed History { get; } = new();

    public IReadOnlyList<SimProcess> Processes => _processes;

    /// <summary>A process that comes back after each crash.</summary>
    public SimProcess Spawn(string name, Func<SimLife, Task> program)
    {
        var process = new SimProcess(Scheduler, name, program, Options.Harshness.Downtime);
        _processes.Add(process);
        return process;
    }

    /// <summary>The clock of a process: of its machine, so it outlives a crash.</summary>
    public SimClock ClockOf(string process) =>
        _clocks.TryGetValue(process, out var clock) ? clock : _clocks[process] = new SimClock(Scheduler);

    public void Skew(string process, TimeSpan skew)
    {
        ClockOf(process).Skew = skew;
        _jumps[process] = Scheduler.Now;
    }

    /// <summary>Whether the clock was left alone for so long that nothing read before its jump is still in use.</summary>
    public bool ClockIsSteady(string process) => !_jumps.TryGetValue(process, out var jump) || Scheduler.Now - jump > TimeSpan.FromHours(9);

    /// <summary>An exception at the edge of a process: a host retries what the outside failed at, and nothing else is expected.</summary>
    public void NoteFailure(Exception exception)
    {
        var expected = exception is StoreUnavailableException or Queues.QueueUnavailableException;
        if (!expected && !(Options.WildClocks && exception is ArgumentOutOfRangeException))
        {
            History.Add(new HistoryEvent.Threw(Scheduler.Now, Scheduler.Current?.Name ?? "world", exception));
        }
    }

    /// <summary>After a restore: nobody lets anything go on.</summary>
    public bool IsQuarantined { get; set; }

    /// <summary>Lives through the world and leaves it at rest.</summary>
    public void Run()
    {
        Open();
        Finish();
    }

    /// <summary>Everything is on file and everybody at work; no time has passed.</summary>
    public void Open()
    {
        Opening.Open(this);
        Staff.Hire(this);
    }

    /// <summary>Lives through what is left.</summary>
    public void Finish()
    {
        Scheduler.RunUntil(ActiveUntil);
        (Faults.Active, Queue.Disturbed, RunQueue.Disturbed, Provider.Disturbed, People.Active) = (false, false, false, false, false);
        foreach (var clock in _clocks.Values)
        {
            clock.Skew = TimeSpan.Zero;
        }

        Scheduler.RunUntil(ActiveUntil.AddDays(Options.Shop.RestDays));
        NoteBrokenItems();
        foreach (var failure in Scheduler.Failures)
        {
            History.Add(new HistoryEvent.Threw(failure.At, failure.Process, failure.Exception));
        }
    }

    /// <summary>A run passes over what fails by itself; here nothing may.</summary>
    private void NoteBrokenItems()
    {
        foreach (
            var (partition, row) in Store
                .Everything(StoreTable.Control)
                .Where(r => r.Partition.Key.StartsWith("runs|", StringComparison.Ordinal))
        )
        {
            foreach (var item in RunTally.Read(row.Properties.TextOrNull("tally")).BrokenItems)
            {
                if (!(Options.WildClocks && item.Fault == nameof(ArgumentOutOfRangeException)))
                {
                    var said = new InvalidOperationException($"{partition.Key} {row.Key} passed over {item.Key}: {item.Fault}");
                    History.Add(new HistoryEvent.Threw(Scheduler.Now, "runner", said));
                }
            }
        }
    }

    private void Note(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        foreach (var write in Options.Watched is null ? [] : writes)
        {
            var properties = write.Properties?.Entries.Select(e => $"{e.Key}={e.Value}") ?? ["deleted"];
            Options.Watched!($"{Scheduler.Now:MM-dd HH:mm:ss.fff} {partition} {write.Key}: {string.Join(' ', properties)}");
        }

        if (partition.Table is StoreTable.Customers or StoreTable.Addresses or StoreTable.Campaigns)
        {
            History.Add(new HistoryEvent.Committed(Scheduler.Now, partition, writes));
        }
    }
}
