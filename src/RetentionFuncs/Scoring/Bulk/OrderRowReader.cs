using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using RetentionFuncs.Findings;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Reads whole lines of a plain file into a shelf; stops at the first byte or field that is not plain.</summary>
internal sealed class OrderRowReader(OrderFileColumns columns, OrderFileReading reading, RowSpill? spill)
{
    private const int Block = 64;
    private readonly DayField _days = new(reading.Calendar, reading.LatestDay);
    private readonly int[] _marks = new int[4096 + Block + columns.Count];

    public RowShelf Shelf { get; } = new(spill);

    /// <summary>The latest day of a row, days since 1 January 1970; -1 before the first.</summary>
    public int LastDay { get; private set; } = -1;

    public bool HasHighBytes { get; private set; }

    /// <param name="bytes">Whole lines, each ended by a line feed, with <see cref="Block"/> spare bytes behind <paramref name="until"/>.</param>
    /// <param name="problem">What is not plain.</param>
    /// <returns>-1 when all is read, else where the trouble begins.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Read(ReadOnlySpan<byte> bytes, int from, int until, out Phrase? problem)
    {
        var marks = new LineMarks();
        var (known, line, odd) = (0, from, -1);
        for (var at = from; at < until && odd < 0; )
        {
            for (; at < until && odd < 0 && known < _marks.Length - Block; at += Block)
            {
                known = marks.Take(bytes, at, until, _marks, known, out odd);
            }

            HasHighBytes = marks.HasHighBytes;
            // What is wrong with a field of an earlier line comes first.
            problem = Lines(bytes, ref line, ref known, odd < 0 ? until : odd) ?? (odd < 0 ? null : Odd(bytes[odd]));
            if (problem is not null)
            {
                return line;
            }
        }

        problem =
            HasHighBytes && !Utf8.IsValid(bytes[from..until]) ? new("is not UTF-8", "不是 UTF-8 编码")
            : known > 0 ? Fields(columns)
            : null;
        return problem is null ? -1 : line;
    }

    /// <summary>Takes as many whole lines as the marks hold, and moves the other marks to the front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Phrase? Lines(ReadOnlySpan<byte> bytes, ref int line, ref int known, int until)
    {
        var (count, at) = (columns.Count, 0);
        ReadOnlySpan<int> marks = _marks;
        while (known - at >= count)
        {
            var row = marks.Slice(at, count);
            if (row[^1] >= until)
            {
                break;
            }

            if (IsBlank(bytes, line, row[0]))
            {
                (line, at) = (row[0] + 1, at + 1);
                continue;
            }

            if (Row(bytes, line, row) is { } problem)
            {
                return problem;
            }

            (line, at) = (row[^1] + 1, at + count);
        }

        while (at < known && IsBlank(bytes, line, marks[at]))
        {
            (line, at) = (marks[at] + 1, at + 1);
        }

        marks[at..known].CopyTo(_marks);
        known -= at;
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBlank(ReadOnlySpan<byte> bytes, int line, int mark) =>
        bytes[mark] == '\n' && (mark == line || (mark == line + 1 && bytes[line] == '\r'));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Phrase? Row(ReadOnlySpan<byte> bytes, int line, ReadOnlySpan<int> marks)
    {
        for (var i = 0; i < marks.Length - 1; i++)
        {
            if (bytes[marks[i]] == '\n')
            {
                return Fields(columns);
            }
        }

        if (bytes[marks[^1]] != '\n')
        {
            return Fields(columns);
        }

        var date = Field(bytes, line, marks, columns.Date);
        if (!_days.TryRead(date, out var day, out var moment))
        {
            return Said(
                "date",
                date,
                "is not a day such as 2025-03-04, from 1970 on and not in the future",
                "不是 2025-03-04 这样的日期（1970 年以后，且不晚于今天）"
            );
        }

        var sum = Field(bytes, line, marks, columns.Amount);
        if (!ScaledAmount.TryRead(sum, out var amount))
        {
            return Said("amount", sum, "is not an amount such as 12.50", "不是 12.50 这样的金额");
        }

        var id = Field(bytes, line, marks, columns.Customer);
        if (id.Length is 0 or > RowShelf.LongestId)
        {
            return Said("customer_id", id, "is empty or longer than 255 bytes", "为空或超过 255 字节");
        }

        var key = (ulong)((day * 86401L) + moment);
        return columns.Order >= 0 && !TryKey(Field(bytes, line, marks, columns.Order), out key)
            ? Said("order_id", Field(bytes, line, marks, columns.Order), "is not a plain id", "不是普通的编号")
            : Keep(id, key, day, amount);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Phrase? Keep(ReadOnlySpan<byte> id, ulong key, int day, long amount)
    {
        LastDay = Math.Max(LastDay, day);
        ref var start = ref MemoryMarshal.GetReference(id);
        Shelf.Add(IdHash.Of(ref start, id.Length), key, day, amount, ref start, id.Length);
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryKey(ReadOnlySpan<byte> order, out ulong key)
    {
        key = order.IsEmpty ? 0 : IdHash.Of(ref MemoryMarshal.GetReference(order), order.Length) >> 8;
        return !order.IsEmpty && order[0] != ' ' && order[^1] != ' ' && (!HasHighBytes || Ascii.IsValid(order));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> bytes, int line, ReadOnlySpan<int> marks, int column)
    {
        var from = column == 0 ? line : marks[column - 1] + 1;
        var until = marks[column];
        until -= column == marks.Length - 1 && until > from && bytes[until - 1] == '\r' ? 1 : 0;
        return bytes[from..until];
    }

    private static Phrase Fields(OrderFileColumns columns) =>
        new($"does not have {columns.Count} fields, as the header has", $"字段数不是表头的 {columns.Count} 个");

    private static Phrase Said(string column, ReadOnlySpan<byte> field, string en, string zh)
    {
        var text = Encoding.UTF8.GetString(field.Length > 60 ? field[..60] : field);
        return new($"{column} '{text}' {en}", $"{column} “{text}” {zh}");
    }

    private static Phrase Odd(byte found) =>
        found == '"' ? new("has quotes, which the fast path does not read", "带引号，快速读取不支持")
        : found is >= (byte)' ' and not 0x7F ? new("has a carriage return that ends no line", "行内有单独的回车符")
        : new("has a control character", "含有控制字符");
}
