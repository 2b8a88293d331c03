using RetentionFuncs.Queues;

namespace RetentionFuncs.Simulation.Live;

/// <summary>A queue in memory: at least once, in no order, some messages twice; what is not completed comes again after five minutes.</summary>
internal sealed class LiveQueue(TimeProvider clock, LiveFaults faults, double duplicated) : IWorkQueue
{
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(5);
    private readonly Lock _gate = new();
    private readonly List<Held> _held = [];

    public ValueTask EnqueueAsync(QueueMessage message, DateTimeOffset notBefore)
    {
        var now = clock.GetUtcNow();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(notBefore, now + IWorkQueue.MaxDelay);
        var copies = faults.Active && faults.Chance(duplicated) ? 2 : 1;
        lock (_gate)
        {
            for (; copies > 0; copies--)
            {
                _held.Add(new Held(message, notBefore));
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Some message that is due, locked for five minutes; null when there is none.</summary>
    public Held? Take()
    {
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            List<Held> due = _held.FindAll(h => h.VisibleAt <= now);
            if (due.Count == 0)
            {
                return null;
            }

            var held = due[faults.Below(due.Count)];
            held.VisibleAt = now + LockTime;
            return held;
        }
    }

    /// <summary>By the handler's answer; a message put aside is gone, since nobody looks at it here.</summary>
    public async ValueTask SettleAsync(Held held, HandlerAnswer answer)
    {
        var now = clock.GetUtcNow();
        if (answer is HandlerAnswer.RetryAt retry)
        {
            await EnqueueAsync(held.Message.Again(), retry.At > now ? retry.At : now.AddSeconds(1));
        }

        lock (_gate)
        {
            _held.Remove(held);
        }
    }

    public sealed class Held(QueueMessage message, DateTimeOffset visibleAt)
    {
        public QueueMessage Message => message;

        public DateTimeOffset VisibleAt { get; set; } = visibleAt;
    }
}
