using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Imports;

public sealed class ColumnMapTests : IDisposable
{
    private readonly ImportWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("customer_id,order_id,date,amount")]
    [InlineData("Customer ID,Order-ID,DATE,Amount")]
    [InlineData("Ｃｕｓｔｏｍｅｒ＿ｉｄ,ｏｒｄｅｒ,ｄａｔｅ,ａｍｏｕｎｔ")]
    [InlineData(" client , invoice no. ,Order Date,total")]
    [InlineData("客户编号,订单号,下单时间,实付金额")]
    public async Task Catalogue_016_headers_are_known_without_case_space_width_and_by_their_usual_names(string header)
    {
        var report = await _world.OrdersAsync(header + "\n1,o1,2025-01-01,5\n").Report();
        report.Recognised.Select(r => r.Column).ShouldBe(["customer_id", "order_id", "date", "amount"]);
        _world.Sink.Orders["1"].Orders[0].Order.ExternalId.ShouldBe("o1");
    }

    [Fact]
    public async Task Catalogue_016_unknown_headers_are_ignored_and_listed()
    {
        var report = await _world.OrdersAsync("customer_id,order_id,date,amount,n_lines,Warehouse\n1,o1,2025-01-01,5,2,B\n").Report();
        report.Ignored.ShouldBe(["n_lines", "Warehouse"]);
        report.Recognised.ShouldContain(new RecognisedColumn("amount", "amount"));
    }

    [Theory]
    [InlineData("customer_id,order_id,date,amount,Amount")]
    [InlineData("customer_id,order_id,date,amount,note,NOTE")]
    public async Task Catalogue_016_the_same_header_twice_refuses_the_file(string header) =>
        (await _world.OrdersAsync(header + "\n").Refusal()).Reason.ShouldContain("two columns called");

    [Fact]
    public async Task Nameless_columns_at_the_end_are_passed_over() =>
        (await _world.OrdersAsync("customer_id,order_id,date,amount,,\n1,o1,2025-01-01,5,,\n").Report()).Accepted.ShouldBe(1);

    [Fact]
    public async Task Of_two_headers_for_one_column_the_likelier_is_taken_and_the_other_shown_as_ignored()
    {
        var report = await _world.OrdersAsync("customer_id,order_id,created_at,date,amount\n1,o1,2025-02-02,2025-01-01,5\n").Report();
        report.Ignored.ShouldBe(["created_at"]);
        _world.Sink.Orders["1"].Orders[0].Order.OccurredAt.Month.ShouldBe(1);
    }

    [Fact]
    public async Task A_missing_column_is_named_with_the_headers_seen_and_the_nearest_guess()
    {
        var refusal = await _world.OrdersAsync("custmer_nr,order_id,date,amount\n").Refusal();
        refusal.Reason.ShouldContain("no column customer_id");
        refusal.Reason.ShouldContain("The file has: custmer_nr, order_id, date, amount.");
        refusal.Reason.ShouldContain("Is it 'custmer_nr'?");
    }

    [Fact]
    public async Task A_missing_column_is_named_in_Chinese_too()
    {
        var refusal = await _world.OrdersAsync("订单号,日期,金额\n", o => o with { Language = "zh" }).Refusal();
        refusal.Reason.ShouldStartWith("缺少 customer_id 列");
    }

    [Fact]
    public async Task A_declared_column_outranks_what_headers_suggest()
    {
        var columns = new Dictionary<string, string> { ["date"] = "Paid On" };
        await _world
            .OrdersAsync("customer_id,order_id,date,Paid on,amount\n1,o1,n/a,2025-01-05,5\n", o => o with { Columns = columns })
            .Report();
        _world.Sink.Orders["1"].Orders[0].Order.OccurredAt.ShouldBe(new DateTimeOffset(2025, 1, 5, 0, 0, 0, TimeSpan.FromHours(8)));
    }

    [Theory]
    [InlineData("when", "date", "cannot have a column 'when'")]
    [InlineData("date", "Bestelldatum", "has no header 'Bestelldatum'")]
    public async Task A_wrong_declaration_is_explained(string column, string header, string reason)
    {
        var columns = new Dictionary<string, string> { [column] = header };
        var refusal = await _world.OrdersAsync("customer_id,order_id,date,amount\n", o => o with { Columns = columns }).Refusal();
        refusal.Reason.ShouldContain(reason);
    }

    [Fact]
    public async Task Price_beside_quantity_is_not_guessed()
    {
        (await _world.OrdersAsync("customer_id,order_id,date,quantity,price\n").Refusal()).Reason.ShouldContain("rename price");
        await _world.OrdersAsync("customer_id,order_id,date,quantity,unit_price\n1,o1,2025-01-01,3,2.50\n").Report();
        _world.Sink.Orders["1"].Orders[0].Order.Total.Amount.ShouldBe(7.5m);
    }

    [Fact]
    public async Task More_than_500_columns_refuse_the_file() =>
        (await _world.OrdersAsync(string.Join(',', Enumerable.Range(0, 501).Select(i => $"c{i}")) + "\n").Refusal()).Reason.ShouldContain(
            "500"
        );
}
