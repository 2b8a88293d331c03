using System.Buffers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.AzureAdapters.Tables;

/// <summary>
/// How large a transaction is on its way. The service takes 4 MiB of body; texts travel as JSON, in which a character outside ASCII, a quote or
/// an angle bracket takes six bytes where the port counts two.
/// </summary>
internal static class WireSize
{
    /// <summary>Head of a part, names of the keys, type annotations.</summary>
    private const int RowBytes = 800;
    private const int PropertyBytes = 64;

    /// <summary>What the JSON writer leaves as it is.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%()*,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~"
    );

    /// <exception cref="ArgumentException">The service would refuse it.</exception>
    public static void Check(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        if (writes.Count == 1)
        {
            return;
        }

        var bytes = 0L;
        foreach (var write in writes)
        {
            bytes += RowBytes + (3 * (partition.Key.Length + write.Key.Length));
            foreach (var (name, value) in write.Properties?.Entries ?? [])
            {
                bytes += PropertyBytes + (2 * name.Length) + (value is string text ? Bytes(text) : 0);
            }
        }

        if (bytes > RowLimits.CommitBytes)
        {
            throw new ArgumentException(
                $"A commit to {partition} is about {bytes} bytes on its way; Table Storage takes {RowLimits.CommitBytes} in one transaction. Commit fewer rows at once.",
                nameof(writes)
            );
        }
    }

    private static long Bytes(string text)
    {
        var escaped = 0L;
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAnyExcept(Plain); at >= 0; at = rest.IndexOfAnyExcept(Plain))
        {
            escaped++;
            rest = rest[(at + 1)..];
        }

        return text.Length + (5 * escaped);
    }
}
