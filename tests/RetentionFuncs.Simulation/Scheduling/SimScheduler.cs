namespace RetentionFuncs.Simulation.Scheduling;

/// <summary>
/// Runs asynchronous production code on one thread in virtual time. Whatever waits is a queue entry with a moment and a seeded
/// random rank; the entry that is due first runs next, and ties fall by rank. No real clock, thread or timer takes part.
/// </summary>
public sealed class SimScheduler
{
    private readonly SimAgenda<Entry> _waiting = new();
    private readonly List<SimFailure> _failures = [];
    private readonly DateTimeOffset _start;
    private long _now;

    public SimScheduler(ulong seed, DateTimeOffset start)
    {
        Random = new SimRandom(seed);
        _start = start;
    }

    public SimRandom Random { get; }

    public TraceHash Trace { get; } = new();

    /// <summary>True virtual time; what a process sees may be skewed, see <see cref="SimClock"/>.</summary>
    public DateTimeOffset Now => _start.AddTicks(_now);

    public TimeSpan Elapsed => TimeSpan.FromTicks(_now);

    /// <summary>Entries run so far.</summary>
    public long Steps { get; private set; }

    /// <summary>The life whose code is running, or null between entries and for the world's own entries.</summary>
    public SimLife? Current { get; private set; }

    /// <summary>Exceptions that escaped from a process.</summary>
    public IReadOnlyList<SimFailure> Failures => _failures;

    /// <summary>Resumes the caller after the given virtual time. Only code running under this scheduler may await it.</summary>
    public SimPause Pause(TimeSpan delay) => new(this, delay);

    /// <summary>Something the world does by itself at a later moment; it survives every crash.</summary>
    public void After(TimeSpan delay, Action action) => Enqueue(null, delay, static state => ((Action)state!)(), action);

    /// <summary>Runs all entries due at or before <paramref name="until"/>, then stands at that moment.</summary>
    public void RunUntil(DateTimeOffset until)
    {
        var end = (until - _start).Ticks;
        while (_waiting.Count > 0 && _waiting.FirstDue <= end)
        {
            RunNext();
        }

        _now = Math.Max(_now, end);
    }

    /// <summary>Runs until nothing waits any more.</summary>
    /// <exception cref="InvalidOperationException">Still not idle after <paramref name="maxSteps"/> entries.</exception>
    public void RunUntilIdle(long maxSteps = 100_000_000)
    {
        for (var last = Steps + maxSteps; _waiting.Count > 0; )
        {
            if (Steps >= last)
            {
                throw new InvalidOperationException(
                    $"The world is not idle after {maxSteps} steps; a process waits for something for ever."
                );
            }

            RunNext();
        }
    }

    internal void Enqueue(SimLife? life, TimeSpan delay, SendOrPostCallback callback, object? state) =>
        _waiting.Add(new Entry(life, callback, state), _now + Math.Max(0, delay.Ticks), Random.Bits());

    internal void Fail(SimLife life, Exception exception) => _failures.Add(new SimFailure(life.Name, Now, exception));

    private void RunNext()
    {
        var (entry, due) = _waiting.Take();
        _now = Math.Max(_now, due);
        if (entry.Life is { IsDead: true })
        {
            return;
        }

        Steps++;
        var outside = SynchronizationContext.Current;
        Current = entry.Life;
        SynchronizationContext.SetSynchronizationContext(entry.Life);
        try
        {
            entry.Callback(entry.State);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outside);
            Current = null;
        }
    }

    private readonly record struct Entry(SimLife? Life, SendOrPostCallback Callback, object? State);
}

/// <summary>An exception that no code of the process caught.</summary>
public sealed record SimFailure(string Process, DateTimeOffset At, Exception Exception);
