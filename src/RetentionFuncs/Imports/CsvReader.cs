using System.Security.Cryptography;
using System.Text.Unicode;
using RetentionFuncs.Imports.Encodings;

namespace RetentionFuncs.Imports;

/// <summary>
/// Reads a CSV file of any length record by record in flat memory, by RFC 4180 and strictly: what is not well formed is a fault of
/// its record, never a guess. Line ends may be LF, CRLF, CR or mixed; blank lines are passed over and counted. A file in another
/// encoding is made UTF-8 on its way in.
/// </summary>
public sealed class CsvReader
{
    public const int MaxFieldBytes = 64 * 1024;
    public const int MaxRowBytes = 1024 * 1024;
    public const int MaxColumns = 500;
    private const int Block = 256 * 1024;

    private Stream _stream;
    private IncrementalHash? _hash;
    private Utf8Transcoder? _transcoder;
    private long _read;
    private byte[] _buffer = new byte[Block];
    private int _at;
    private int _end;
    private bool _final;
    private long _line;

    private CsvReader(Stream stream, IncrementalHash? hash) => (_stream, _hash) = (stream, hash);

    public CsvDialect Dialect { get; private set; } = null!;

    /// <summary>The current record; overwritten by the next read.</summary>
    public CsvRow Row { get; private set; } = null!;

    /// <summary>Bytes of the file, in its own encoding.</summary>
    public long BytesRead => _read + (_transcoder?.RawBytes ?? 0);

    /// <summary>The encoding it is read in, as messages name it.</summary>
    public string Encoding { get; private set; } = "UTF-8";

    public long BlankLines { get; private set; }

    /// <summary>How many fields a record must have; 0 = any number. Set after the header was read.</summary>
    public int ExpectedFields { get; set; }

    /// <summary>Looks at the first block and makes ready to read the header as the first record.</summary>
    /// <param name="delimiter">As declared, or null to find it in the header.</param>
    /// <param name="hash">Takes in every byte as it is read, or null.</param>
    /// <param name="declared">The encoding, or null to find it: UTF-8, or what <paramref name="isKnown"/> makes certain.</param>
    /// <param name="isKnown">Whether headers are ones we know in Chinese; null: GB18030 is read only when declared.</param>
    /// <returns>The reader, or why the file cannot be read.</returns>
    public static async ValueTask<(CsvReader? Reader, Wording Problem)> OpenAsync(
        Stream stream,
        char? delimiter,
        IncrementalHash? hash,
        FileEncoding? declared = null,
        Func<IReadOnlyList<string>, bool>? isKnown = null
    )
    {
        var reader = new CsvReader(stream, hash);
        await reader.FillHeadAsync();
        if (CsvDialect.Refusal(reader.Head) is { } refusal)
        {
            return (null, refusal);
        }

        if (!EncodingChoice.TryFind(reader.Head, reader._final, declared, isKnown, out var source, out var mark, out var problem))
        {
            return (null, problem);
        }

        if (source is not null)
        {
            await reader.TranscodeAsync(source, mark);
        }

        if (!CsvDialect.TryDetect(reader.Head, delimiter, out var dialect, out problem))
        {
            return (null, problem);
        }

        reader.Dialect = source is null ? dialect : dialect with { HasBom = true };
        reader.Row = new CsvRow(dialect.Delimiter) { Encoding = reader.Encoding };
        (reader._at, reader._line) = (Math.Min(dialect.HeaderAt, reader._end), dialect.HeaderLine);
        return (reader, default);
    }

    private ReadOnlySpan<byte> Head => _buffer.AsSpan(0, _end);

    private async ValueTask FillHeadAsync()
    {
        while (!_final && _end < MaxFieldBytes)
        {
            await FillAsync();
        }
    }

    /// <summary>Begins again with what was read so far, as UTF-8.</summary>
    private async ValueTask TranscodeAsync(SourceEncoding source, int mark)
    {
        _transcoder = new Utf8Transcoder(source, _buffer.AsSpan(mark, _end - mark).ToArray(), _stream, _hash);
        (_stream, _hash, _end, _final, Encoding) = (_transcoder, null, 0, false, source.Name);
        await FillHeadAsync();
    }

    /// <summary>Goes to the next record.</summary>
    /// <returns>False at the end of the file.</returns>
    public ValueTask<bool> ReadAsync() => Next() is { } found ? new(found) : ReadOnAsync();

    private async ValueTask<bool> ReadOnAsync()
    {
        while (true)
        {
            await FillAsync();
            if (Next() is { } found)
            {
                return found;
            }

            if (_end - _at > MaxRowBytes)
            {
                await SkipAsync();
                return true;
            }
        }
    }

    /// <summary>True: a record; false: the end; null: more bytes are needed to tell.</summary>
    private bool? Next()
    {
        while (_at < _end)
        {
            var next = Row.Scan(_buffer, _at, _end, _final);
            if (next < 0)
            {
                return null;
            }

            Row.Line = _line;
            _line += 1 + Row.InnerLineBreaks();
            _at = next;
            if (!Row.IsBlank)
            {
                Check();
                return true;
            }

            BlankLines++;
        }

        return _final ? false : null;
    }

    private void Check()
    {
        var raw = Row.Raw;
        if (raw.Length > MaxRowBytes)
        {
            Row.SetTooLong(Row.Line, Row.HasOpenQuote);
            return;
        }

        if (!Utf8.IsValid(raw))
        {
            Row.Refuse(CsvFault.InvalidUtf8, Guilty(f => !Utf8.IsValid(f)));
        }

        if (raw.Contains((byte)0))
        {
            Row.Refuse(CsvFault.NulByte, Guilty(f => f.Contains((byte)0)));
        }

        if (ExpectedFields > 0 && Row.FieldCount != ExpectedFields)
        {
            Row.Refuse(Row.FieldCount > ExpectedFields ? CsvFault.TooManyFields : CsvFault.TooFewFields, -1);
        }
    }

    private delegate bool Test(ReadOnlySpan<byte> field);

    private int Guilty(Test test)
    {
        for (var i = 0; i < Math.Min(Row.FieldCount, MaxColumns); i++)
        {
            if (test(Row.Bytes(i)))
            {
                return i;
            }
        }

        return -1;
    }

    private async ValueTask SkipAsync()
    {
        var (skipper, line) = (new RowSkipper((byte)Dialect.Delimiter), _line);
        int length;
        while ((length = skipper.Feed(_buffer.AsSpan(_at, _end - _at))) < 0 && !_final)
        {
            _at = _end;
            await FillAsync();
        }

        _at = length < 0 ? _end : _at + length;
        _line += Math.Max(1, skipper.LineBreaks);
        Row.SetTooLong(line, length < 0 && skipper.IsInsideQuotes);
    }

    private async ValueTask FillAsync()
    {
        if (_at > 0)
        {
            _buffer.AsSpan(_at, _end - _at).CopyTo(_buffer);
            (_end, _at) = (_end - _at, 0);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_end));
        _hash?.AppendData(_buffer, _end, read);
        (_end, _final) = (_end + read, read == 0);
        _read += _transcoder is null ? read : 0;
    }
}
