using System.Runtime.CompilerServices;

namespace RetentionFuncs.Simulation.Scheduling;

/// <summary>Awaiting it hands control back to the scheduler for a while.</summary>
public readonly struct SimPause(SimScheduler scheduler, TimeSpan delay) : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public SimPause GetAwaiter() => this;

    public void GetResult() { }

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        var life = scheduler.Current ?? throw new InvalidOperationException("Only a process of this scheduler can wait on it.");
        scheduler.Enqueue(life, delay, static state => ((Action)state!)(), continuation);
    }
}

/// <summary>Awaiting it never ends: the continuation, its locals and its finally blocks are dropped, as a power cut drops them.</summary>
public readonly struct SimHalt : ICriticalNotifyCompletion
{
    public bool IsCompleted => false;

    public SimHalt GetAwaiter() => this;

    public void GetResult() { }

    public void OnCompleted(Action continuation) { }

    public void UnsafeOnCompleted(Action continuation) { }
}
