namespace RetentionFuncs.Simulation.Scheduling;

/// <summary>A program that is started again, with empty memory, some time after each crash.</summary>
public sealed class SimProcess
{
    private readonly SimScheduler _scheduler;
    private readonly Func<SimLife, Task> _program;
    private readonly (TimeSpan Least, TimeSpan Most) _downtime;

    /// <param name="program">Builds everything anew on each start; whatever it captures from outside survives a crash.</param>
    /// <param name="downtime">How long it stays down after a crash.</param>
    public SimProcess(SimScheduler scheduler, string name, Func<SimLife, Task> program, (TimeSpan Least, TimeSpan Most) downtime)
    {
        (_scheduler, Name, _program, _downtime) = (scheduler, name, program, downtime);
        Life = Start(TimeSpan.Zero);
    }

    public string Name { get; }

    public int Crashes { get; private set; }

    /// <summary>The newest life.</summary>
    public SimLife Life { get; private set; }

    /// <summary>Ends the process where it stands; it comes back after its downtime.</summary>
    public void Kill()
    {
        if (Life.IsDead)
        {
            return;
        }

        Crashes++;
        Life.End();
        Life = Start(_scheduler.Random.Between(_downtime.Least, _downtime.Most));
    }

    /// <summary>Ends the process for good.</summary>
    public void Stop() => Life.End();

    private SimLife Start(TimeSpan delay)
    {
        var life = new SimLife(_scheduler, this);
        _scheduler.Enqueue(life, delay, _ => life.Run(_program), null);
        return life;
    }
}

/// <summary>One life of a process, from start to crash. All its awaits come back through it, or not at all once it is dead.</summary>
public sealed class SimLife(SimScheduler scheduler, SimProcess process) : SynchronizationContext
{
    public string Name => process.Name;

    public bool IsDead { get; private set; }

    /// <summary>Virtual time since the world began.</summary>
    public TimeSpan Elapsed => scheduler.Elapsed;

    /// <summary>What the process is busy with; part of the name of a crash point.</summary>
    public string Activity { get; set; } = "idle";

    /// <summary>Crashes the process now. Await the answer: nothing after it runs.</summary>
    public SimHalt Crash()
    {
        process.Kill();
        return default;
    }

    public override void Post(SendOrPostCallback d, object? state) => scheduler.Enqueue(this, TimeSpan.Zero, d, state);

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Blocking on the context would stop the one thread of the simulation.");

    public override SynchronizationContext CreateCopy() => this;

    internal void End() => IsDead = true;

    internal async void Run(Func<SimLife, Task> program)
    {
        try
        {
            await program(this);
        }
        catch (Exception exception) when (!IsDead)
        {
            scheduler.Fail(this, exception);
        }
    }
}
