using System.Buffers;

namespace RetentionFuncs.Imports;

/// <summary>
/// One record, seen in the reader's buffer: its fields are cut out when they are asked for, and only then. The same object is
/// used for every record, so nothing of it may be kept across reads.
/// </summary>
public sealed class CsvRow
{
    private readonly byte _delimiter;
    private readonly SearchValues<byte> _marks;
    private readonly SearchValues<byte> _ends;
    private Field[] _fields = new Field[16];
    private byte[] _buffer = [];
    private byte[] _unquoted = [];
    private char[] _text = new char[256];
    private int _start;
    private int _length;
    private bool _hasQuotes;

    public CsvRow(char delimiter)
    {
        _delimiter = checked((byte)delimiter);
        _marks = SearchValues.Create(_delimiter, (byte)'"', (byte)'\r', (byte)'\n');
        _ends = SearchValues.Create(_delimiter, (byte)'\r', (byte)'\n');
    }

    private readonly record struct Field(int From, int To, bool Doubled);

    /// <summary>The line on which the record begins, from 1; line breaks inside quotes count.</summary>
    public long Line { get; internal set; }

    public int FieldCount { get; private set; }

    /// <summary>What the file is written in; another than UTF-8 was made UTF-8 on its way in.</summary>
    internal string Encoding { get; init; } = "UTF-8";

    public CsvFault Fault { get; private set; }

    /// <summary>The field the fault is in; -1 when it is the whole record's.</summary>
    public int FaultField { get; private set; }

    /// <summary>Whether a line end closes it; only the last record of a file may lack one.</summary>
    public bool HasLineEnd { get; private set; }

    public bool HasOpenQuote { get; private set; }

    /// <summary>The record as it stands in the file, without its line end; empty for a record of more than 1 MB.</summary>
    public ReadOnlySpan<byte> Raw => _buffer.AsSpan(_start, _length);

    internal bool IsBlank => FieldCount == 1 && !_hasQuotes && Raw.TrimStart(" \t"u8).IsEmpty;

    /// <summary>One field without its quotes; empty beyond the last. Valid until the next call.</summary>
    public ReadOnlySpan<byte> Bytes(int index)
    {
        if (index >= Math.Min(FieldCount, _fields.Length))
        {
            return [];
        }

        var field = _fields[index];
        var bytes = _buffer.AsSpan(field.From, field.To - field.From);
        return field.Doubled ? Unquote(bytes) : bytes;
    }

    /// <summary>One field as text; empty beyond the last. Valid until the next call.</summary>
    public ReadOnlySpan<char> Text(int index)
    {
        var bytes = Bytes(index);
        if (_text.Length < bytes.Length)
        {
            _text = new char[bytes.Length];
        }

        return _text.AsSpan(0, System.Text.Encoding.UTF8.GetChars(bytes, _text));
    }

    /// <summary>The first <paramref name="count"/> fields as they stand in the file.</summary>
    public ReadOnlySpan<byte> RawFields(int count)
    {
        if (count >= FieldCount || count >= _fields.Length)
        {
            return Raw;
        }

        var from = _fields[count].From;
        var isQuoted = from > _start && _buffer[from - 1] == '"';
        var isFormula = isQuoted && from - 1 > _start && _buffer[from - 2] == '=';
        var next = from - 1 - (isQuoted ? 1 : 0) - (isFormula ? 1 : 0);
        return _buffer.AsSpan(_start, Math.Max(0, next - _start));
    }

