using RetentionFuncs.Customers;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Operations;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Keeping;

namespace RetentionFuncs.Tests.Commands;

/// <summary>Everything on file about one customer, and nothing about anybody else.</summary>
public sealed class ExportCommandTests
{
    [Fact]
    public async Task A_customer_is_told_every_row_with_reasons_in_both_languages_and_the_text_that_was_written()
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(2, "2026-01-05");
        await shop.GreetAsync("greeting", new DateOnly(2099, 1, 1));
        (await shop.RunAsync("tick", "--as-of", "2099-01-01")).Ended();

        var told = (await shop.RunAsync("export", "c1", "--reason", "asked by mail")).Ended();
        var json = told.Json();

        json.GetProperty("customer").GetProperty("id").GetString().ShouldBe("c1");
        var kinds = json.GetProperty("rows").EnumerateArray().Select(s => s.GetProperty("kind").GetString()).ToArray();
        string[] expected =
        [
            "consents",
            "contact",
            "entry",
            "gate",
            "ledger",
            "profile",
            "summary",
            "touch",
            "value",
            "x-consent",
            "x-order",
            "x-undo",
        ];
        kinds.ShouldBe(expected, ignoreOrder: true);
        json.GetProperty("addresses")[0].GetProperty("address").GetString().ShouldBe("c1@post.linden.shop");
        json.GetProperty("standing").GetProperty("reasons")[0].GetProperty("zh").GetString().ShouldNotBeNullOrEmpty();
        var message = json.GetProperty("messages")[0];
        message.GetProperty("outcome").GetString().ShouldBe("Sent");
        message.GetProperty("text").GetString()!.ShouldStartWith("Hello Ada");
        told.Out.ShouldNotContain("c2@post");
        told.Out.ShouldNotContain("\"o2\"");
        await ShouldHaveEveryRowAsync(shop, told.Out);
    }

    [Fact]
    public async Task It_goes_into_a_file_for_its_owner_alone_and_the_operators_log_names_nobody()
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(1, "2026-01-05");

        (await shop.RunAsync("export", "c1", "--out", "c1.json", "--lang", "zh")).Ended().Err.ShouldContain("订单：1");
        (await shop.RunAsync("export", "nobody")).Ended(Exit.WrongUsage).Err.ShouldContain("No customer 'nobody'");
        (await shop.RunAsync("segments", "has_email", "--list", "--json")).Ended();

        File.ReadAllText(shop.FileOf("c1.json")).ShouldContain("c1@post.linden.shop");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(shop.FileOf("c1.json")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var home = await CanaryTests.HomeAsync(shop);
        var log = new List<Operation>();
        await foreach (var operation in new OperatorLog(home.Product.Store).ReadAsync())
        {
            log.Add(operation);
        }

        log.Select(o => (o.What, o.Subject))
            .ShouldBe([("export-segment", "has_email"), ("export-customer", home.Product.Secret.CustomerKeyOf("c1").Value)]);
    }

    /// <summary>Every row of the partition by its key: also those of rooms that this export has never heard of.</summary>
    private static async Task ShouldHaveEveryRowAsync(Shop shop, string document)
    {
        using var home = await CanaryTests.HomeAsync(shop);
        var partition = CustomerPartition.IdOf(home.Product.Secret.CustomerKeyOf("c1"));
        await home.Product.Store.PutAnyAsync(partition, "x-unheard-of|1", new PropertyBag().Set("said", "something new"));
        (await home.Product.ExportCustomer.RunAsync("c1", "tester", "again"))!.Json.ShouldContain("something new");
        await foreach (var row in home.Product.Store.ReadAllAsync(partition, RowRange.Prefix("x-order|")))
        {
            document.ShouldContain(row.Key);
        }
    }
}
