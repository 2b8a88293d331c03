using RetentionFuncs.Embedded.Commands;

namespace RetentionFuncs.Tests.Commands;

/// <summary>Commands that look and write nothing, and the one document they print.</summary>
public sealed class ReadingCommandTests
{
    [Fact]
    public async Task Every_verb_prints_exactly_one_JSON_document()
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(3, "2026-01-05");
        (await shop.RunAsync("campaigns", "apply", "--json")).Ended().Json().GetArrayLength().ShouldBe(5);
        (await shop.RunAsync("campaigns", "launch", "win-back", "--json", "--as-of", "2026-01-06")).Ended().Json();
        (await shop.RunAsync("tick", "--json", "--as-of", "2026-05-06"))
            .Ended()
            .Json()
            .GetProperty("reviews")
            .GetProperty("reviewed")
            .GetInt32()
            .ShouldBe(3);
        string[][] others =
        [
            ["score"],
            ["segments"],
            ["segments", "has_email", "--list"],
            ["campaigns", "lint"],
            ["campaigns", "list"],
            ["campaigns", "show", "win-back"],
            ["campaigns", "pause", "win-back"],
            ["campaigns", "launch", "win-back"],
            ["campaigns", "export", "win-back"],
            ["campaigns", "stop", "win-back"],
            ["explain", "c1"],
            ["report"],
            ["report", "win-back"],
            ["report", "--html", "page.html"],
            ["doctor"],
            ["deadletters"],
        ];
        foreach (var args in others)
        {
            var told = (await shop.RunAsync([.. args, "--json"])).Ended();
            Should.NotThrow(() => told.Json(), $"{string.Join(' ', args)}: {told.Out}");
        }

        File.ReadAllText(shop.FileOf("page.html")).ShouldContain("</html>");
    }

    [Fact]
    public async Task Init_prints_its_folder()
    {
        using var shop = await Shop.OpenAsync();

        (await shop.RunAsync("init", "--data", "other", "--json"))
            .Ended()
            .Json()
            .GetProperty("folder")
            .GetString()
            .ShouldBe(shop.FileOf("other"));
    }

    [Theory]
    [InlineData("score")]
    [InlineData("report")]
    [InlineData("explain", "c1")]
    [InlineData("campaigns", "list")]
    [InlineData("campaigns", "show", "win-back")]
    [InlineData("campaigns", "lint")]
    [InlineData("deadletters")]
    public async Task Looking_at_a_past_day_writes_nothing(params string[] args)
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(5, "2026-01-05");
        (await shop.RunAsync("campaigns", "apply")).Ended();
        (await shop.RunAsync("campaigns", "launch", "win-back", "--as-of", "2026-01-06")).Ended();
        (await shop.RunAsync("tick", "--as-of", "2026-05-06")).Ended();
        var before = await FolderContent.HashAsync(shop);

        (await shop.RunAsync([.. args, "--as-of", "2026-03-01"])).Ended();

        (await FolderContent.HashAsync(shop)).ShouldBe(before);
    }

    [Fact]
    public async Task The_hash_that_tests_this_sees_a_single_row()
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(1, "2026-01-05");
        var before = await FolderContent.HashAsync(shop);

        (await shop.RunAsync("tick", "--as-of", "2026-01-06")).Ended();

        (await FolderContent.HashAsync(shop)).ShouldNotBe(before);
    }

    [Fact]
    public async Task A_score_as_of_a_past_day_counts_only_orders_by_then()
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(4, "2026-01-05");
        shop.Write("more.csv", "customer_id,order_id,date,amount", "c1,p1,2026-04-20,10.00");
        (await shop.RunAsync("import", "orders", "more.csv")).Ended();

        async Task<string> StagesAsync(string day) =>
            (await shop.RunAsync("score", "--json", "--as-of", day))
                .Ended()
                .Json()
                .GetProperty("stages")
                .GetRawText()
                .Replace(" ", "")
                .Replace("\n", "");

        (await StagesAsync("2026-01-04")).ShouldNotContain("4");
        (await StagesAsync("2026-01-05")).ShouldContain("\"new\":4");
        // 60 days of silence are cooling, 120 lapsing: the fixed days of this shop.
        (await StagesAsync("2026-03-05")).ShouldContain("\"new\":4");
        (await StagesAsync("2026-03-06")).ShouldContain("\"cooling\":4");
        (await StagesAsync("2026-05-05")).ShouldContain("\"lapsing\":3");
        (await StagesAsync("2026-05-05")).ShouldContain("\"active\":1");
    }

    [Fact]
    public async Task Everything_a_person_reads_is_Chinese_when_asked()
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(3, "2026-01-05");
        (await shop.RunAsync("campaigns", "apply", "--lang", "zh")).Ended().Out.ShouldContain("草稿");
        (await shop.RunAsync("campaigns", "launch", "win-back", "--as-of", "2026-01-06", "--lang", "zh"))
            .Ended()
            .Out.ShouldContain("进行中");
        (await shop.RunAsync("tick", "--as-of", "2026-05-06", "--lang", "zh")).Ended().Out.ShouldContain("复核 3 位顾客");
        (await shop.RunAsync("score", "--lang", "zh")).Ended().Out.ShouldContain("流失率");
        (await shop.RunAsync("explain", "c1", "--lang", "zh")).Ended().Out.ShouldContain("老客唤回");
        (await shop.RunAsync("doctor", "--lang", "zh")).Ended().Out.ShouldContain("数据库完好");
        (await shop.RunAsync("report", "--lang", "zh")).Ended().Out.ShouldContain("对照组");
        (await shop.RunAsync("explain", "c9", "--lang", "zh")).Ended(Exit.WrongUsage).Err.ShouldContain("没有顾客“c9”的记录");
        (await shop.RunAsync("campaigns", "stop", "birthday", "--lang", "zh")).Ended(Exit.WrongUsage).Err.ShouldContain("尚未启动");
    }

    [Fact]
    public async Task Doctor_is_1_before_the_first_tick_and_0_after_it()
    {
        using var shop = await Shop.OpenAsync();

        (await shop.RunAsync("doctor")).Ended(Exit.WithRefusals).Out.ShouldContain("✗ No tick has run yet");
        (await shop.RunAsync("tick")).Ended();
        var told = (await shop.RunAsync("doctor", "--json")).Ended().Json();

        told.GetProperty("fine").GetBoolean().ShouldBeTrue();
        told.GetProperty("audit").GetProperty("planned").GetInt32().ShouldBe(0);
    }
}
