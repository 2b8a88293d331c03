namespace RetentionFuncs.Tests.Smtp;

/// <summary>Time that passes only while a mail server lets its client wait, so that no limit strikes because the machine is busy.</summary>
public sealed class MailClock : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<Alarm> _alarms = [];
    private DateTimeOffset _now = Start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        _ = alarm.Change(dueTime, period);
        return alarm;
    }

    public void Pass(TimeSpan time)
    {
        Alarm[] due;
        lock (_gate)
        {
            _now += time;
            due = [.. _alarms.Where(a => a.At <= _now)];
            _ = _alarms.RemoveAll(a => a.At <= _now);
        }

        foreach (var alarm in due)
        {
            alarm.Ring();
        }
    }

    /// <summary>Rings once; nobody here asks for a period.</summary>
    private sealed class Alarm(MailClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset At { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _ = clock._alarms.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    At = clock._now + dueTime;
                    clock._alarms.Add(this);
                }
            }

            return true;
        }

        public void Ring() => callback(state);

        public void Dispose()
        {
            lock (clock._gate)
            {
                _ = clock._alarms.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
