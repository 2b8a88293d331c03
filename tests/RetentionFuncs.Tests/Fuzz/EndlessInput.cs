namespace RetentionFuncs.Tests.Fuzz;

/// <summary>A head, then one piece over and over up to a length.</summary>
internal sealed class RepeatingStream(byte[] head, byte[] piece, long length) : Stream
{
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _at;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, length - _at);
        for (var i = 0; i < count; i++, _at++)
        {
            buffer[i] = _at < head.Length ? head[_at] : piece[(_at - head.Length) % piece.Length];
        }

        return count;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>The most that the heap has grown by between two looks, garbage taken off.</summary>
internal sealed class PeakMemory : IDisposable
{
    private readonly long _before = GC.GetTotalMemory(forceFullCollection: true);
    private readonly Timer _looks;
    private long _most;

    public PeakMemory() => _looks = new Timer(_ => Look(), null, 50, 50);

    /// <summary>In bytes; other tests of the process may add to it, so the bounds are wide.</summary>
    public long Grown
    {
        get
        {
            Look();
            return _most - _before;
        }
    }

    public void Dispose() => _looks.Dispose();

    private void Look() => _most = Math.Max(_most, GC.GetTotalMemory(forceFullCollection: true));
}
