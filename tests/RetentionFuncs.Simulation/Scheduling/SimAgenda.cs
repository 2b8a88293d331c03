namespace RetentionFuncs.Simulation.Scheduling;

/// <summary>What is due first comes out first; ties fall by rank. A heap of its own, since a world lives on little else.</summary>
internal sealed class SimAgenda<T>
{
    private Item[] _items = new Item[64];

    public int Count { get; private set; }

    /// <summary>When the first is due; only while there is one.</summary>
    public long FirstDue => _items[0].Due;

    /// <summary>What comes out next; only while there is one.</summary>
    public T First => _items[0].Entry;

    public void Add(T entry, long due, ulong rank)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, 2 * Count);
        }

        var item = new Item(due, rank, entry);
        var at = Count++;
        for (int above; at > 0 && item.IsBefore(in _items[above = (at - 1) / 4]); at = above)
        {
            _items[at] = _items[above];
        }

        _items[at] = item;
    }

    public (T Entry, long Due) Take()
    {
        var first = _items[0];
        var last = _items[--Count];
        _items[Count] = default;
        if (Count > 0)
        {
            Sink(in last);
        }

        return (first.Entry, first.Due);
    }

    private void Sink(in Item item)
    {
        var at = 0;
        while (FirstBelow(at) is var below && below > 0 && _items[below].IsBefore(in item))
        {
            _items[at] = _items[below];
            at = below;
        }

        _items[at] = item;
    }

    /// <summary>The first of the four below, or 0 when there are none.</summary>
    private int FirstBelow(int at)
    {
        var from = (4 * at) + 1;
        if (from >= Count)
        {
            return 0;
        }

        var (first, end) = (from, Math.Min(from + 4, Count));
        for (var i = from + 1; i < end; i++)
        {
            first = _items[i].IsBefore(in _items[first]) ? i : first;
        }

        return first;
    }

    private readonly struct Item(long due, ulong rank, T entry)
    {
        public long Due => due;

        public T Entry => entry;

        private ulong Rank => rank;

        public bool IsBefore(in Item other) => due != other.Due ? due < other.Due : rank < other.Rank;
    }
}
