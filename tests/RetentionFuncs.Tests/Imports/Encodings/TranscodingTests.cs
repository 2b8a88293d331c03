using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Encodings;

namespace RetentionFuncs.Tests.Imports.Encodings;

/// <summary>Files in other encodings become UTF-8 on their way in, strictly and block by block.</summary>
public sealed class TranscodingTests
{
    public static TheoryData<string, FileEncoding> Encodings =>
        new()
        {
            { "gb18030", FileEncoding.Gb18030 },
            { "shift_jis", FileEncoding.ShiftJis },
            { "windows-1252", FileEncoding.Windows1252 },
            { "utf-16", FileEncoding.Utf16 },
            { "utf-16BE", FileEncoding.Utf16 },
        };

    internal static Encoding Of(string name) => CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);

    internal static byte[] Bytes(string name, string text) => Of(name).GetBytes(text);

    [Theory]
    [MemberData(nameof(Encodings))]
    public async Task The_blocks_it_comes_in_make_no_difference(string name, FileEncoding declared)
    {
        var word = name switch
        {
            "windows-1252" => "Zoë€",
            "shift_jis" => "東京ｱソ",
            _ => "订单㐀𠀀ｱé",
        };
        // The first 64 KB are read at once; what is told apart here lies behind them.
        var filler = string.Concat(Enumerable.Repeat("12345678,0\n", 6_000));
        var text = $"a,b\r\n{filler}\"{word}\r\n{word}\",1\r\n{word},2\r\n";
        foreach (var most in (int[])[1, 2, 3, 5, 1000])
        {
            var rows = (await ReadAsync(Bytes(name, text), declared, most)).TakeLast(2).ToList();
            rows.Select(r => r.Fields[0]).ShouldBe([$"{word}\r\n{word}", word]);
            rows.Select(r => (r.Line, r.Fault)).ShouldBe([(6_002, CsvFault.None), (6_004, CsvFault.None)]);
        }
    }

    /// <summary>The table is .NET's; whatever text it can write, we read back, four-byte codes and all planes included.</summary>
    [Fact]
    public async Task Every_character_that_GB18030_can_write_is_read_back()
    {
        var text = new StringBuilder("a\n");
        for (var c = 0x20; c < 0x110000; c += c < 0xFFFF ? 1 : 97)
        {
            if (c is not ('"' or ',' or >= 0xD800 and <= 0xDFFF or 0xFFFE or 0xFFFF))
            {
                text.Append(char.ConvertFromUtf32(c)).Append(c % 64 == 0 ? "\n" : "");
            }
        }

        var whole = text.ToString();
        var rows = await ReadAsync(Bytes("gb18030", whole), FileEncoding.Gb18030, 4096);
        string.Join('\n', rows.Select(r => r.Fields[0])).ShouldBe(whole.TrimEnd('\n'));
        rows.ShouldAllBe(r => r.Fault == CsvFault.None);
    }

    /// <summary>However damaged: the ASCII of the file, its line ends above all, stays where it was, and no U+FFFD appears.</summary>
    [Theory]
    [InlineData(FileEncoding.Gb18030)]
    [InlineData(FileEncoding.ShiftJis)]
    [InlineData(FileEncoding.Windows1252)]
    public async Task Random_bytes_never_make_or_swallow_a_line_end(FileEncoding declared)
    {
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            byte[] file =
            [
                .. "head\n"u8,
                .. bytes.Where(b => b is not (0x22 or 0x0D or 0x2C or 0x3B or 0x7C or 0x09 or 0)),
                .. "\nlast\n"u8,
            ];
            var rows = await ReadAsync(file, declared, random.Next(1, 50));
            rows[^1].Line.ShouldBe(file.Count(b => b == '\n'));
            rows[^1].Fields[0].ShouldBe("last");
            rows.Where(r => r.Fault == CsvFault.None).ShouldAllBe(r => !r.Fields[0].Contains('\uFFFD') && !r.Fields[0].Contains('\uFFFF'));
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x81 }, "a lead byte alone")]
    [InlineData(new byte[] { 0x81, 0x7F }, "a trail byte that is none")]
    [InlineData(new byte[] { 0x80 }, "no lead byte")]
    [InlineData(new byte[] { 0xFF }, "no lead byte")]
    [InlineData(new byte[] { 0x81, 0x30, 0x81 }, "three bytes of four")]
    [InlineData(new byte[] { 0xE3, 0x32, 0x9A, 0x36 }, "beyond U+10FFFF")]
    [InlineData(new byte[] { 0x84, 0x31, 0xA4, 0x39 }, "U+FFFF, a noncharacter")]
    public async Task What_GB18030_does_not_assign_faults_its_row(byte[] odd, string why)
    {
        var rows = await ReadAsync([.. "a,b\n1,"u8, .. odd, .. "\n3,4\n"u8], FileEncoding.Gb18030, int.MaxValue);
        rows.Select(r => r.Fault).ShouldBe([CsvFault.None, CsvFault.InvalidUtf8, CsvFault.None], why);
    }

    [Fact]
    public async Task The_hash_is_of_the_files_own_bytes()
    {
        var file = Bytes("gb18030", "订单号,日期\n" + new string('订', 300_000) + "\n");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (reader, _) = await CsvReader.OpenAsync(new SmallReads(file, 10_000), null, hash, FileEncoding.Gb18030);
        while (await reader!.ReadAsync()) { }
        hash.GetHashAndReset().ShouldBe(SHA256.HashData(file));
        reader.BytesRead.ShouldBe(file.Length);
    }

    [Fact]
    public async Task Catalogue_018_a_large_GB18030_file_streams_without_growing()
    {
        using var stream = new RepeatingStream(
            Bytes("gb18030", "订单号,商品\n"),
            Bytes("gb18030", "20240305001,\"竹编收纳篮 \"\"大号\"\"\"\n"),
            500_000,
            []
        );
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (reader, _) = await CsvReader.OpenAsync(stream, null, null, FileEncoding.Gb18030);
        var rows = 0;
        while (await reader!.ReadAsync())
        {
            rows++;
        }

        rows.ShouldBe(500_001);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8_000_000);
    }

    private static async Task<List<CsvReaderTests.Read>> ReadAsync(byte[] bytes, FileEncoding declared, int most)
    {
        var (reader, problem) = await CsvReader.OpenAsync(new SmallReads(bytes, most), ',', null, declared);
        problem.ShouldBe(default);
        var rows = new List<CsvReaderTests.Read>();
        while (await reader!.ReadAsync())
        {
            var row = reader.Row;
            rows.Add(new(row.Line, [.. Enumerable.Range(0, row.FieldCount).Select(i => row.Text(i).ToString())], row.Fault, false));
        }

        return rows;
    }
}
