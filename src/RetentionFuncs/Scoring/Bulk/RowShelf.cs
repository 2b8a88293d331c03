using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// Rows read so far, laid away by a hash of the customer's id, so that later each part fits into a core's cache. One row is its order
/// key with the id's length, its day with its amount, and the id's bytes, one after the other.
/// </summary>
/// <param name="spill">Where full slabs go when the rows may be more than memory should hold; null keeps them.</param>
internal sealed class RowShelf(RowSpill? spill) : IDisposable
{
    /// <summary>How many parts; always the same, so that results do not depend on the file's size or the number of cores.</summary>
    public const int Parts = 256;

    public const int LongestId = 255;
    private const int Head = 16;

    /// <summary>Bytes behind the last row that may be read.</summary>
    public const int Spare = 8;

    private const int First = 4 << 10;
    private const int Full = 96 << 10;
    private const long Bias = 1L << 47;

    private readonly Part[] _parts = new Part[Parts];

    private struct Part
    {
        public byte[]? Open;
        public int Used;
        public int Rows;
        public List<ArraySegment<byte>>? Closed;
        public List<(long At, int Length)>? Spilled;
    }

    public static int PartOf(ulong hash) => (int)(hash >> 56);

    public int RowsOf(int part) => _parts[part].Rows;

    /// <param name="key">What orders of one customer are told apart by; its lower 56 bits count.</param>
    /// <param name="id">First byte of the id; eight bytes beyond its end are readable.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong hash, ulong key, int day, long amount, ref byte id, int length)
    {
        ref var part = ref _parts[PartOf(hash)];
        if (part.Open is null || part.Used + Head + length + Spare > part.Open.Length)
        {
            Renew(ref part);
        }

        ref var to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(part.Open!), part.Used);
        Unsafe.WriteUnaligned(ref to, (key << 8) | (uint)length);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, 8), ((ulong)day << 48) | (ulong)(amount + Bias));
        if (length <= 8)
        {
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, Head), Unsafe.ReadUnaligned<ulong>(ref id));
        }
        else
        {
            Unsafe.CopyBlockUnaligned(ref Unsafe.Add(ref to, Head), ref id, (uint)length);
        }

        part.Used += Head + length;
        part.Rows++;
    }

    public static int DayOf(ulong body) => (int)(body >> 48);

    public static long AmountOf(ulong body) => (long)(body & 0xFFFF_FFFF_FFFF) - Bias;

    public static int LengthOf(ulong head) => (int)(head & 0xFF);

    public static int SizeOf(ulong head) => Head + LengthOf(head);

    public static ReadOnlySpan<byte> IdAt(ReadOnlySpan<byte> slab, int at, ulong head) => slab.Slice(at + Head, LengthOf(head));

    public const int IdOffset = Head;

    /// <summary>The rows of a part, in no order that means anything; memory that was spilled is read back.</summary>
    public void AddSlabsOf(int part, List<ArraySegment<byte>> to)
    {
        ref var at = ref _parts[part];
        foreach (var (offset, length) in at.Spilled ?? [])
        {
            (at.Closed ??= []).Add(spill!.Read(offset, length));
        }

        at.Spilled = null;
        to.AddRange(at.Closed ?? []);
        if (at.Open is not null)
        {
            to.Add(new(at.Open, 0, at.Used));
        }
    }

    /// <summary>Gives a part's memory back.</summary>
    public void Release(int part)
    {
        ref var at = ref _parts[part];
        at.Closed?.ForEach(s => ArrayPool<byte>.Shared.Return(s.Array!));
        if (at.Open is not null)
        {
            ArrayPool<byte>.Shared.Return(at.Open);
        }

        at = default;
    }

    public void Dispose() => spill?.Dispose();

    private void Renew(ref Part part)
    {
        if (part.Open is { Length: >= Full } full && spill is not null)
        {
            (part.Spilled ??= []).Add((spill.Write(full.AsSpan(0, part.Used)), part.Used));
            part.Used = 0;
            return;
        }

        if (part.Open is not null)
        {
            (part.Closed ??= []).Add(new(part.Open, 0, part.Used));
        }

        (part.Open, part.Used) = (ArrayPool<byte>.Shared.Rent(part.Open is null ? First : Full), 0);
    }
}
