using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>From the bytes of an id to a small number, by open addressing; then the numbers' order by hash.</summary>
internal sealed class CustomerTable
{
    private List<ArraySegment<byte>> _slabs = [];
    private int[] _slots = new int[1024];
    private Entry[] _entries = new Entry[512];
    private ulong[] _hashes = [];
    private int[] _order = [];
    private int[] _ranks = [];

    private struct Entry
    {
        public ulong Hash;
        public int Slab;
        public int At;
        public int Length;
        public int Rows;
    }

    public int Count { get; private set; }

    /// <summary>Bytes of all ids together.</summary>
    public int IdBytes { get; private set; }

    public void Begin(List<ArraySegment<byte>> slabs)
    {
        (_slabs, Count, IdBytes) = (slabs, 0, 0);
        Array.Clear(_slots);
    }

    /// <param name="id">First byte; eight beyond its end are readable.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(ref byte id, int length, int slab, int at)
    {
        var hash = IdHash.Of(ref id, length);
        var mask = _slots.Length - 1;
        for (var slot = (int)(hash & (ulong)mask); ; slot = (slot + 1) & mask)
        {
            var found = _slots[slot] - 1;
            if (found < 0)
            {
                return Add(hash, length, slab, at, slot);
            }

            ref var entry = ref _entries[found];
            if (entry.Hash == hash && entry.Length == length && IsSame(ref entry, ref id, length))
            {
                entry.Rows++;
                return found;
            }
        }
    }

    /// <summary>The first id, by rank, that the import would read otherwise; null when all are plain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public byte[]? OddId()
    {
        for (var i = 0; i < Count; i++)
        {
            var id = IdOf(i);
            if (id[0] == ' ' || id[^1] == ' ' || id.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            {
                return id.ToArray();
            }
        }

        return null;
    }

    /// <summary>Each number's place when ordered by hash and bytes. Afterwards the places are what the other members are asked by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int[] Rank()
    {
        if (_order.Length < Count)
        {
            (_order, _hashes, _ranks) = (new int[_entries.Length], new ulong[_entries.Length], new int[_entries.Length]);
        }

        for (var i = 0; i < Count; i++)
        {
            (_order[i], _hashes[i]) = (i, _entries[i].Hash);
        }

        _hashes.AsSpan(0, Count).Sort(_order.AsSpan(0, Count));
        PartEqualHashes();
        for (var i = 0; i < Count; i++)
        {
            _ranks[_order[i]] = i;
        }

        return _ranks;
    }

    public int RowsAt(int rank) => _entries[_order[rank]].Rows;

    public ReadOnlySpan<byte> IdAt(int rank) => IdOf(_order[rank]);

    private ReadOnlySpan<byte> IdOf(int index)
    {
        ref var entry = ref _entries[index];
        return _slabs[entry.Slab].AsSpan(entry.At, entry.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PartEqualHashes()
    {
        for (int from = 0, until; from < Count; from = until)
        {
            for (until = from + 1; until < Count && _hashes[until] == _hashes[from]; until++) { }

            if (until - from > 1)
            {
                _order.AsSpan(from..until).Sort((a, b) => IdOf(a).SequenceCompareTo(IdOf(b)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsSame(ref Entry entry, ref byte id, int length)
    {
        var known = _slabs[entry.Slab];
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(known.Array!), entry.At);
        return length <= 8
            ? IdHash.Last(ref start, length) == IdHash.Last(ref id, length)
            : MemoryMarshal.CreateReadOnlySpan(ref start, length).SequenceEqual(MemoryMarshal.CreateReadOnlySpan(ref id, length));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Add(ulong hash, int length, int slab, int at, int slot)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        _entries[Count] = new Entry
        {
            Hash = hash,
            Slab = slab,
            At = at,
            Length = length,
            Rows = 1,
        };
        _slots[slot] = ++Count;
        IdBytes += length;
        if (Count * 2 > _slots.Length)
        {
            Rehash();
        }

        return Count - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rehash()
    {
        _slots = new int[_slots.Length * 2];
        var mask = _slots.Length - 1;
        for (var i = 0; i < Count; i++)
        {
            var slot = (int)(_entries[i].Hash & (ulong)mask);
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = i + 1;
        }
    }
}
