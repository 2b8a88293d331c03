using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Why rows that are plain one by one do not add up; the file's line is looked for afterwards.</summary>
/// <param name="Id">The customer's.</param>
/// <param name="Key">The order's, as the shelf keeps it; null when the customer is what is odd.</param>
internal sealed record FoldProblem(byte[] Id, ulong? Key, Phrase Reason);

/// <summary>Folds one part of the shelves into a block: finds its customers, puts their rows together, merges their days.</summary>
/// <remarks>One for each lane: the working arrays are used again for the next part.</remarks>
internal sealed class PartFold
{
    private readonly List<ArraySegment<byte>> _slabs = [];
    private readonly CustomerTable _table = new();
    private readonly RowMerge _merge = new();
    private int[] _owners = [];
    private int[] _next = [];
    private ulong[] _bodies = [];
    private ulong[] _keys = [];

    /// <summary>The block, or why not.</summary>
    public (HistoryBlock? Block, FoldProblem? Problem) Fold(IReadOnlyList<RowShelf> shelves, int part)
    {
        var rows = shelves.Sum(s => s.RowsOf(part));
        _slabs.Clear();
        foreach (var shelf in shelves)
        {
            shelf.AddSlabsOf(part, _slabs);
        }

        Grow(rows);
        FindCustomers();
        if (_table.OddId() is { } odd)
        {
            return (
                null,
                new(
                    odd,
                    null,
                    new("has a customer_id with spaces around it or characters beyond ASCII", "customer_id 前后有空格或含非 ASCII 字符")
                )
            );
        }

        var ranks = _table.Rank();
        Gather(ranks);
        return Merge(ranks, rows);
    }

    private void Grow(int rows)
    {
        if (_owners.Length < rows)
        {
            var size = rows + (rows / 4);
            (_owners, _bodies, _keys) = (new int[size], new ulong[size], new ulong[size]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindCustomers()
    {
        _table.Begin(_slabs);
        var row = 0;
        for (var slab = 0; slab < _slabs.Count; slab++)
        {
            var bytes = _slabs[slab].AsSpan();
            ref var start = ref MemoryMarshal.GetReference(bytes);
            for (var at = 0; at < bytes.Length; row++)
            {
                ref var record = ref Unsafe.Add(ref start, at);
                var length = RowShelf.LengthOf(Unsafe.ReadUnaligned<ulong>(ref record));
                _owners[row] = _table.IndexOf(ref Unsafe.Add(ref record, RowShelf.IdOffset), length, slab, at + RowShelf.IdOffset);
                at += RowShelf.IdOffset + length;
            }
        }
    }

    /// <summary>Puts the rows of each customer together, customers by rank.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(int[] ranks)
    {
        if (_next.Length < _table.Count + 1)
        {
            _next = new int[_table.Count + 1 + (_table.Count / 4)];
        }

        for (int i = 0, sum = 0; i <= _table.Count; i++)
        {
            _next[i] = sum;
            sum += i < _table.Count ? _table.RowsAt(i) : 0;
        }

        var row = 0;
        foreach (var slab in _slabs)
        {
            ref var start = ref MemoryMarshal.GetReference(slab.AsSpan());
            for (var at = 0; at < slab.Count; row++)
            {
                ref var record = ref Unsafe.Add(ref start, at);
                var head = Unsafe.ReadUnaligned<ulong>(ref record);
                var to = _next[ranks[_owners[row]]]++;
                _bodies[to] = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref record, 8));
                _keys[to] = head >> 8;
                at += RowShelf.SizeOf(head);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (HistoryBlock? Block, FoldProblem? Problem) Merge(int[] ranks, int rows)
    {
        var writer = new BlockWriter(_table.Count, rows, _table.IdBytes);
        for (int i = 0, from = 0; i < _table.Count; i++)
        {
            var until = _next[i];
            var merged = _merge.Run(_bodies.AsSpan(from..until), _keys.AsSpan(from..until), writer);
            if (merged is { } tangled)
            {
                return (
                    null,
                    new(_table.IdAt(i).ToArray(), tangled, new("has an order whose rows are of different days", "同一订单的各行日期不同"))
                );
            }

            writer.Close(_table.IdAt(i));
            from = until;
        }

        return (writer.ToBlock(), null);
    }
}
