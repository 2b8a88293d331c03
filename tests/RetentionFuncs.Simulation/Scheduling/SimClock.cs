namespace RetentionFuncs.Simulation.Scheduling;

/// <summary>A clock in virtual time. It stands still until the scheduler moves on, or, without a scheduler, until it is moved by hand.</summary>
public sealed class SimClock : TimeProvider
{
    private readonly SimScheduler? _scheduler;
    private DateTimeOffset _stopped;

    /// <summary>A clock that moves only by hand.</summary>
    public SimClock(DateTimeOffset now) => _stopped = now;

    /// <summary>One process's view of virtual time.</summary>
    public SimClock(SimScheduler scheduler) => _scheduler = scheduler;

    /// <summary>How far this clock is ahead of true virtual time.</summary>
    public TimeSpan Skew { get; set; }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Moves a clock that stands by itself; negative steps it back.</summary>
    public void Advance(TimeSpan by) =>
        _stopped = _scheduler is null ? _stopped + by : throw new InvalidOperationException("The scheduler moves this clock.");

    public override DateTimeOffset GetUtcNow() => ((_scheduler?.Now ?? _stopped) + Skew).ToUniversalTime();

    /// <summary>Elapsed virtual time; a step of the clock does not show in it.</summary>
    public override long GetTimestamp() => _scheduler?.Elapsed.Ticks ?? _stopped.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var life = _scheduler?.Current ?? throw new NotSupportedException("Only a process under a scheduler has timers.");
        var timer = new SimTimer(_scheduler, life, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class SimTimer(SimScheduler scheduler, SimLife life, TimerCallback callback, object? state) : ITimer
    {
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var setting = ++_setting;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                scheduler.Enqueue(life, dueTime, _ => Ring(setting, period), null);
            }

            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Ring(int setting, TimeSpan period)
        {
            if (setting != _setting)
            {
                return;
            }

            if (period > TimeSpan.Zero)
            {
                Change(period, period);
            }

            callback(state);
        }
    }
}