    /// <summary>Reads one record that begins at <paramref name="start"/>.</summary>
    /// <param name="final">Whether nothing follows <paramref name="end"/>.</param>
    /// <returns>Where the next record begins, or -1 when more of the file is needed.</returns>
    internal int Scan(byte[] buffer, int start, int end, bool final)
    {
        Begin(buffer, start);
        ReadOnlySpan<byte> data = buffer.AsSpan(0, end);
        var at = start;
        while (true)
        {
            at = at < end && data[at] == '"' ? Quoted(data, at, final) : Bare(data, at, final);
            if (at < 0 || at == end)
            {
                _length = end - start;
                return final ? end : -1;
            }

            if (data[at] == _delimiter)
            {
                at++;
                continue;
            }

            if (data[at] == '\r' && at + 1 == end && !final)
            {
                return -1;
            }

            (_length, HasLineEnd) = (at - start, true);
            return data[at] == '\r' && at + 1 < end && data[at + 1] == '\n' ? at + 2 : at + 1;
        }
    }

    internal int InnerLineBreaks() => _hasQuotes ? CsvText.CountLineBreaks(Raw) : 0;

    internal void SetTooLong(long line, bool openQuote)
    {
        Begin([], 0);
        (Line, _length, HasLineEnd, HasOpenQuote) = (line, 0, true, openQuote);
        Refuse(CsvFault.RowTooLong, -1);
    }

    internal void Refuse(CsvFault fault, int field)
    {
        if (Fault == CsvFault.None)
        {
            (Fault, FaultField) = (fault, field);
        }
    }

    private void Begin(byte[] buffer, int start)
    {
        (_buffer, _start, _length, _hasQuotes, FieldCount) = (buffer, start, 0, false, 0);
        (Fault, FaultField, HasLineEnd, HasOpenQuote) = (CsvFault.None, -1, false, false);
    }

    private int Bare(ReadOnlySpan<byte> data, int from, bool final)
    {
        var at = from;
        while (true)
        {
            var next = data[at..].IndexOfAny(_marks);
            if (next < 0)
            {
                Add(from, data.Length, false);
                return final ? data.Length : -1;
            }

            at += next;
            if (data[at] != '"')
            {
                Add(from, at, false);
                return at;
            }

            // ="0012" is how exports keep a spreadsheet from taking an id for a number.
            if (at == from + 1 && data[from] == '=')
            {
                return Quoted(data, at, final);
            }

            Refuse(CsvFault.QuoteInBareField, FieldCount);
            at++;
        }
    }

    private int Quoted(ReadOnlySpan<byte> data, int from, bool final)
    {
        _hasQuotes = true;
        var (at, doubled) = (from + 1, false);
        while (true)
        {
            var next = data[at..].IndexOf((byte)'"');
            if (next < 0)
            {
                HasOpenQuote = final;
                Add(from + 1, data.Length, doubled);
                return final ? data.Length : -1;
            }

            at += next + 1;
            if (at >= data.Length || data[at] != '"')
            {
                break;
            }

            (at, doubled) = (at + 1, true);
        }

        Add(from + 1, at - 1, doubled);
        return AfterQuote(data, at, final);
    }

    private int AfterQuote(ReadOnlySpan<byte> data, int at, bool final)
    {
        if (at >= data.Length || _ends.Contains(data[at]))
        {
            return at;
        }

        Refuse(CsvFault.TextAfterQuote, FieldCount - 1);
        var end = data[at..].IndexOfAny(_ends);
        return end >= 0 ? at + end
            : final ? data.Length
            : -1;
    }

    private void Add(int from, int to, bool doubled)
    {
        if (to - from > CsvReader.MaxFieldBytes)
        {
            Refuse(CsvFault.FieldTooLong, FieldCount);
        }

        if (FieldCount == _fields.Length && FieldCount < CsvReader.MaxColumns)
        {
            Array.Resize(ref _fields, FieldCount * 2);
        }

        if (FieldCount < _fields.Length)
        {
            _fields[FieldCount] = new Field(from, to, doubled);
        }

        FieldCount++;
    }

    private ReadOnlySpan<byte> Unquote(ReadOnlySpan<byte> bytes)
    {
        if (_unquoted.Length < bytes.Length)
        {
            _unquoted = new byte[bytes.Length];
        }

        return _unquoted.AsSpan(0, CsvText.Unquote(bytes, _unquoted));
    }
}
