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

    [Theory]
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
