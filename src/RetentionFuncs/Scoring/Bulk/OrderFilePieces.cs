using Microsoft.Win32.SafeHandles;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>A file in pieces that lanes read on their own: a line belongs to the piece in which it begins.</summary>
internal sealed class OrderFilePieces
{
    private const int PieceBytes = 1 << 20;

    /// <summary>Longer lines are not plain.</summary>
    private const int LongestLine = 64 << 10;
    private const int Spare = 128;

    public const int BufferBytes = PieceBytes + LongestLine + Spare;

    private readonly SafeFileHandle _file;
    private readonly long _length;
    private readonly long _body;

    private OrderFilePieces(SafeFileHandle file, long length, long body, OrderFileColumns columns) =>
        (_file, _length, _body, Columns) = (file, length, body, columns);

    public OrderFileColumns Columns { get; }

    public int Count => (int)((_length - _body + PieceBytes - 1) / PieceBytes);

    public long StartOf(int piece) => _body + ((long)piece * PieceBytes);

    /// <summary>Reads the header.</summary>
    public static OrderFilePieces? Open(SafeFileHandle file, out Phrase problem)
    {
        var head = new byte[LongestLine];
        var text = head.AsSpan(0, Fill(file, head, 0));
        var start = text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        var end = text[start..].IndexOf((byte)'\n');
        var body = end < 0 ? text.Length : start + end + 1;
        var line = text[start..(end < 0 ? text.Length : start + end)].TrimEnd((byte)'\r');
        problem = new("is empty; it needs a line of column names", "是空文件；至少要有一行列名");
        if (line.IsEmpty || (end < 0 && text.Length == LongestLine))
        {
            return null;
        }

        var columns = OrderFileColumns.TryRead(line, out problem);
        return columns is null ? null : new(file, RandomAccess.GetLength(file), body, columns);
    }

    /// <summary>Reads the lines that begin in a piece.</summary>
    /// <returns>Where in the file the first trouble is, or null.</returns>
    public (long At, Phrase Reason)? Read(int piece, byte[] buffer, OrderRowReader reader)
    {
        var offset = StartOf(piece) - 1;
        var read = Fill(_file, buffer.AsSpan(0, (int)Math.Min(1 + PieceBytes + LongestLine, _length - offset)), offset);
        var from = 1 + buffer.AsSpan(0, Math.Min(read, PieceBytes)).IndexOf((byte)'\n');
        if (from == 0)
        {
            return null;
        }

        var end = Math.Min(read, PieceBytes);
        var until = end + 1 + buffer.AsSpan(end..read).IndexOf((byte)'\n');
        if (until == end && offset + read < _length)
        {
            return (offset + PieceBytes, new($"is longer than {LongestLine} bytes", $"一行超过 {LongestLine} 字节"));
        }

        until = until == end ? read : until;
        if (buffer[until - 1] != '\n')
        {
            buffer[until++] = (byte)'\n';
        }

        var at = reader.Read(buffer, from, until, out var problem);
        return at < 0 ? null : (offset + at, problem!);
    }

    private static int Fill(SafeFileHandle file, Span<byte> buffer, long offset)
    {
        var all = 0;
        for (int read; all < buffer.Length && (read = RandomAccess.Read(file, buffer[all..], offset + all)) > 0; )
        {
            all += read;
        }

        return all;
    }
}
