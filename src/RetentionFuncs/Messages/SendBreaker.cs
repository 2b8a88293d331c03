using Polly;
using Polly.CircuitBreaker;

namespace RetentionFuncs.Messages;

/// <summary>
/// Polly's circuit breaker, fed with results that are known already: whether they came from one call or from a message that waited a
/// while between permit and call is the same to it. Two things are kept beside it, because its rules are about shares of a window:
/// a systemic refusal opens at once (it is counted twice, the least Polly opens at), and unknown outcomes are counted in a row.
/// Not thread-safe.
/// </summary>
internal sealed class SendBreaker
{
    private readonly SendLimits _limits;
    private readonly ToldClock _clock;
    private readonly CircuitBreakerManualControl _manual = new();
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<SendResult> _told;
    private TimeSpan _wait;
    private bool _probed;
    private int _unknowns;
    private string _why = "";

    public SendBreaker(SendLimits limits, ToldClock clock)
    {
        (_limits, _clock) = (limits, clock);
        _told = new ResiliencePipelineBuilder<SendResult> { TimeProvider = clock }
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions<SendResult>
                {
                    ShouldHandle = static args =>
                        ValueTask.FromResult(args.Outcome.Result is SendResult.SystemicRefusal or SendResult.Unknown),
                    MinimumThroughput = 2,
                    FailureRatio = 1,
                    BreakDurationGenerator = args => ValueTask.FromResult(BreakFor(args.HalfOpenAttempts)),
                    ManualControl = _manual,
                    StateProvider = _state,
                }
            )
            .Build();
    }

    /// <summary>Why it is open, or null.</summary>
    public string? Why => IsOpen ? _why : null;

    /// <summary>While it is open: when one message may try.</summary>
    public DateTimeOffset ProbeAt { get; private set; }

    private bool IsOpen => _state.CircuitState != CircuitState.Closed;

    public SendPermit.WaitUntil? Objection() => IsOpen && _clock.Now < ProbeAt ? new SendPermit.WaitUntil(ProbeAt, _why) : null;

    /// <summary>One message at a time tries; if its result never comes, the next may try after the same wait.</summary>
    public void LetThrough(DateTimeOffset now)
    {
        if (IsOpen)
        {
            (_probed, ProbeAt) = (true, now + _wait);
        }
    }

    public BreakerChange Hear(SendResult result)
    {
        _unknowns = result is SendResult.Unknown ? _unknowns + 1 : 0;
        return result switch
        {
            SendResult.SystemicRefusal refusal => Fail(result, refusal.Reason),
            SendResult.Unknown unknown when IsOpen || _unknowns >= _limits.UnknownsInARow => Fail(
                result,
                $"{_unknowns} outcomes in a row are unknown. {unknown.Reason}"
            ),
            SendResult.Unknown or SendResult.ProvenNotSent => BreakerChange.None,
            // Answers still under way when it opened prove nothing; the one let through to try does.
            _ => IsOpen && _probed ? Feed(result) : BreakerChange.None,
        };
    }

    public BreakerChange Close()
    {
        _unknowns = 0;
        var was = IsOpen;
        _manual.CloseAsync().GetAwaiter().GetResult();
        return was ? BreakerChange.Closed : BreakerChange.None;
    }

    private BreakerChange Fail(SendResult result, string why)
    {
        if (IsOpen && !_probed)
        {
            return BreakerChange.None;
        }

        _why = why;
        var before = IsOpen;
        var change = Feed(result);
        return before ? change : Feed(result);
    }

    private BreakerChange Feed(SendResult result)
    {
        var before = IsOpen;
        var context = ResilienceContextPool.Shared.Get();
        try
        {
            // Completed when it returns: the callback waits for nothing, and no handler of the breaker's events is set.
            _ = _told
                .ExecuteOutcomeAsync(static (_, told) => Outcome.FromResultAsValueTask(told), context, result)
                .AsTask()
                .GetAwaiter()
                .GetResult();
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }

        return (before, IsOpen) switch
        {
            (false, true) => BreakerChange.Opened,
            (true, false) => BreakerChange.Closed,
            _ => BreakerChange.None,
        };
    }

    /// <summary>Doubles with each try that failed.</summary>
    private TimeSpan BreakFor(int failedTries)
    {
        var doubled = _limits.ProbeAfter * Math.Pow(2, Math.Min(failedTries, 30));
        _wait = doubled < _limits.LongestProbe ? doubled : _limits.LongestProbe;
        (_probed, ProbeAt) = (false, _clock.Now + _wait);
        return _wait;
    }
}
