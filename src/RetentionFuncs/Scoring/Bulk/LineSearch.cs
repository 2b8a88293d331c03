using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Line numbers, found only when somebody must be told one.</summary>
internal static class LineSearch
{
    /// <summary>The line, from 1, on which the byte stands.</summary>
    public static long LineAt(SafeFileHandle file, long at)
    {
        var (buffer, line) = (new byte[1 << 20], 1L);
        for (long from = 0; from < at; )
        {
            var read = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, at - from)), from);
            line += buffer.AsSpan(0, read).Count((byte)'\n');
            from += read == 0 ? at : read;
        }

        return line;
    }

    /// <summary>The last line of the customer's order, or the customer's first line.</summary>
    public static long LineOf(string path, OrderFileColumns columns, FoldProblem problem)
    {
        var (line, found) = (0L, 1L);
        foreach (var text in File.ReadLines(path, Encoding.UTF8))
        {
            line++;
            var fields = text.Split(',');
            if (
                line == 1
                || fields.Length != columns.Count
                || !Encoding.UTF8.GetBytes(fields[columns.Customer]).AsSpan().SequenceEqual(problem.Id)
            )
            {
                continue;
            }

            if (problem.Key is not { } key)
            {
                return line;
            }

            found = columns.Order >= 0 && KeyOf(fields[columns.Order]) == key ? line : found;
        }

        return found;
    }

    private static ulong KeyOf(string order)
    {
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(order.Length) + 8];
        return IdHash.Of(ref bytes[0], Encoding.UTF8.GetBytes(order, bytes)) >> 8;
    }
}
