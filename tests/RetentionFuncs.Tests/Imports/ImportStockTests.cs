using RetentionFuncs.Segments;

namespace RetentionFuncs.Tests.Imports;

public sealed class ImportStockTests : IDisposable
{
    private static readonly DateOnly Counted = new(2026, 2, 20);
    private readonly KindsWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task The_product_that_runs_out_first_tells_the_days_of_cover()
    {
        await _world.TakeAsync(
            "stock",
            """
            customer_id,sku,date,stock,sold,sold_since
            d1,tea,2026-02-20,30,20,2026-02-10
            d1,cup,2026-02-20,50,10,2026-02-10
            d1,pot,2026-02-20,0,0,2026-02-10

            """
        );
        var scarcest = (await _world.StockAsync("d1")).ScarcestOn(Counted)!;
        (
            scarcest.Sku,
            scarcest.DaysLeftOn(Counted),
            scarcest.DaysLeftOn(Counted.AddDays(10)),
            scarcest.DaysLeftOn(Counted.AddDays(20))
        ).ShouldBe(("tea", 15, 5, 0));
    }

    [Fact]
    public async Task Without_a_beginning_the_count_before_is_it()
    {
        await _world.TakeAsync("stock", "经销商编号,货号,盘点日期,库存,销量\nd1,tea,2026-02-10,50,\n");
        (await _world.StockAsync("d1")).ScarcestOn(Counted).ShouldBeNull("nobody knows how fast it sells");
        await _world.TakeAsync("stock", "经销商编号,货号,盘点日期,库存,销量\nd1,tea,2026-02-20,30,20\n");
        (await _world.StockAsync("d1")).ScarcestOn(Counted)!.DaysLeftOn(Counted).ShouldBe(15);
    }

    [Fact]
    public async Task An_older_count_and_the_same_again_change_nothing()
    {
        const string List = "customer_id,sku,date,stock,sold,sold_since\nd1,tea,2026-02-20,30,20,2026-02-10\n";
        await _world.TakeAsync("stock", List);
        var rows = await _world.RowsAsync("d1");
        (await _world.TakeAsync("stock", List)).Unchanged.ShouldBe(1);
        (
            await _world.TakeAsync("stock", "customer_id,sku,date,stock,sold,sold_since\nd1,tea,2026-01-20,1,20,2026-01-10\n")
        ).Unchanged.ShouldBe(1);
        (await _world.RowsAsync("d1")).ShouldBe(rows);
    }

    [Fact]
    public async Task A_count_of_more_than_sixty_days_ago_says_nothing()
    {
        await _world.TakeAsync("stock", "customer_id,sku,date,stock,sold,sold_since\nd1,tea,2026-02-20,30,20,2026-02-10\n");
        var stock = await _world.StockAsync("d1");
        stock.ScarcestOn(Counted.AddDays(59)).ShouldNotBeNull();
        stock.ScarcestOn(Counted.AddDays(60)).ShouldBeNull();
        stock.ScarcestOn(Counted.AddDays(-1)).ShouldBeNull();
    }

    [Fact]
    public async Task Segments_and_explanations_see_the_stock()
    {
        await _world.TakeAsync("stock", "customer_id,sku,date,stock,sold,sold_since\nd1,tea,2026-02-20,30,20,2026-02-10\n");
        await _world.Trip.OrderAsync("d1", "2026-02-01");
        await _world.Trip.OrderAsync("d2", "2026-02-01");
        (await CountAsync("stock_days <= 5")).ShouldBe(1);
        (await CountAsync("stock_days > 5")).ShouldBe(0, "what is not known is neither");
        var told = (await _world.Trip.Product.ExplainCustomer.RunAsync("d1", _world.Trip.Clock.Now))!;
        told.Signals.Select(s => s.Zh).ShouldContain("渠道库存：tea 按目前销售速度还够卖 5 天（2026-02-20 盘点）。");
    }

    [Theory]
    [InlineData("d1,tea,2026-02-20,-1,1,2026-02-10", "stock")]
    [InlineData("d1,tea,2026-02-20,1,-1,2026-02-10", "sold")]
    [InlineData("d1,tea,2026-02-20,1,1,2026-02-20", "sold_since")]
    [InlineData("d1,tea,,1,1,", "date")]
    [InlineData("d1,,2026-02-20,1,1,", "sku")]
    public async Task A_wrong_field_refuses_its_row(string row, string column) =>
        (await _world.ImportAsync("stock", $"customer_id,sku,date,stock,sold,sold_since\n{row}\n").OnlyRefusal()).Column.ShouldBe(column);

    [Fact]
    public async Task Two_different_counts_of_one_day_are_refused_both()
    {
        var report = await _world
            .ImportAsync(
                "stock",
                "customer_id,sku,date,stock\nd1,tea,2026-02-20,1\nd1,tea,2026-02-20,2\nd1,cup,2026-02-20,2\nd1,cup,2026-02-20,2\n"
            )
            .Report();
        (report.Accepted, report.Refused).ShouldBe((2, 2));
    }

    private async Task<long> CountAsync(string expression)
    {
        var counts = await _world.Trip.Product.CountSegments.RunAsync(new(2026, 3, 2), AudienceExpression.Parse(expression));
        return counts.Asked!.Customers;
    }
}
