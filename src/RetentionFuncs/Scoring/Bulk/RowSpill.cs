using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>A lane's temporary file of rows; it goes when it is closed.</summary>
internal sealed class RowSpill(string folder) : IDisposable
{
    private readonly SafeFileHandle _file = Temporary(folder);
    private long _end;

    /// <returns>Where it was written.</returns>
    public long Write(ReadOnlySpan<byte> slab)
    {
        var at = _end;
        RandomAccess.Write(_file, slab, at);
        _end += slab.Length;
        return at;
    }

    /// <returns>Rented memory.</returns>
    public ArraySegment<byte> Read(long at, int length)
    {
        var slab = ArrayPool<byte>.Shared.Rent(length + RowShelf.Spare);
        for (var done = 0; done < length; )
        {
            var read = RandomAccess.Read(_file, slab.AsSpan(done..length), at + done);
            done += read > 0 ? read : throw new IOException("The temporary file of rows ends too early.");
        }

        return new(slab, 0, length);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A file that nobody else sees and that goes when it is closed.</summary>
    public static SafeFileHandle Temporary(string folder)
    {
        Directory.CreateDirectory(folder);
        return File.OpenHandle(
            Path.Combine(folder, Path.GetRandomFileName()),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            FileOptions.DeleteOnClose
        );
    }
}
