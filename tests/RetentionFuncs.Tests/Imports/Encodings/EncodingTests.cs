using System.Text;
using RetentionFuncs.Imports;
using RetentionFuncs.Imports.Encodings;

namespace RetentionFuncs.Tests.Imports.Encodings;

public sealed class EncodingTests : IDisposable
{
    private const string Text = "customer_id,order_id,date,amount,name\n1,o1,2025-01-01,9.50,张三\n";
    private const string Chinese = "客户编号,订单号,下单时间,金额,姓名\n1,o1,2025-01-01,9.50,张三\n";
    private readonly ImportWorld _world = new();

    public void Dispose() => _world.Dispose();

    private Task<ImportOutcome> ImportAsync(byte[] file, FileEncoding? declared = null) =>
        _world.OrdersAsync(ImportWorld.File_(file), o => o with { Encoding = declared });

    private async Task ReadsAsync(byte[] file, FileEncoding? declared, string notice)
    {
        var report = await ImportAsync(file, declared).Report();
        report.Accepted.ShouldBe(1);
        report.Notices.ShouldContain(notice);
        _world.Sink.Orders["1"].Contact!.Name.ShouldBe("张三");
        _world.Sink.Orders["1"].Orders[0].Order.Total.Amount.ShouldBe(9.5m);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Catalogue_004_UTF16_with_a_mark_is_read(string name)
    {
        var encoding = TranscodingTests.Of(name);
        await ReadsAsync([.. encoding.Preamble, .. encoding.GetBytes(Text)], null, "read as UTF-16");
    }

    [Fact]
    public async Task Catalogue_004_a_mark_that_contradicts_the_declaration_refuses_the_file() =>
        (
            await ImportAsync([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Text)], FileEncoding.Gb18030).Refusal()
        ).Reason.ShouldBe("was declared as gb18030, but its first bytes mark it as utf-16");

    [Fact]
    public async Task Catalogue_005_UTF16_without_a_mark_is_refused_with_a_hint() =>
        (await ImportAsync(Encoding.Unicode.GetBytes(Text)).Refusal()).Reason.ShouldContain("declare --encoding utf-16");

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Catalogue_005_declared_it_is_read_in_either_byte_order(string name) =>
        await ReadsAsync(TranscodingTests.Bytes(name, Text), FileEncoding.Utf16, "read as UTF-16");

    [Fact]
    public async Task Catalogue_006_GB18030_is_read_unasked_when_its_header_is_made_of_names_we_know() =>
        await ReadsAsync(TranscodingTests.Bytes("gb18030", Chinese), null, "read as GB18030");

    [Theory]
    [InlineData(FileEncoding.Gb18030)]
    public async Task Catalogue_006_declared_it_is_read_whatever_its_header(FileEncoding declared) =>
        await ReadsAsync(TranscodingTests.Bytes("gb18030", Text), declared, "read as GB18030");

    [Fact]
    public async Task Catalogue_006_a_header_of_unknown_names_asks_for_the_encoding_in_the_readers_language()
    {
        var file = TranscodingTests.Bytes("gb18030", "甲列,乙列\n1,2\n");
        var refusal = await _world.OrdersAsync(ImportWorld.File_(file), o => o with { Language = "zh-CN" }).Refusal();
        refusal.Reason.ShouldContain("--encoding gb18030");
        (await ImportAsync(file).Refusal()).Reason.ShouldContain("say what it is: --encoding gb18030 (Chinese)");
    }

    [Fact]
    public async Task Catalogue_006_one_unsound_byte_in_the_first_block_ends_the_certainty()
    {
        byte[] file = [.. TranscodingTests.Bytes("gb18030", Chinese), .. "2,o2,2025-01-01,9,"u8, 0xFF, .. "\n"u8];
        (await ImportAsync(file).Refusal()).Reason.ShouldContain("say what it is");
    }

    [Fact]
    public async Task Catalogue_006_a_character_cut_by_the_end_of_the_first_block_does_not()
    {
        var row = TranscodingTests.Bytes("gb18030", "1,o1,2025-01-01,1,名名名名名名名名名名名\n");
        byte[] file =
        [
            .. TranscodingTests.Bytes("gb18030", Chinese.Split('\n')[0] + "\n"),
            .. Enumerable.Repeat(row, 9_000).SelectMany(r => r),
        ];
        (await ImportAsync(file).Report()).Rows.ShouldBe(9_000);
    }

