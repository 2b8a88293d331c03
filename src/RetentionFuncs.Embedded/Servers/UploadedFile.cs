using Microsoft.Win32.SafeHandles;

namespace RetentionFuncs.Embedded.Servers;

/// <summary>A file on this machine that is read piece by piece.</summary>
internal sealed class UploadedFile(string path) : IDisposable
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path);

    public string Name { get; } = Path.GetFileName(path);

    public long Length => RandomAccess.GetLength(_handle);

    /// <summary>The bytes from <paramref name="offset"/> on, at most so many.</summary>
    /// <exception cref="IOException">The file has become shorter meanwhile.</exception>
    public byte[] Read(long offset, int bytes)
    {
        var piece = new byte[bytes];
        for (var at = 0; at < bytes; )
        {
            var read = RandomAccess.Read(_handle, piece.AsSpan(at), offset + at);
            at += read > 0 ? read : throw new IOException($"{path} has become shorter while it was being uploaded.");
        }

        return piece;
    }

    public void Dispose() => _handle.Dispose();
}
