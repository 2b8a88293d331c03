using System.Security.Cryptography;

namespace RetentionFuncs.Imports;

/// <summary>SHA-256 of a file's bytes, as lower-case hex.</summary>
internal static class FileHash
{
    public static async ValueTask<(string Hash, long Size)> OfAsync(
        ImportSource source,
        Action<long> progress,
        CancellationToken cancellation
    )
    {
        await using var stream = source.Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[1024 * 1024];
        var size = 0L;
        while (await stream.ReadAsync(block, cancellation) is var read and > 0)
        {
            hash.AppendData(block, 0, read);
            size += read;
            progress(size);
        }

        return (Text(hash), size);
    }

    public static string Text(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
