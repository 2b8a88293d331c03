using System.Text.Json;
using RetentionFuncs.Embedded.Commands;

namespace RetentionFuncs.Tests.Commands;

public sealed class ImportCommandTests
{
    private static readonly string[] Names =
    [
        "file",
        "rows",
        "accepted",
        "unchanged",
        "skipped",
        "skippedBecause",
        "refused",
        "customers",
        "orders",
        "refusedFile",
        "skippedFile",
    ];

    [Fact]
    public async Task An_import_prints_one_document_with_exactly_these_fields()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write(
            "orders.csv",
            "customer_id,order_id,date,amount",
            "c1,o1,2026-01-05,10.00",
            "c2,o2,2026-01-06,x",
            "c1,o3,2026-01-07,12.50"
        );

        var told = (await shop.RunAsync("import", "orders", "orders.csv", "--json")).Ended(Exit.WithRefusals);

        var document = told.Json();
        document.EnumerateObject().Select(p => p.Name).ShouldBe(Names);
        document.GetProperty("file").GetString().ShouldBe("orders.csv");
        Numbers(document).ShouldBe((3, 2, 0, 1));
        document.GetProperty("orders").GetInt32().ShouldBe(2);
        var refused = document.GetProperty("refusedFile").GetString()!;
        File.ReadAllText(refused).ShouldContain("c2,o2,2026-01-06,x");
        told.Err.ShouldContain("orders.csv:3:");
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing_and_says_so()
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(20, "2026-01-05");

        foreach (var kind in new[] { "customers", "orders" })
        {
            var told = (await shop.RunAsync("import", kind, kind + ".csv", "--json")).Ended();
            Numbers(told.Json()).ShouldBe((20, 20, 20, 0));
            told.Json().GetProperty("refusedFile").ValueKind.ShouldBe(JsonValueKind.Null);
        }
    }

    [Fact]
    public async Task Products_print_the_same_fields()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write("products.csv", "sku,name,family", "a,Rose,roses", "b,Fern,ferns");

        var told = (await shop.RunAsync("import", "products", "products.csv", "--json")).Ended();

        told.Json().EnumerateObject().Select(p => p.Name).ShouldBe(Names);
        Numbers(told.Json()).ShouldBe((2, 2, 0, 0));
    }

    [Fact]
    public async Task A_file_refused_as_a_whole_is_2_and_prints_no_document()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write("orders.csv", "colour,size", "red,4");

        var told = (await shop.RunAsync("import", "orders", "orders.csv", "--json")).Ended(Exit.WrongUsage);

        told.Out.ShouldBeEmpty();
        told.Err.ShouldContain("Nothing was taken in");
        (await shop.RunAsync("import", "orders", "orders.csv", "--lang", "zh")).Err.ShouldContain("未导入任何内容");
    }

    [Fact]
    public async Task Refused_rows_are_told_in_Chinese_when_asked()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write("orders.csv", "customer_id,order_id,date,amount", "c2,o2,2026-01-06,x", "c1,o1,2026-01-05,10.00");

        var told = (await shop.RunAsync("import", "orders", "orders.csv", "--lang", "zh")).Ended(Exit.WithRefusals);

        told.Out.ShouldContain("共 2 行：接受 1 行（其中 0 行无变化），拒绝 1 行");
        told.Err.ShouldNotContain("is not");
    }

    [Fact]
    public async Task An_odd_event_is_refused_with_its_line_in_the_file_and_the_others_go_on()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write("events.jsonl", "", "{\"touch\":\"x\"}", "", "not json");

        var told = (await shop.RunAsync("import", "events", "events.jsonl", "--json")).Ended(Exit.WithRefusals);

        told.Err.ShouldContain("events.jsonl:2: has no valid 'touch'");
        told.Err.ShouldContain("events.jsonl:4: is not JSON");
        Numbers(told.Json()).ShouldBe((2, 0, 0, 2));
        (await shop.RunAsync("import", "events", "events.jsonl", "--lang", "zh")).Err.ShouldContain("events.jsonl:4: 不是 JSON");
    }

    [Fact]
    public async Task An_import_for_a_moment_before_the_last_tick_is_2_and_takes_nothing_in()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write("orders.csv", "customer_id,order_id,date,amount", "c1,o1,2026-01-05,10.00");
        (await shop.RunAsync("tick", "--as-of", "2026-03-01")).Ended();

        foreach (var args in new[] { new[] { "import", "orders", "orders.csv" }, ["tick"] })
        {
            var told = (await shop.RunAsync([.. args, "--as-of", "2026-02-28"])).Ended(Exit.WrongUsage);
            told.Err.ShouldContain("before the last tick");
            (await shop.RunAsync([.. args, "--as-of", "2026-02-28", "--lang", "zh"])).Err.ShouldContain("时间不能倒流");
        }

        (await shop.RunAsync("score", "--json")).Json().GetProperty("customers").GetInt32().ShouldBe(0);
        (await shop.RunAsync("import", "orders", "orders.csv", "--as-of", "2026-03-01")).Ended();
    }

    private static (int Rows, int Accepted, int Unchanged, int Refused) Numbers(JsonElement document)
    {
        int Of(string name) => document.GetProperty(name).GetInt32();
        Of("rows").ShouldBe(Of("accepted") + Of("refused"));
        return (Of("rows"), Of("accepted"), Of("unchanged"), Of("refused"));
    }
}
