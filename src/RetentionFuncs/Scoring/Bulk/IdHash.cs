using System.Runtime.CompilerServices;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>
/// 64 bits of an id's bytes by folded 128-bit products (the way of wyhash): quick and well spread, the same on every machine and in
/// every run, because it also orders customers. Equal hashes never count as equal ids: the bytes are compared.
/// </summary>
internal static class IdHash
{
    private const ulong Seed = 0xA0761D6478BD642F;
    private const ulong Step = 0xE7037ED1A0B428DB;

    /// <param name="start">The id's first byte; eight bytes beyond its last must be readable.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ref byte start, int length)
    {
        var hash = Seed ^ (ulong)length;
        var at = 0;
        for (; length - at > 8; at += 8)
        {
            hash = Fold(hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at)), Step);
        }

        hash = Fold(hash ^ Last(ref Unsafe.Add(ref start, at), length - at), Step);
        return Fold(hash, Seed);
    }

    /// <summary>The first bytes, at most eight, the others zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Last(ref byte start, int length) =>
        length == 0 ? 0 : Unsafe.ReadUnaligned<ulong>(ref start) & (ulong.MaxValue >> (64 - (8 * length)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Fold(ulong left, ulong right)
    {
        var high = Math.BigMul(left, right, out var low);
        return high ^ low;
    }
}
