using System.Text;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Imports;

public sealed class FileOpeningTests : IDisposable
{
    private const string Text = "customer_id,order_id,date,amount\n1,o1,2025-01-01,9.50\n";
    private readonly ImportWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF")]
    public async Task Catalogue_001_an_empty_file_says_so(string text) =>
        (await _world.OrdersAsync(text).Refusal()).Reason.ShouldBe("is empty; it needs a line of column names");

    [Fact]
    public async Task Catalogue_001_a_file_of_blank_lines_has_no_header() =>
        (await _world.OrdersAsync("\n\n\n").Refusal()).Reason.ShouldBe("has no line of column names");

    [Theory]
    [InlineData("customer_id,order_id,date,amount")]
    [InlineData("customer_id,order_id,date,amount\r\n")]
    public async Task Catalogue_002_a_header_alone_is_no_rows(string text) => (await _world.OrdersAsync(text).Report()).Rows.ShouldBe(0);

    [Fact]
    public async Task Catalogue_003_a_UTF8_mark_is_not_part_of_the_first_column()
    {
        var report = await _world.OrdersAsync("\uFEFF" + Text).Report();
        report.Accepted.ShouldBe(1);
        report.Recognised[0].ShouldBe(new RecognisedColumn("customer_id", "customer_id"));
    }

    [Fact]
    public async Task Catalogue_008_a_row_in_another_encoding_is_refused_and_its_bytes_shown()
    {
        byte[] mixed = [.. "customer_id,order_id,date,amount,name\n1,o1,2025-01-01,9,Zoë\n2,o2,2025-01-01,9,Zo"u8, 0xEB, .. "\n"u8];
        var refused = await _world.OrdersAsync(ImportWorld.File_(mixed)).OnlyRefusal();
        refused.ShouldBe(new RejectedRow(3, "name", @"Zo\xEB", "has bytes that are not UTF-8; save the file as UTF-8 and import it again"));
    }

    [Theory]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public async Task Catalogue_012_the_delimiter_is_found_in_the_header(char delimiter)
    {
        var text = $"\"customer, id\";order_id;date;amount\n1;o1;2025-01-01;\"1,5\"\n".Replace(';', delimiter);
        (
            await _world
                .OrdersAsync(text, o => o with { Columns = new Dictionary<string, string> { ["customer_id"] = "customer, id" } })
                .Report()
        ).Accepted.ShouldBe(1);
        _world.Sink.Orders["1"].Orders[0].Order.Total.Amount.ShouldBe(1.5m);
    }

    [Fact]
    public async Task Catalogue_012_a_delimiter_we_cannot_read_is_refused() =>
        (await _world.OrdersAsync(Text, o => o with { Delimiter = '"' }).Refusal()).Reason.ShouldContain("declare one of");

    [Theory]
    [InlineData("dmy", true)]
    [InlineData("MDY", true)]
    [InlineData("dym", false)]
    public void Date_orders_are_declared_by_three_letters(string text, bool isKnown) => DateOrders.TryOf(text, out _).ShouldBe(isKnown);

    [Fact]
    public async Task A_spreadsheets_sep_line_names_the_delimiter_and_is_not_the_header()
    {
        var refused = await _world
            .OrdersAsync("sep=;\r\ncustomer_id;order_id;date;amount\r\n1;o1;2025-01-01;5\r\n2;o2;2025-01-01;x\r\n")
            .OnlyRefusal();
        refused.Line.ShouldBe(4);
    }

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, "gzip")]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 20, 0 }, "Excel workbook")]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1 }, "old Excel workbook")]
    public async Task Catalogue_019_an_archive_or_workbook_called_csv_is_named(byte[] bytes, string word) =>
        (await _world.OrdersAsync(ImportWorld.File_(bytes)).Refusal()).Reason.ShouldContain(word);

    [Fact]
    public async Task Catalogue_020_a_quote_open_at_the_end_refuses_the_whole_file()
    {
        var refusal = await _world
            .OrdersAsync("customer_id,order_id,date,amount\n1,o1,2025-01-01,5\n2,\"o2,2025-01-01,5\n3,o3,2025-01-01,5\n")
            .Refusal();
        refusal.Line.ShouldBe(3);
        _world.Sink.Orders.ShouldBeEmpty();
        File.Exists(_world.RefusedPath).ShouldBeFalse();
    }

    [Fact]
    public async Task Catalogue_020_a_short_last_line_without_line_end_refuses_the_whole_file()
    {
        var refusal = await _world.OrdersAsync("customer_id,order_id,date,amount\n1,o1,bad,5\n1,o1,2025-01-01,5\n2,o2,20").Refusal();
        refusal.ShouldBe(
            new ImportOutcome.FileRefused("file.csv", 4, "ends in the middle of its last line; the file was cut off, export it again")
        );
        _world.Sink.Orders.ShouldBeEmpty();
        Directory.GetFiles(_world.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Catalogue_020_a_character_cut_in_half_at_the_end_refuses_the_whole_file()
    {
        byte[] bytes = [.. "customer_id,order_id,date,amount,name\n1,o1,2025-01-01,5,张"u8];
        (await _world.OrdersAsync(ImportWorld.File_(bytes[..^1])).Refusal()).Line.ShouldBe(2);
    }

    [Fact]
    public async Task Catalogue_021_a_file_that_changes_while_it_is_read_is_refused_and_nothing_applied()
    {
        var openings = 0;
        var source = new ImportSource(
            "file.csv",
            () => new MemoryStream(Encoding.UTF8.GetBytes(openings++ == 0 ? Text : Text + "2,o2,2025-01-01,5\n"))
        );
        (await _world.OrdersAsync(source).Refusal()).Reason.ShouldBe("changed while it was being read; import it again");
        _world.Sink.Orders.ShouldBeEmpty();
    }
}
