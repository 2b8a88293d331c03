using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Scoring.Choosing;
using RetentionFuncs.Tests.Scoring.Choosing;

namespace RetentionFuncs.Tests.Commands;

/// <summary><c>score --fit</c> and <c>backtest</c> over a folder.</summary>
public sealed class FitCommandTests
{
    /// <summary>The shop's last day, so that a fit for now is one for it.</summary>
    private const string Today = "2026-03-01";

    [Fact]
    public async Task A_fit_is_told_kept_and_written_and_the_next_has_the_next_number()
    {
        using var shop = await ShopAsync(260);

        var json = (await shop.RunAsync("score", "--fit", "--model", "bg", "--json", "--as-of", Future)).Ended().Json();
        json.GetProperty("model").GetProperty("kind").GetString().ShouldBe("BG");
        json.GetProperty("model").GetProperty("customers").GetInt32().ShouldBe(260);
        var first = Path.Combine(shop.Data, "models", "model-0001.json");
        FittedModelJson.Read(File.ReadAllText(first)).Chosen.ShouldBe(RetentionFuncs.Scoring.Models.ScoreRule.BG);

        var told = (await shop.RunAsync("score", "--fit", "--lang", "zh", "--as-of", Future)).Ended();
        told.Out.ShouldContain("选用方法");
        told.Err.ShouldContain("第 2 版");
        File.Exists(Path.Combine(shop.Data, "models", "model-0002.json")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_past_day_is_told_and_nothing_is_written()
    {
        using var shop = await ShopAsync(260);
        var before = await FolderContent.HashAsync(shop);

        (await shop.RunAsync("score", "--fit", "--as-of", Today)).Ended().Out.ShouldContain("MBG/NBD");
        (await shop.RunAsync("backtest", "--as-of", Today)).Ended().Out.ShouldContain("90 days silent");

        (await FolderContent.HashAsync(shop)).ShouldBe(before);
        Directory.Exists(Path.Combine(shop.Data, "models")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_shop_too_small_for_a_model_is_told_so()
    {
        using var shop = await ShopAsync(20);

        var json = (await shop.RunAsync("score", "--fit", "--json", "--as-of", Today)).Ended().Json();

        json.GetProperty("model").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        json.GetProperty("why").GetProperty("en").GetString().ShouldNotBeNull().ShouldContain("20 customers");
    }

    [Theory]
    [InlineData("MBG, BG or Pareto", "score", "--fit", "--model", "Weibull")]
    [InlineData("'Pareto'", "score", "--fit", "--model", "Parto")]
    [InlineData("go with --fit", "score", "--model", "BG")]
    [InlineData("1 to 3650", "score", "--fit", "--horizon", "0")]
    [InlineData("1 to 3650", "backtest", "--horizon", "ninety")]
    [InlineData("yyyy-MM-dd", "backtest", "--from", "2026-13-01")]
    public async Task What_cannot_be_meant_is_refused_with_the_way_to_say_it(string hint, params string[] args)
    {
        using var shop = await Shop.OpenAsync();

        var told = await shop.RunAsync(args);

        told.Status.ShouldBe(Exit.WrongUsage);
        told.Err.ShouldContain(hint);
    }

    [Fact]
    public async Task A_backtest_writes_the_files_it_is_given_and_one_document()
    {
        using var shop = await ShopAsync(260);

        var json = (await shop.RunAsync("backtest", "--as-of", Today, "--html", "out/page.html", "--svg", "out/picture.svg", "--json"))
            .Ended()
            .Json();

        json.GetProperty("rows").GetArrayLength().ShouldBe(6);
        json.GetProperty("rows")[5].GetProperty("rule").GetString().ShouldBe("silentDays");
        File.ReadAllText(shop.FileOf("out/page.html")).ShouldContain("<svg");
        File.ReadAllText(shop.FileOf("out/picture.svg")).ShouldStartWith("<svg");
    }

    /// <summary>A day no test is run after: nothing is in the past then.</summary>
    private const string Future = "2199-01-01";

    private static async Task<Shop> ShopAsync(int customers)
    {
        var shop = await Shop.OpenAsync();
        var rows = SimulatedShop
            .Of(customers, 12, years: 2)
            .SelectMany((h, c) => h.Days.Select((d, i) => $"c{c},o{c}-{i},{DateOnly.FromDayNumber(d):yyyy-MM-dd},{h.Amounts[i]},EUR"));
        shop.Write("orders.csv", ["customer_id,order_id,date,amount,currency", .. rows]);
        (await shop.RunAsync("import", "orders", "orders.csv")).Ended();
        return shop;
    }
}
