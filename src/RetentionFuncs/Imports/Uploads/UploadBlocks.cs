using System.Globalization;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Imports.Uploads;

/// <summary>
/// Bytes as rows: blocks of 256 KiB, each a row of up to eleven texts of base64. A block's key is its place in the file, so that the
/// same block again is the same row, whoever brings it and however often.
/// </summary>
internal sealed class UploadBlocks(IRowStore store)
{
    /// <summary>Bytes of a block; only the last one of a file is shorter.</summary>
    public const int BlockBytes = 256 * 1024;

    /// <summary>The uploaded file.</summary>
    public const string Content = "c";

    /// <summary>The account of the import, as JSON.</summary>
    public const string Report = "p";

    /// <summary>The refused rows, as CSV.</summary>
    public const string RefusedRows = "r";

    /// <summary>Bytes that make a text of 32,768 characters.</summary>
    private const int TextBytes = RowLimits.TextLength / 4 * 3;

    /// <summary>Blocks of a commit: as many as fit into 4 MiB of two-byte characters.</summary>
    private const int PerCommit = 5;

    /// <summary>Blocks of a page: few, since each is two thirds of a megabyte.</summary>
    private const int PerPage = 8;

    public static long CountOf(long bytes) => (bytes + BlockBytes - 1) / BlockBytes;

    /// <param name="first">Number of the first block, from 0.</param>
    public async ValueTask WriteAsync(string id, string what, long first, ReadOnlyMemory<byte> bytes)
    {
        var rows = new List<RowWrite>(PerCommit);
        for (var at = 0; at < bytes.Length; at += BlockBytes)
        {
            var block = bytes.Slice(at, Math.Min(BlockBytes, bytes.Length - at));
            rows.Add(new RowWrite(KeyOf(what, first + (at / BlockBytes)), Expectation.Any, ToBag(block.Span)));
            if (rows.Count == PerCommit)
            {
                await store.WriteAnyAsync(Upload.PartitionOf(id), [.. rows]);
                rows.Clear();
            }
        }

        if (rows.Count > 0)
        {
            await store.WriteAnyAsync(Upload.PartitionOf(id), [.. rows]);
        }
    }

    /// <summary>Writes all that is left in the stream, from block 0.</summary>
    /// <returns>Bytes written.</returns>
    public async ValueTask<long> WriteAllAsync(string id, string what, Stream from)
    {
        var buffer = new byte[BlockBytes * PerCommit];
        var total = 0L;
        while (await from.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false) is var read and > 0)
        {
            await WriteAsync(id, what, total / BlockBytes, buffer.AsMemory(0, read));
            total += read;
        }

        return total;
    }

    /// <summary>The blocks of the first <paramref name="length"/> bytes; ends early where one is missing or of the wrong size.</summary>
    public async IAsyncEnumerable<byte[]> ReadAsync(string id, string what, long length)
    {
        var (next, left) = (0L, length);
        for (
            RowRange? range = left == 0 ? null : new RowRange(KeyOf(what, 0), KeyOf(what, CountOf(length)));
            range is { } current && left > 0;

        )
        {
            var page = await store.ReadAsync(Upload.PartitionOf(id), current, PerPage);
            foreach (var row in page.Rows)
            {
                var bytes = BytesOf(row.Properties);
                if (row.Key != KeyOf(what, next) || bytes.Length < Math.Min(left, BlockBytes))
                {
                    yield break;
                }

                yield return bytes;
                (next, left) = (next + 1, left - bytes.Length);
            }

            range = page.Rest;
        }
    }

    /// <summary>Removes the blocks of the first <paramref name="length"/> bytes by their keys, without reading them.</summary>
    public async ValueTask DeleteAsync(string id, string what, long length)
    {
        foreach (var keys in Places(CountOf(length)).Select(i => KeyOf(what, i)).Chunk(RowLimits.CommitRows))
        {
            await store.WriteAnyAsync(Upload.PartitionOf(id), [.. keys.Select(k => new RowWrite(k, Expectation.Any, null))]);
        }
    }

    /// <summary>Removes whatever is left of an upload beside its head.</summary>
    public async ValueTask DeleteRestAsync(string id)
    {
        for (RowRange? range = RowRange.All; range is { } current; )
        {
            var page = await store.ReadAsync(Upload.PartitionOf(id), current, PerPage);
            var writes = page
                .Rows.Where(r => r.Key != UploadHeads.HeadKey)
                .Select(r => new RowWrite(r.Key, Expectation.Any, null))
                .ToArray();
            if (writes.Length > 0)
            {
                await store.WriteAnyAsync(Upload.PartitionOf(id), writes);
            }

            range = page.Rest;
        }
    }

    private static IEnumerable<long> Places(long count)
    {
        for (var i = 0L; i < count; i++)
        {
            yield return i;
        }
    }

    private static string KeyOf(string what, long block) => string.Create(CultureInfo.InvariantCulture, $"{what}|{block:00000000}");

    private static PropertyBag ToBag(ReadOnlySpan<byte> block)
    {
        var bag = new PropertyBag();
        for (var (i, at) = (0, 0); at < block.Length; i++, at += TextBytes)
        {
            _ = bag.Set(NameOf(i), Convert.ToBase64String(block.Slice(at, Math.Min(TextBytes, block.Length - at))));
        }

        return bag;
    }

    private static byte[] BytesOf(PropertyBag row)
    {
        using var bytes = new MemoryStream(BlockBytes);
        for (var i = 0; row.TextOrNull(NameOf(i)) is { } text; i++)
        {
            bytes.Write(Convert.FromBase64String(text));
        }

        return bytes.ToArray();
    }

    private static string NameOf(int i) => string.Create(CultureInfo.InvariantCulture, $"b{i:00}");
}
