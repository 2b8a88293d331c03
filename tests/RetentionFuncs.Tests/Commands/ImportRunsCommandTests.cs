using RetentionFuncs.Embedded.Commands;

namespace RetentionFuncs.Tests.Commands;

public sealed class ImportRunsCommandTests
{
    [Fact]
    public async Task Imports_are_listed_and_taken_back_by_the_beginning_of_their_name()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write("orders.csv", "customer_id,order_id,date,amount", "c1,o1,2026-01-05,10.00", "c2,o2,2026-01-06,12.00");
        (await shop.RunAsync("import", "orders", "orders.csv")).Ended();
        var run = (await shop.RunAsync("import", "runs", "--json")).Ended().Json()[0];
        (run.GetProperty("state").GetString(), run.GetProperty("rows").GetInt32(), run.GetProperty("file").GetString()).ShouldBe(
            ("done", 2, "orders.csv")
        );
        run.GetProperty("run").GetString()!.ShouldMatch("^orders:[0-9a-f]{12}$");

        var told = (await shop.RunAsync("import", "undo", "orders:", "--json")).Ended().Json();
        (told.GetProperty("undone").GetInt32(), told.GetProperty("leftChanged").GetInt32()).ShouldBe((4, 0));
        (await shop.RunAsync("import", "runs", "--lang", "zh")).Ended().Out.ShouldContain("已撤销");
        (await shop.RunAsync("import", "undo", "nothing")).Ended(Exit.WrongUsage).Err.ShouldContain("retention import runs");
    }

    [Fact]
    public async Task What_was_changed_since_is_named_and_the_status_says_so()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write("orders.csv", "customer_id,order_id,date,amount", "c1,o1,2026-01-05,10.00");
        shop.Write("more.csv", "customer_id,order_id,date,amount", "c1,o1,2026-01-05,11.00");
        (await shop.RunAsync("import", "orders", "orders.csv")).Ended();
        var first = (await shop.RunAsync("import", "runs", "--json")).Ended().Json()[0].GetProperty("run").GetString()!;
        (await shop.RunAsync("import", "orders", "more.csv")).Ended();
        var told = (await shop.RunAsync("import", "undo", first)).Ended(Exit.WithRefusals);
        told.Err.ShouldContain("order o1 of customer c1: was changed since");
        told.Out.ShouldContain("0 records put back, 1 left because they were changed since, 1 customers left");
    }

    [Theory]
    [InlineData("suppressions", "email,reason", "ada@post.linden.shop,spam")]
    [InlineData("receivables", "customer_id,invoice,due,amount", "c1,I-1,2026-01-31,100")]
    [InlineData("deliveries", "customer_id,order_id,promised,delivered", "c1,O-1,2026-01-01,2026-01-02")]
    [InlineData("stock", "customer_id,sku,date,stock", "c1,tea,2026-01-01,5")]
    [InlineData("products", "sku,name,life_days", "tea,Tea,30")]
    public async Task Every_kind_of_file_is_taken_in_and_taken_in_again_without_a_change(string kind, string header, string row)
    {
        using var shop = await Shop.OpenAsync();
        shop.Write("file.csv", header, row);
        (await shop.RunAsync("import", kind, "file.csv")).Ended().Out.ShouldContain("1 rows: 1 accepted (0 unchanged), 0 refused");
        (await shop.RunAsync("import", kind, "file.csv")).Ended().Out.ShouldContain("1 rows: 1 accepted (1 unchanged), 0 refused");
    }
}
