using RetentionFuncs.Queues;
using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Ports;

/// <summary>A message in a queue, until it is completed or put aside.</summary>
internal sealed class HeldMessage(QueueMessage message, DateTimeOffset visibleAt)
{
    public QueueMessage Message => message;

    public DateTimeOffset VisibleAt { get; set; } = visibleAt;

    public int Deliveries { get; set; }

    /// <summary>Where it stands on its shelf.</summary>
    internal int Place { get; set; }

    /// <summary>Counted among those that may be taken.</summary>
    internal bool IsRipe { get; set; }

    public bool IsDue(DateTimeOffset now) => VisibleAt <= now && message.Schema <= QueueMessage.CurrentSchema;
}

/// <summary>
/// What a queue holds, in the order in which it came. Any of those that are due can be taken by its number among them, in the time of a
/// tree and not of a walk: thousands fall due at the same moment.
/// </summary>
internal sealed class SimShelf
{
    private readonly List<HeldMessage?> _places = [];
    private readonly SimAgenda<HeldMessage> _unripe = new();
    private int[] _ripeBelow = new int[1024];
    private ulong _moves;

    public int Count { get; private set; }

    /// <summary>How many of those that <see cref="Ripen"/> saw fall due are still there.</summary>
    public int Ripe { get; private set; }

    /// <summary>The first of those that will fall due, or null.</summary>
    public HeldMessage? NextRipe
    {
        get
        {
            while (_unripe.Count > 0 && !IsStill(_unripe.First, _unripe.FirstDue))
            {
                _unripe.Take();
            }

            return _unripe.Count == 0 ? null : _unripe.First;
        }
    }

    public IEnumerable<HeldMessage> All => _places.OfType<HeldMessage>();

    public void Add(HeldMessage held)
    {
        if (_places.Count == _ripeBelow.Length - 1)
        {
            Tidy();
        }

        held.Place = _places.Count;
        _places.Add(held);
        Count++;
        _unripe.Add(held, held.VisibleAt.UtcTicks, _moves++);
    }

    /// <summary>Sees what falls due; the moments of a shelf's life only go forward.</summary>
    public void Ripen(DateTimeOffset now)
    {
        while (_unripe.Count > 0 && _unripe.FirstDue <= now.UtcTicks)
        {
            var (held, due) = _unripe.Take();
            if (IsStill(held, due) && held.IsDue(now))
            {
                Mark(held, true);
            }
        }
    }

    /// <summary>The ripe one of that number, 0 the longest here.</summary>
    public HeldMessage RipeAt(int number)
    {
        var place = 0;
        for (var step = _ripeBelow.Length / 2; step > 0; step /= 2)
        {
            if (place + step < _ripeBelow.Length && _ripeBelow[place + step] <= number)
            {
                place += step;
                number -= _ripeBelow[place];
            }
        }

        return _places[place]!;
    }

    public void Move(HeldMessage held, DateTimeOffset visibleAt)
    {
        held.VisibleAt = visibleAt;
        if (IsHere(held))
        {
            Mark(held, false);
            _unripe.Add(held, visibleAt.UtcTicks, _moves++);
        }
    }

    /// <returns>False when it was gone already.</returns>
    public bool Remove(HeldMessage held)
    {
        if (!IsHere(held))
        {
            return false;
        }

        Mark(held, false);
        _places[held.Place] = null;
        Count--;
        return true;
    }

    private bool IsStill(HeldMessage held, long due) => IsHere(held) && !held.IsRipe && held.VisibleAt.UtcTicks == due;

    private bool IsHere(HeldMessage held) => held.Place < _places.Count && ReferenceEquals(_places[held.Place], held);

    private void Mark(HeldMessage held, bool ripe)
    {
        if (held.IsRipe != ripe)
        {
            held.IsRipe = ripe;
            Ripe += ripe ? 1 : -1;
            Tally(held.Place, ripe ? 1 : -1);
        }
    }

    /// <summary>A Fenwick tree: each entry sums a stretch of places that ends with it.</summary>
    private void Tally(int place, int change)
    {
        for (var i = place + 1; i < _ripeBelow.Length; i += i & -i)
        {
            _ripeBelow[i] += change;
        }
    }

    /// <summary>Closes the gaps, and makes more room when that is not enough.</summary>
    private void Tidy()
    {
        HeldMessage[] left = [.. All];
        _places.Clear();
        _ripeBelow = new int[left.Length > _ripeBelow.Length / 2 ? 2 * _ripeBelow.Length : _ripeBelow.Length];
        foreach (var held in left)
        {
            held.Place = _places.Count;
            _places.Add(held);
            if (held.IsRipe)
            {
                Tally(held.Place, 1);
            }
        }
    }
}
