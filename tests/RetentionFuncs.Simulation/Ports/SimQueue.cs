using RetentionFuncs.Queues;
using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Ports;

/// <summary>Chances per message, each 0 to 1, beside the faults of the calls themselves.</summary>
/// <param name="Duplicated">That a queued message exists twice from then on.</param>
/// <param name="Lost">That it vanishes, although the queue said it had it.</param>
/// <param name="Late">That it shows only minutes or hours after its moment.</param>
public sealed record QueueRates(double Duplicated, double Lost, double Late)
{
    public static QueueRates None { get; } = new(0, 0, 0);
}

/// <summary>A message put aside, with the reason and how often it was tried.</summary>
public sealed record ParkedMessage(QueueMessage Message, string Reason, int Deliveries);

/// <summary>
/// A broker: at least once, unordered, not before t. A delivered message is locked for five minutes and comes again unless it is
/// completed; a failed delivery comes again after ten seconds, one, five and thirty minutes, and is then put aside. A quiet queue
/// also keeps order and drops a message whose id is already queued.
/// </summary>
public sealed class SimQueue : IWorkQueue
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
    ];
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(5);

    private readonly PortCalls _calls;
    private readonly TimeProvider _clock;
    private readonly SimRandom _random;
    private readonly QueueRates _rates;
    private readonly bool _quiet;
    private readonly SimShelf _shelf = new();

    // Reviews of many customers queue their messages side by side, on threads of their own where the store is a real one.
    private readonly Lock _turn = new();
    private readonly List<ParkedMessage> _parked = [];

    public SimQueue(PortCalls calls, TimeProvider clock, SimRandom random, QueueRates rates)
        : this(calls, clock, random, rates, quiet: false) { }

    private SimQueue(PortCalls calls, TimeProvider clock, SimRandom random, QueueRates rates, bool quiet) =>
        (_calls, _clock, _random, _rates, _quiet) = (calls, clock, random, rates, quiet);

    /// <summary>Messages not yet completed or parked, in the order in which they become visible.</summary>
    public IReadOnlyList<QueueMessage> Waiting => [.. _shelf.All.OrderBy(h => h.VisibleAt).Select(h => h.Message)];

    public IReadOnlyList<ParkedMessage> Parked => _parked;

    public int Deliveries { get; private set; }

    /// <summary>False stops duplicates, losses and lateness.</summary>
    public bool Disturbed { get; set; } = true;

    /// <summary>When the next message becomes visible, or a moment that is over while one is; null when none waits.</summary>
    public DateTimeOffset? NextAt => _shelf.Ripe > 0 ? _shelf.RipeAt(0).VisibleAt : _shelf.NextRipe?.VisibleAt;

    /// <summary>Whether an exception of a handler goes through to the caller; so it is in a quiet queue, where it is a test's failure.</summary>
    public bool ThrowsThrough { get; set; }

    /// <summary>The clock of whoever calls, where clocks differ: a queue's client judges a delay by the clock of its own process.</summary>
    public Func<DateTimeOffset>? CallersNow { get; set; }

    /// <summary>Told of each exception that a handler let out.</summary>
    public Action<Exception>? Failed { get; set; }

    /// <summary>A queue without faults that delivers in order; an exception of a handler goes through to the test.</summary>
    public static SimQueue Quiet(TimeProvider clock) =>
        new(PortCalls.Quiet, clock, new SimRandom(1), QueueRates.None, quiet: true) { ThrowsThrough = true };

    public async ValueTask EnqueueAsync(QueueMessage message, DateTimeOffset notBefore)
    {
        if (notBefore - (CallersNow?.Invoke() ?? _clock.GetUtcNow()) > IWorkQueue.MaxDelay)
        {
            throw new ArgumentOutOfRangeException(nameof(notBefore), notBefore, "Further ahead than the queue holds; use a due row.");
        }

        await _calls.CallAsync(
            "queue.enqueue",
            message.Id,
            PortFaults.OfWrites,
            () => Admit(message, notBefore),
            () => throw NotConfirmed(),
            NotConfirmed
        );
    }

    /// <summary>Delivers until nothing is due at the clock's present moment; returns the number of deliveries.</summary>
    public ValueTask<int> DeliverDueAsync(IQueueHandler handler) => DeliverDueAsync(handler, _clock.GetUtcNow());

    /// <summary>Delivers until nothing is due at <paramref name="now"/>; returns the number of deliveries.</summary>
    public async ValueTask<int> DeliverDueAsync(IQueueHandler handler, DateTimeOffset now)
    {
        var before = Deliveries;
        while (await DeliverOneAsync(handler, now))
        {
            if (Deliveries - before > 1_000_000)
            {
                throw new InvalidOperationException("A million deliveries at one moment: the handler asks for the same message for ever.");
            }
        }

        return Deliveries - before;
    }

    /// <summary>Delivers one due message, any of them, and settles it by the handler's answer; false when none is due.</summary>
    public ValueTask<bool> DeliverOneAsync(IQueueHandler handler) => DeliverOneAsync(handler, _clock.GetUtcNow());

    private async ValueTask<bool> DeliverOneAsync(IQueueHandler handler, DateTimeOffset now)
    {
        if (Take(now) is not { } held)
        {
            return false;
        }

        try
        {
            await SettleAsync(held, await handler.HandleAsync(held.Message), now);
        }
        catch (Exception exception) when (!ThrowsThrough)
        {
            Failed?.Invoke(exception);
            Abandon(held, exception.Message, _quiet ? now : _clock.GetUtcNow());
        }

        return true;
    }

    private static QueueUnavailableException NotConfirmed() => new("The simulated queue did not confirm.");

    private bool Admit(QueueMessage message, DateTimeOffset notBefore)
    {
        lock (_turn)
        {
            if (_quiet && _shelf.All.Any(h => h.Message.Id == message.Id))
            {
                return true;
            }

            var copies =
                Happens(_rates.Lost) ? 0
                : Happens(_rates.Duplicated) ? 2
                : 1;
            for (; copies > 0; copies--)
            {
                var late = Happens(_rates.Late) ? _random.Between(TimeSpan.FromMinutes(1), TimeSpan.FromHours(30)) : TimeSpan.Zero;
                _shelf.Add(new HeldMessage(message, notBefore + late));
            }

            return true;
        }
    }

    private bool Happens(double chance) => chance > 0 && Disturbed && _random.Chance(chance);

    private HeldMessage? Take(DateTimeOffset now)
    {
        lock (_turn)
        {
            if ((_quiet ? _shelf.All.Where(h => h.IsDue(now)).MinBy(h => h.VisibleAt) : Any(now)) is not { } held)
            {
                return null;
            }

            _shelf.Move(held, now + LockTime);
            held.Deliveries++;
            Deliveries++;
            return held;
        }
    }

    private HeldMessage? Any(DateTimeOffset now)
    {
        _shelf.Ripen(now);
        return _shelf.Ripe == 0 ? null : _shelf.RipeAt(_random.Below(_shelf.Ripe));
    }

    private async ValueTask SettleAsync(HeldMessage held, HandlerAnswer answer, DateTimeOffset now)
    {
        if (answer is HandlerAnswer.RetryAt retry)
        {
            await EnqueueAsync(held.Message.Again(), retry.At > now ? retry.At : now.AddSeconds(1));
        }

        await _calls.CallAsync(
            "queue.complete",
            held.Message.Id,
            PortFaults.OfWrites,
            () => Complete(held, answer as HandlerAnswer.Park),
            () => false,
            NotConfirmed
        );
    }

    private bool Complete(HeldMessage held, HandlerAnswer.Park? park)
    {
        lock (_turn)
        {
            if (_shelf.Remove(held) && park is not null)
            {
                _parked.Add(new ParkedMessage(held.Message, park.Reason, held.Deliveries));
            }

            return true;
        }
    }

    private void Abandon(HeldMessage held, string reason, DateTimeOffset now)
    {
        lock (_turn)
        {
            if (held.Deliveries <= Waits.Length)
            {
                _shelf.Move(held, now + Waits[held.Deliveries - 1]);
            }
            else if (_shelf.Remove(held))
            {
                _parked.Add(new ParkedMessage(held.Message, reason, held.Deliveries));
            }
        }
    }
}
