using RetentionFuncs.Embedded.Commands;

namespace RetentionFuncs.Tests.Commands;

public sealed class CampaignCommandTests
{
    [Fact]
    public async Task A_campaign_lives_from_draft_to_stopped_and_not_back()
    {
        using var shop = await Shop.OpenAsync();
        (await shop.RunAsync("campaigns", "launch", "nobody-s")).Ended(Exit.WrongUsage).Err.ShouldContain("apply its file first");
        (await shop.RunAsync("campaigns", "apply")).Ended().Out.ShouldContain("Draft");
        (await shop.RunAsync("campaigns", "pause", "win-back")).Ended(Exit.WrongUsage).Err.ShouldContain("'win-back' is draft");

        (await StatusAfterAsync(shop, "launch")).ShouldBe("live");
        (await StatusAfterAsync(shop, "pause")).ShouldBe("paused");
        (await StatusAfterAsync(shop, "launch")).ShouldBe("live");
        (await StatusAfterAsync(shop, "stop")).ShouldBe("stopped");

        foreach (var verb in new[] { "launch", "pause", "stop" })
        {
            (await shop.RunAsync("campaigns", verb, "win-back")).Ended(Exit.WrongUsage).Err.ShouldContain("stopped");
        }
    }

    [Fact]
    public async Task A_paused_campaign_sends_nothing_and_a_stopped_one_skips_what_is_planned()
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(2, "2026-01-05");
        await shop.GreetAsync("greeting", new DateOnly(2099, 1, 1));
        (await shop.RunAsync("campaigns", "pause", "greeting")).Ended();

        (await shop.RunAsync("tick", "--as-of", "2099-01-01")).Ended();

        shop.Outbox().ShouldBeEmpty();
    }

    [Fact]
    public async Task Lint_tells_file_line_and_column_and_changes_nothing()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write(
            ".retention/campaigns/odd.yaml",
            "schema: 1",
            "title: {en: Odd}",
            "job: keep",
            "audience: stage > nonsense",
            "sender: shop"
        );
        var before = await FolderContent.HashAsync(shop);

        var told = (await shop.RunAsync("campaigns", "lint", "--json")).Ended(Exit.WithRefusals);

        told.Json()
            .GetProperty("findings")
            .EnumerateArray()
            .ShouldContain(f => f.GetString()!.StartsWith("odd.yaml:4:", StringComparison.Ordinal));
        told.Json().GetProperty("campaigns").GetArrayLength().ShouldBe(5);
        (await shop.RunAsync("campaigns", "lint", "--lang", "zh")).Err.ShouldContain("错误");
        (await FolderContent.HashAsync(shop)).ShouldBe(before);
    }

    [Fact]
    public async Task Apply_puts_nothing_on_file_while_one_file_has_an_error()
    {
        using var shop = await Shop.OpenAsync();
        shop.Write(".retention/campaigns/odd.yaml", "schema: 1", "title: [");

        var told = (await shop.RunAsync("campaigns", "apply")).Ended(Exit.WrongUsage);

        told.Err.ShouldContain("odd.yaml:");
        told.Err.ShouldContain("Nothing was applied");
        (await shop.RunAsync("campaigns", "list", "--json")).Ended().Json().GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("lint")]
    [InlineData("apply")]
    public async Task A_folder_without_campaigns_is_told(string verb)
    {
        using var shop = await Shop.OpenAsync();

        var told = await shop.RunAsync("campaigns", verb, "nowhere");

        told.Status.ShouldBe(verb == "lint" ? Exit.WithRefusals : Exit.WrongUsage);
        told.Err.ShouldContain("There is no campaign file in this folder");
    }

    [Fact]
    public async Task What_is_exported_applies_again_as_the_same_version()
    {
        using var shop = await Shop.OpenAsync();
        (await shop.RunAsync("campaigns", "apply")).Ended();
        var before = (await shop.RunAsync("campaigns", "list")).Out;
        File.Delete(Path.Combine(shop.Data, "campaigns", "win-back.yaml"));

        (await shop.RunAsync("campaigns", "export", "win-back")).Ended().Out.ShouldContain("win-back.yaml");
        (await shop.RunAsync("campaigns", "apply")).Ended();

        (await shop.RunAsync("campaigns", "list")).Out.ShouldBe(before);
    }

    [Fact]
    public async Task Show_names_the_steps_as_a_person_would()
    {
        using var shop = await Shop.OpenAsync();
        (await shop.RunAsync("campaigns", "apply")).Ended();

        var told = (await shop.RunAsync("campaigns", "show", "win-back")).Ended().Out;

        told.ShouldContain("  offer: win-back-offer, 10% off for 14 days");
        told.ShouldContain("  wait 7 days");
        told.ShouldNotContain("{");
        (await shop.RunAsync("campaigns", "show", "win-back", "--lang", "zh")).Out.ShouldContain("等待 7 天");
    }

    private static async Task<string> StatusAfterAsync(Shop shop, string verb) =>
        (await shop.RunAsync("campaigns", verb, "win-back", "--json")).Ended().Json()[0].GetProperty("status").GetString()!;
}
