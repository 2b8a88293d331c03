using System.Security.Cryptography;
using System.Text;

namespace RetentionFuncs.Imports.Encodings;

/// <summary>Reads a file of another encoding as UTF-8, block by block. Line ends stay where they are, so line numbers stay right.</summary>
/// <param name="head">What has been read of the file already, without its mark.</param>
/// <param name="hash">Takes in the file's own bytes after <paramref name="head"/>; may be null.</param>
internal sealed class Utf8Transcoder(SourceEncoding from, byte[] head, Stream file, IncrementalHash? hash) : Stream
{
    private const int Block = 64 * 1024;

    private readonly byte[] _utf8 = new byte[(3 * (Math.Max(Block, head.Length) + 16)) + 16];
    private readonly char[] _chars = new char[Math.Max(Block, head.Length) + 16];
    private byte[] _raw = [.. head, .. new byte[16]];
    private int _end = head.Length;
    private bool _isFirst = true;
    private bool _final;
    private int _from;
    private int _to;

    /// <summary>Bytes of the file read after <c>head</c>.</summary>
    public long RawBytes { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_from == _to)
        {
            if (_final && _end == 0)
            {
                return 0;
            }

            await FillAsync(cancellationToken);
            Convert();
        }

        var length = Math.Min(buffer.Length, _to - _from);
        _utf8.AsMemory(_from, length).CopyTo(buffer);
        _from += length;
        return length;
    }

    private async ValueTask FillAsync(CancellationToken cancellation)
    {
        if (_isFirst)
        {
            _isFirst = false;
            return;
        }

        if (_raw.Length < Block + 16)
        {
            Array.Resize(ref _raw, Block + 16);
        }

        var read = await file.ReadAsync(_raw.AsMemory(_end, Math.Min(Block, _raw.Length - _end)), cancellation);
        hash?.AppendData(_raw, _end, read);
        (_end, _final, RawBytes) = (_end + read, read == 0, RawBytes + read);
    }

    private void Convert()
    {
        (_from, _to) = (0, 0);
        ReadOnlySpan<byte> raw = _raw.AsSpan(0, _end);
        while (!raw.IsEmpty)
        {
            var run = from.ValidRun(raw);
            WriteText(raw[..run]);
            raw = raw[run..];
            if (raw.IsEmpty || (!_final && from.LengthOf(raw) == CharLengths.Incomplete))
            {
                break;
            }

            var odd = Math.Min(from.Unit, raw.Length);
            foreach (var b in raw[..odd])
            {
                WriteOdd(b);
            }

            raw = raw[odd..];
        }

        raw.CopyTo(_raw);
        _end = raw.Length;
    }

    private void WriteText(ReadOnlySpan<byte> run)
    {
        ReadOnlySpan<char> chars = _chars.AsSpan(0, from.Text.GetChars(run, _chars));
        while (!chars.IsEmpty)
        {
            var whole = chars.IndexOf(SourceEncoding.Unassigned);
            var text = whole < 0 ? chars : chars[..whole];
            _to += Encoding.UTF8.GetBytes(text, _utf8.AsSpan(_to));
            chars = chars[text.Length..];
            if (!chars.IsEmpty)
            {
                WriteOdd((byte)'?');
                chars = chars[1..];
            }
        }
    }

    private void WriteOdd(byte odd)
    {
        OddBytes.Write(odd, _utf8.AsSpan(_to));
        _to += OddBytes.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
