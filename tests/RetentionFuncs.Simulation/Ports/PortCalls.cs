using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Ports;

/// <summary>The one way through every simulated port: wait, perhaps fail, take effect at one instant, wait, answer.</summary>
public sealed class PortCalls
{
    private readonly SimScheduler? _scheduler;
    private readonly FaultPlan? _plan;

    public PortCalls(SimScheduler scheduler, FaultPlan plan) => (_scheduler, _plan) = (scheduler, plan);

    private PortCalls() { }

    /// <summary>No scheduler, no faults: every call is answered at once, before it returns.</summary>
    public static PortCalls Quiet { get; } = new();

    /// <summary>Told of every call in the order in which they are made, for reading one world closely.</summary>
    public Action<string>? Watched { get; set; }

    /// <summary>True when the caller is a process under the scheduler; the world's own code is never disturbed.</summary>
    public bool Disturbs => _scheduler?.Current is not null;

    /// <param name="call">Port, verb and table; with the caller's activity it names the crash point.</param>
    /// <param name="subject">What it is about; enters the trace only.</param>
    /// <param name="apply">Takes effect at one instant.</param>
    /// <param name="lost">What the caller gets when the answer is lost; may throw.</param>
    /// <param name="unavailable">What is thrown when the port refuses.</param>
    public ValueTask<T> CallAsync<T>(
        string call,
        CallSubject subject,
        IReadOnlyList<PortFault> possible,
        Func<T> apply,
        Func<T> lost,
        Func<Exception> unavailable
    )
    {
        if (_scheduler?.Current is not { } life)
        {
            return new ValueTask<T>(apply());
        }

        var fault = Enter(life, call, subject, possible);
        return new PortCall<T>(_scheduler, _plan!, life, fault, apply, lost, unavailable).Start();
    }

    /// <summary>Counts a fault that a port made by itself, such as a provider that took a message and did not say so.</summary>
    public void Count(string call, PortFault fault)
    {
        if (_scheduler?.Current is { } life)
        {
            _plan!.Count(life.Activity, call, fault);
        }
    }

    private PortFault Enter(SimLife life, string call, CallSubject subject, IReadOnlyList<PortFault> possible)
    {
        var fault = _plan!.Draw(life.Activity, call, possible);
        var trace = _scheduler!.Trace;
        trace.Add(life.Name);
        trace.Add(call);
        trace.Add(subject.Partition, subject.Key);
        trace.Add((long)fault);
        trace.Add(_scheduler.Elapsed.Ticks);
        Watched?.Invoke(
            $"{_scheduler.Now:MM-dd HH:mm:ss.fff} {life.Name} {life.Activity} > {call} {subject} {(fault == PortFault.None ? "" : fault)}"
        );
        return fault;
    }
}
