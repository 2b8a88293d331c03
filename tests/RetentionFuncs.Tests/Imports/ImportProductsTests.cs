using RetentionFuncs.Imports;
using RetentionFuncs.Orders;

namespace RetentionFuncs.Tests.Imports;

public sealed class ImportProductsTests : IDisposable
{
    private readonly ImportWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_product_is_read_whole()
    {
        var report = await _world
            .ProductsAsync("sku,name,family,role,cost,currency\n001,Tea,Drinks,traffic,¥8.50,CNY\n002,Cup,,潜力款,,\n")
            .Report();
        (report.Accepted, report.Customers, report.Orders).ShouldBe((2, 0, 0));
        _world.Sink.Products["001"].Product.ShouldBe(new Product("001", "Tea", "Drinks", ProductRole.Traffic, new Money(8.50m, "CNY")));
        _world.Sink.Products["002"].Product.ShouldBe(new Product("002", "Cup", null, ProductRole.Potential, null));
    }

    [Fact]
    public async Task The_same_sku_twice_is_one_or_both_are_refused()
    {
        var report = await _world.ProductsAsync("sku,name\na,Tea\na,Tea\nb,Cup\nb,Mug\n").Report();
        (report.Accepted, report.Refused).ShouldBe((2, 2));
        _world.Sink.Products["a"].Rows.ShouldBe(2);
    }

    [Fact]
    public async Task Expected_life_and_lead_time_are_read_in_both_languages()
    {
        await _world.ProductsAsync("商品编码,商品名称,商品定位,使用周期,交货周期\n001,茶,引流,30天,5\n002,杯,利润,,\n").Report();
        var tea = _world.Sink.Products["001"].Product;
        (tea.LifeDays, tea.LeadDays, tea.Role).ShouldBe((30, 5, ProductRole.Traffic));
        _world.Sink.Products["002"].Product.LifeDays.ShouldBeNull();
        await _world.ProductsAsync("sku,expected_life_days,role\n003,45 days,marginal\n").Report();
        _world.Sink.Products["003"].Product.LifeDays.ShouldBe(45);
    }

    [Theory]
    [InlineData("life_days", "0")]
    [InlineData("life_days", "1.5")]
    [InlineData("life_days", "4000")]
    [InlineData("lead_days", "-1")]
    [InlineData("role", "hero")]
    [InlineData("cost", "-1")]
    [InlineData("cost", "cheap")]
    public async Task A_wrong_field_refuses_its_row(string column, string value) =>
        (await _world.ProductsAsync($"sku,{column}\na,{value}\n").OnlyRefusal()).ShouldSatisfyAllConditions(
            r => r.Column.ShouldBe(column),
            r => r.Value.ShouldBe(value)
        );

    [Fact]
    public async Task A_file_without_skus_is_refused() =>
        (await _world.ProductsAsync("name,cost\n").Refusal()).Reason.ShouldContain("no column sku");
}