    [Theory]
    [InlineData("shift_jis", FileEncoding.ShiftJis, "東京太郎")]
    [InlineData("windows-1252", FileEncoding.Windows1252, "Zoë Œuvre €")]
    public async Task Catalogue_007_other_encodings_are_read_only_as_declared(string name, FileEncoding declared, string person)
    {
        var file = TranscodingTests.Bytes(name, $"customer_id,order_id,date,amount,name,{person}\n1,o1,2025-01-01,9,{person},\n");
        (await ImportAsync(file).Refusal()).Reason.ShouldContain("is not UTF-8");
        (await ImportAsync(file, declared).Report()).Accepted.ShouldBe(1);
        _world.Sink.Orders["1"].Contact!.Name.ShouldBe(person);
    }

    [Fact]
    public async Task Catalogue_008_a_UTF8_row_in_a_GB18030_file_is_refused_when_its_bytes_are_not_sound_and_they_are_shown()
    {
        byte[] file =
        [
            .. TranscodingTests.Bytes("gb18030", Text),
            .. "2,o2,2025-01-01,9,"u8,
            .. "张三丰"u8,
            .. "\n"u8,
            .. TranscodingTests.Bytes("gb18030", "3,o3,2025-01-01,9,李四\n"),
        ];
        var refused = await ImportAsync(file, FileEncoding.Gb18030).OnlyRefusal();
        (refused.Line, refused.Column).ShouldBe((3, "name"));
        refused.Value.ShouldContain(@"\xB0");
        refused.Reason.ShouldBe("has bytes that are not GB18030; save the file as UTF-8 and import it again");
    }

    [Fact]
    public async Task Catalogue_009_a_lone_surrogate_in_UTF16_refuses_its_row_only()
    {
        var text = Encoding.Unicode.GetBytes(Text + "2,o2,2025-01-01,9,x\n3,o3,2025-01-01,9,好\n");
        var at = Array.LastIndexOf(text, (byte)'x');
        (text[at], text[at + 1]) = (0x00, 0xD8);
        var refused = await ImportAsync([.. Encoding.Unicode.Preamble, .. text]).OnlyRefusal();
        (refused.Line, refused.Value).ShouldBe((3, @"\x00\xD8"));
    }

    [Fact]
    public async Task Catalogue_014_line_breaks_in_quotes_keep_the_line_numbers_of_a_GB18030_file()
    {
        var file = TranscodingTests.Bytes("gb18030", Chinese + "2,o2,2025-01-01,9,\"张\r\n三\n\"\n3,o3,坏,9,李四\n");
        (await ImportAsync(file).OnlyRefusal()).Line.ShouldBe(6);
    }

    [Fact]
    public async Task Catalogue_020_a_GB18030_file_cut_in_the_middle_of_a_character_is_refused_whole()
    {
        var file = TranscodingTests.Bytes("gb18030", Chinese.TrimEnd('\n'))[..^1];
        (await ImportAsync(file, FileEncoding.Gb18030).Refusal()).Line.ShouldBe(2);
    }

    [Fact]
    public async Task The_file_of_refused_rows_is_UTF8_with_a_mark_and_comes_in_again_when_corrected()
    {
        var report = await ImportAsync(TranscodingTests.Bytes("gb18030", Chinese + "2,o2,坏日期,9,李四\n")).Report();
        report.Refused.ShouldBe(1);
        var refused = await File.ReadAllBytesAsync(_world.RefusedPath);
        refused.AsSpan(0, 3).SequenceEqual(Encoding.UTF8.Preamble).ShouldBeTrue();
        var corrected = Encoding.UTF8.GetString(refused).Replace("坏日期", "2025-01-02", StringComparison.Ordinal);
        (await _world.OrdersAsync(corrected).Report()).Accepted.ShouldBe(1);
        _world.Sink.Orders["2"].Contact!.Name.ShouldBe("李四");
    }

    [Theory]
    [InlineData("GBK", FileEncoding.Gb18030)]
    [InlineData("gb2312", FileEncoding.Gb18030)]
    [InlineData("UTF8", FileEncoding.Utf8)]
    [InlineData("shift-jis", FileEncoding.ShiftJis)]
    [InlineData("cp1252", FileEncoding.Windows1252)]
    public void Encodings_are_declared_by_their_usual_names(string text, FileEncoding encoding)
    {
        FileEncodings.TryOf(text, out var read).ShouldBeTrue();
        read.ShouldBe(encoding);
    }
}
