using System.Text;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Imports;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("a,b\r\n1,2\r\n3,4\r\n")]
    [InlineData("a,b\r1,2\r3,4\r")]
    [InlineData("a,b\r\n1,2\n3,4\r")]
    [InlineData("a,b\n1,2\n3,4")]
    public async Task Catalogue_011_any_line_end_is_read(string text)
    {
        var rows = await ReadAsync(text);
        rows.Select(r => r.Fields)
            .ShouldBe([
                ["a", "b"],
                ["1", "2"],
                ["3", "4"],
            ]);
        rows.Select(r => r.Line).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_CRLF_cut_by_the_end_of_a_block_is_one_line_end()
    {
        var first = new string('x', 64 * 1024) + "\n";
        var rows = await ReadAsync(first + "1,2\r\n\r\n\"3\"\"\",4\r\n", blockSize: 1);
        rows.Select(r => r.Line).ShouldBe([1, 2, 4]);
        rows[2].Fields.ShouldBe(["3\"", "4"]);
    }

    [Fact]
    public async Task Catalogue_013_doubled_quotes_are_one_quote()
    {
        var rows = await ReadAsync("a\n\"say \"\"hi\"\"\"\n\"\"\"\"\n\"\"\n");
        rows.Select(r => r.Fields[0]).ShouldBe(["a", "say \"hi\"", "\"", ""]);
    }

    [Theory]
    [InlineData("ab\"c,1", CsvFault.QuoteInBareField)]
    [InlineData(" \"abc\",1", CsvFault.QuoteInBareField)]
    [InlineData("\"ab\"c,1", CsvFault.TextAfterQuote)]
    public async Task Catalogue_013_a_misplaced_quote_faults_its_row_only(string row, CsvFault fault)
    {
        var rows = await ReadAsync($"a,b\n{row}\n3,4\n");
        rows[1].Fault.ShouldBe(fault);
        rows[2].Fields.ShouldBe(["3", "4"]);
        rows[2].Fault.ShouldBe(CsvFault.None);
    }

    [Fact]
    public async Task Catalogue_013_a_quote_open_at_the_end_is_told_with_the_line_it_began_on()
    {
        var rows = await ReadAsync("a,b\n1,2\n3,\"4\n5,6\n");
        rows[^1].OpenQuote.ShouldBeTrue();
        rows[^1].Line.ShouldBe(3);
    }

    [Fact]
    public async Task Catalogue_026_a_spreadsheets_text_formula_is_a_quoted_field_and_no_other_quote_inside_one_is()
    {
        var rows = await ReadAsync("a,b,c\n=\"0012\",x,=\"3,\"\"4\"\"\"\nx=\"1\",2,3\n");
        rows[1].Fields.ShouldBe(["0012", "x", "3,\"4\""]);
        rows.Select(r => r.Fault).ShouldBe([CsvFault.None, CsvFault.None, CsvFault.QuoteInBareField]);
        var (reader, _) = await CsvReader.OpenAsync(new MemoryStream("a,=\"b\",\"c\",d\n"u8.ToArray()), null, null);
        await reader!.ReadAsync();
        Enumerable
            .Range(1, 4)
            .Select(i => Encoding.UTF8.GetString(reader.Row.RawFields(i)))
            .ShouldBe(["a", "a,=\"b\"", "a,=\"b\",\"c\"", "a,=\"b\",\"c\",d"]);
    }

    [Fact]
    public async Task Catalogue_014_line_breaks_inside_quotes_are_kept_and_counted()
    {
        var rows = await ReadAsync("a,b\n\"one\ntwo\r\nthree\rfour\",2\nx,y\n");
        rows[1].Fields[0].ShouldBe("one\ntwo\r\nthree\rfour");
        rows[1].Line.ShouldBe(2);
        rows[2].Line.ShouldBe(6);
    }

    [Fact]
    public async Task Catalogue_015_short_and_long_rows_are_faults()
    {
        var rows = await ReadAsync("a,b\n1\n1,2,3\n1,\n", expected: true);
        rows.Select(r => r.Fault).ShouldBe([CsvFault.None, CsvFault.TooFewFields, CsvFault.TooManyFields, CsvFault.None]);
    }

    [Fact]
    public async Task Catalogue_009_invalid_overlong_and_surrogate_UTF8_fault_their_row()
    {
        byte[] bytes = [.. "a,b\n"u8, 0xC0, 0xAF, .. ",1\n"u8, 0xED, 0xA0, 0x80, .. ",1\n"u8, 0xE4, .. ",1\nä,1\n"u8];
        var rows = await ReadAsync(bytes);
        rows.Skip(1).Select(r => r.Fault).ShouldBe([CsvFault.InvalidUtf8, CsvFault.InvalidUtf8, CsvFault.InvalidUtf8, CsvFault.None]);
    }

    [Fact]
    public async Task Catalogue_010_a_NUL_byte_faults_its_row()
    {
        var rows = await ReadAsync("a,b\n1,\0\n3,4\n");
        rows.Select(r => r.Fault).ShouldBe([CsvFault.None, CsvFault.NulByte, CsvFault.None]);
    }

    [Fact]
    public async Task Catalogue_017_a_field_of_64_KB_is_read_and_one_byte_more_is_a_fault()
    {
        var rows = await ReadAsync($"a,b\n{new string('x', 64 * 1024)},1\n{new string('x', (64 * 1024) + 1)},1\n2,2\n");
        rows.Select(r => r.Fault).ShouldBe([CsvFault.None, CsvFault.None, CsvFault.FieldTooLong, CsvFault.None]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"")]
    public async Task Catalogue_017_a_field_of_10_MB_faults_its_row_in_flat_memory(string quote)
    {
        var head = Encoding.UTF8.GetBytes($"a,b\n{quote}");
        var tail = Encoding.UTF8.GetBytes($"{quote},2\r\n3,4\n");
        using var stream = new RepeatingStream(head, quote.Length > 0 ? "line\r\n"u8.ToArray() : "xxxxxx"u8.ToArray(), 1_700_000, tail);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (reader, _) = await CsvReader.OpenAsync(stream, null, null);
        (await reader!.ReadAsync()).ShouldBeTrue();
        (await reader.ReadAsync()).ShouldBeTrue();
        reader.Row.Fault.ShouldBe(CsvFault.RowTooLong);
        reader.Row.Line.ShouldBe(2);
        (await reader.ReadAsync()).ShouldBeTrue();
        reader.Row.Fault.ShouldBe(CsvFault.None);
        Encoding.UTF8.GetString(reader.Row.Bytes(1)).ShouldBe("4");
        reader.Row.Line.ShouldBe(quote.Length > 0 ? 1_700_003 : 3);
        (await reader.ReadAsync()).ShouldBeFalse();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8_000_000);
    }

    [Fact]
    public async Task A_quote_left_open_in_a_row_too_long_to_hold_is_still_told()
    {
        using var stream = new RepeatingStream("a,b\n1,\""u8.ToArray(), "xxxxxx"u8.ToArray(), 400_000, []);
        var (reader, _) = await CsvReader.OpenAsync(stream, null, null);
        await reader!.ReadAsync();
        await reader.ReadAsync();
        reader.Row.HasOpenQuote.ShouldBeTrue();
    }

    [Fact]
    public async Task Catalogue_018_a_large_file_streams_without_growing()
    {
        using var stream = new RepeatingStream("a,b,c\n"u8.ToArray(), "123456,\"quoted \"\"text\"\"\",12.50\n"u8.ToArray(), 2_000_000, []);
        var (reader, _) = await CsvReader.OpenAsync(stream, null, null);
        var rows = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (await reader!.ReadAsync())
        {
            rows += reader.Row.Bytes(1).Length > 0 ? 1 : 0;
        }

        rows.ShouldBe(2_000_001);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4_000_000);
    }

    [Fact]
    public async Task Catalogue_023_blank_lines_are_passed_over_and_counted()
    {
        var (reader, _) = await CsvReader.OpenAsync(new MemoryStream("a,b\n\n1,2\n  \n\r\n"u8.ToArray()), null, null);
        var rows = 0;
        while (await reader!.ReadAsync())
        {
            rows++;
        }

        (rows, reader.BlankLines).ShouldBe((2, 3L));
    }

    [Fact]
    public async Task More_columns_than_500_are_a_fault_and_cost_no_memory()
    {
        var (reader, _) = await CsvReader.OpenAsync(new MemoryStream(Encoding.UTF8.GetBytes(new string(',', 500_000) + "\n")), null, null);
        (await reader!.ReadAsync()).ShouldBeTrue();
        reader.Row.FieldCount.ShouldBe(500_001);
        reader.Row.Bytes(400_000).IsEmpty.ShouldBeTrue();
    }

    internal sealed record Read(long Line, string[] Fields, CsvFault Fault, bool OpenQuote);

    internal static Task<List<Read>> ReadAsync(string text, bool expected = false, int blockSize = int.MaxValue) =>
        ReadAsync(Encoding.UTF8.GetBytes(text), expected, blockSize);

    internal static async Task<List<Read>> ReadAsync(
        byte[] bytes,
        bool expected = false,
        int blockSize = int.MaxValue,
        char? delimiter = null
    )
    {
        var (reader, problem) = await CsvReader.OpenAsync(new SmallReads(bytes, blockSize), delimiter, null);
        problem.ShouldBe(default);
        var rows = new List<Read>();
        while (await reader!.ReadAsync())
        {
            var row = reader.Row;
            rows.Add(
                new Read(
                    row.Line,
                    [.. Enumerable.Range(0, row.FieldCount).Select(i => row.Text(i).ToString())],
                    row.Fault,
                    row.HasOpenQuote
                )
            );
            reader.ExpectedFields = expected ? rows[0].Fields.Length : 0;
        }

        return rows;
    }
}

/// <summary>Gives at most so many bytes a read, as networks do.</summary>
internal sealed class SmallReads(byte[] bytes, int most) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer.Length > most ? buffer[..most] : buffer, cancellationToken);
}

/// <summary>A head, a body many times over, a tail: large files without memory.</summary>
internal sealed class RepeatingStream(byte[] head, byte[] body, int times, byte[] tail) : Stream
{
    private long _at;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => head.Length + ((long)body.Length * times) + tail.Length;
    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, Length - _at);
        var bodyEnd = head.Length + ((long)body.Length * times);
        for (var i = 0; i < count; i++, _at++)
        {
            buffer[i] =
                _at < head.Length ? head[_at]
                : _at < bodyEnd ? body[(_at - head.Length) % body.Length]
                : tail[_at - bodyEnd];
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
