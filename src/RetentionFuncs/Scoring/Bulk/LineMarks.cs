using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Finds where fields and lines end, 64 bytes at a time, and on the way every byte that a plain file does not have.</summary>
internal struct LineMarks
{
    private ulong _returned;

    /// <summary>Whether a byte beyond ASCII was met.</summary>
    public bool HasHighBytes { get; private set; }

    /// <summary>Takes in 64 bytes.</summary>
    /// <param name="bytes">From <paramref name="at"/> on at least 64 readable bytes.</param>
    /// <param name="until">Only bytes before this one count.</param>
    /// <param name="marks">Told the places of delimiters and line feeds, ascending.</param>
    /// <param name="odd">The place of a quote, a control character or a carriage return that ends no line; -1 without one.</param>
    /// <returns>How many marks are known now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Take(ReadOnlySpan<byte> bytes, int at, int until, Span<int> marks, int known, out int odd)
    {
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), at);
        var (low, high) = (Vector256.LoadUnsafe(ref start), Vector256.LoadUnsafe(ref start, 32));
        var inside = until - at >= 64 ? ulong.MaxValue : (1UL << (until - at)) - 1;
        var feeds = Both(Vector256.Equals(low, Feed), Vector256.Equals(high, Feed));
        var found = (Both(Vector256.Equals(low, Comma), Vector256.Equals(high, Comma)) | feeds) & inside;
        odd = Odd(low, high, feeds, inside) is var bits and not 0 ? at + BitOperations.TrailingZeroCount(bits) : -1;
        HasHighBytes |= ((low | high).ExtractMostSignificantBits()) != 0;
        for (; found != 0; found &= found - 1)
        {
            marks[known++] = at + BitOperations.TrailingZeroCount(found);
        }

        return known;
    }

    private static Vector256<byte> Feed => Vector256.Create((byte)'\n');

    private static Vector256<byte> Comma => Vector256.Create((byte)',');

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong Odd(Vector256<byte> low, Vector256<byte> high, ulong feeds, ulong inside)
    {
        var returns = Both(Vector256.Equals(low, Vector256.Create((byte)'\r')), Vector256.Equals(high, Vector256.Create((byte)'\r')));
        var lone = ((returns << 1) | _returned) & ~feeds;
        _returned = returns >> 63;
        return (Both(Unwanted(low), Unwanted(high)) & ~feeds & ~returns | lone) & inside;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Unwanted(Vector256<byte> bytes) =>
        Vector256.LessThan(bytes, Vector256.Create((byte)' '))
        | Vector256.Equals(bytes, Vector256.Create((byte)'"'))
        | Vector256.Equals(bytes, Vector256.Create((byte)0x7F));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Both(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
}
