using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;
using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Ports;

/// <summary>What a call is about; enters the trace only.</summary>
public readonly record struct CallSubject(string Partition, string? Key)
{
    public static implicit operator CallSubject(string subject) => new(subject, null);

    public override string ToString() => Key is null ? Partition : $"{Partition} {Key}";
}

/// <summary>
/// One call on its way: out, effect, back. Written by hand and not as an async method, because a world is made of millions of them; it
/// resumes its caller at once, within the entry of the scheduler that brings the answer.
/// </summary>
internal sealed class PortCall<T>(
    SimScheduler scheduler,
    FaultPlan plan,
    SimLife life,
    PortFault fault,
    Func<T> apply,
    Func<T> lost,
    Func<Exception> unavailable
) : IValueTaskSource<T>
{
    private static readonly SendOrPostCallback ArrivesStep = static call => ((PortCall<T>)call!).Arrives();
    private static readonly SendOrPostCallback ReturnsStep = static call => ((PortCall<T>)call!).Returns();
    private Action<object?>? _continuation;
    private object? _state;
    private T _answer = default!;
    private Exception? _exception;
    private bool _done;

    public ValueTask<T> Start()
    {
        scheduler.Enqueue(life, plan.Latency(), ArrivesStep, this);
        return new ValueTask<T>(this, 0);
    }

    public ValueTaskSourceStatus GetStatus(short token) =>
        !_done ? ValueTaskSourceStatus.Pending
        : _exception is null ? ValueTaskSourceStatus.Succeeded
        : ValueTaskSourceStatus.Faulted;

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        (_continuation, _state) = (continuation, state);
        if (_done)
        {
            continuation(state);
        }
    }

    public T GetResult(short token)
    {
        if (_exception is { } e)
        {
            ExceptionDispatchInfo.Throw(e);
        }

        return _answer;
    }

    private void Arrives()
    {
        try
        {
            switch (fault)
            {
                case PortFault.CrashBefore:
                    life.Crash();
                    return;
                case PortFault.Unavailable:
                    throw unavailable();
                case PortFault.LostLandsLater:
                    scheduler.After(plan.Lateness(), () => apply());
                    break;
            }

            _answer = fault is PortFault.LostNotApplied or PortFault.LostLandsLater ? default! : apply();
        }
        catch (Exception e)
        {
            End(e);
            return;
        }

        scheduler.Enqueue(life, plan.Latency(), ReturnsStep, this);
    }

    private void Returns()
    {
        if (fault == PortFault.CrashAfter)
        {
            life.Crash();
            return;
        }

        Exception? failed = null;
        if (fault.Moment() == FaultMoment.AnswerLost)
        {
            try
            {
                _answer = lost();
            }
            catch (Exception e)
            {
                failed = e;
            }
        }

        End(failed);
    }

    private void End(Exception? exception)
    {
        (_exception, _done) = (exception, true);
        _continuation?.Invoke(_state);
    }
}
