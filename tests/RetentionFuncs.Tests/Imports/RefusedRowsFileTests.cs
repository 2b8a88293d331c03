using System.Text;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Imports;

public sealed class RefusedRowsFileTests : IDisposable
{
    private const string Header = "customer_id,order_id,date,amount,note";
    private readonly ImportWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task It_has_the_original_header_and_text_and_our_columns_at_the_end()
    {
        var report = await _world.OrdersAsync(Header + "\nc1,o1,\"03/04/2025\",5,\"a, \"\"b\"\"\"\nc2,o2,2025-01-01,5,\n").Report();
        report.RefusedFile.ShouldBe(_world.RefusedPath);
        _world.RefusedLines.ShouldBe([
            Header + ",refused_line,refused_column,refused_value,refused_reason",
            "c1,o1,\"03/04/2025\",5,\"a, \"\"b\"\"\",2,date,03/04/2025,can be read day first or month first; declare the order: dmy or mdy",
        ]);
    }

    [Fact]
    public async Task It_is_not_made_when_nothing_is_refused()
    {
        (await _world.OrdersAsync(Header + "\nc2,o2,2025-01-01,5,\n").Report()).RefusedFile.ShouldBeNull();
        Directory.GetFiles(_world.Folder).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+x", "'+x")]
    [InlineData("-x", "'-x")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\"=HYPERLINK(\"\"http://x\"\")\"", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("x=1", "x=1")]
    public async Task Catalogue_022_our_columns_are_neutralised_and_the_row_is_left_as_it_was(string cell, string shown)
    {
        await _world.OrdersAsync($"customer_id,order_id,date,amount\n{cell},o1,2025-01-01,{cell}\nc2,o2,2025-01-01,5\n").Report();
        _world.RefusedLines[1].ShouldStartWith($"{cell},o1,2025-01-01,{cell},2,amount,{shown},");
    }

    [Fact]
    public async Task Catalogue_022_a_formula_as_an_id_or_name_is_kept_as_text()
    {
        await _world.CustomersAsync("customer_id,name\n=1+1,=cmd|' /C calc'!A0\n").Report();
        _world.Sink.Customers["=1+1"].Customer.Name.ShouldBe("=cmd|' /C calc'!A0");
    }

    [Fact]
    public async Task Refused_again_a_long_row_loses_nothing_of_its_own()
    {
        await _world.OrdersAsync(Header + "\nc1,o1,2025-01-01,5,a,b,c\n").Report();
        await _world.OrdersAsync(await File.ReadAllTextAsync(_world.RefusedPath)).Report();
        _world.RefusedLines[1].ShouldStartWith("c1,o1,2025-01-01,5,a,b,c,2,");
    }

    [Fact]
    public async Task Corrected_it_can_be_imported_and_refused_again_without_growing()
    {
        await _world.OrdersAsync("\uFEFFcustomer_id;order_id;date;amount\r\nc1;o1;soon;5\r\nc2;o2;2025-01-01;x\r\n").Report();
        var text = await File.ReadAllTextAsync(_world.RefusedPath);
        text.ShouldContain("\r\n");
        (await File.ReadAllBytesAsync(_world.RefusedPath)).AsSpan(0, 3).SequenceEqual(Encoding.UTF8.Preamble).ShouldBeTrue();

        var report = await _world
            .OrdersAsync("\uFEFF" + text.TrimStart('\uFEFF').Replace("soon", "2025-01-02", StringComparison.Ordinal))
            .Report();
        (report.Accepted, report.Refused).ShouldBe((1, 1));
        report.Ignored.ShouldBeEmpty();
        var again = await File.ReadAllTextAsync(_world.RefusedPath);
        again.Split("\r\n")[0].ShouldBe("customer_id;order_id;date;amount;refused_line;refused_column;refused_value;refused_reason");
        again.Split("\r\n")[1].ShouldStartWith("c2;o2;2025-01-01;x;3;amount;x;");
    }

    [Fact]
    public async Task A_short_row_is_filled_up_so_that_our_columns_stand_right()
    {
        await _world.OrdersAsync(Header + "\nc1,o1\nc2,o2,2025-01-01,5,,,\n").Report();
        _world.RefusedLines[1].ShouldBe("c1,o1,,,,2,,,has 2 fields where the header has 5");
        _world.RefusedLines[2].ShouldBe("c2,o2,2025-01-01,5,,,,3,,,has 7 fields where the header has 5");
    }

    [Fact]
    public async Task A_row_of_more_than_a_megabyte_is_named_and_not_repeated()
    {
        await _world.OrdersAsync(Header + "\nc1,o1,2025-01-01,5," + new string('x', 1_500_000) + "\nc2,o2,2025-01-01,5,\n").OnlyRefusal();
        _world.RefusedLines[1].ShouldBe(",,,,,2,,,is longer than 1 MB; its text is not repeated here");
    }

    [Fact]
    public async Task A_row_with_line_breaks_keeps_them()
    {
        await _world.OrdersAsync(Header + "\nc1,o1,2025-01-01,x,\"two\nlines\"\n").Report();
        (await File.ReadAllTextAsync(_world.RefusedPath)).ShouldContain("c1,o1,2025-01-01,x,\"two\nlines\",2,amount,x,is not a number\n");
    }

    [Fact]
    public async Task Only_its_owner_can_read_it()
    {
        await _world.OrdersAsync(Header + "\nc1,o1,2025-01-01,x,\n").Report();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(_world.RefusedPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Catalogue_023_a_comment_line_is_refused_visibly_and_a_blank_one_noticed()
    {
        var report = await _world
            .OrdersAsync("customer_id,order_id,date,amount\n# exported on Monday\n\nc1,o1,2025-01-01,5\n,,,\n\n")
            .Report();
        report.Refusals.Select(r => r.Line).ShouldBe([2, 5]);
        report.Notices.ShouldContain("blank lines passed over: 2");
    }
}
