using System.Text.Json;
using System.Text.RegularExpressions;
using RetentionFuncs.Tests.Outbox;

namespace RetentionFuncs.Tests.Commands;

public sealed class TripByCommandsTests
{
    [Fact]
    public async Task From_an_empty_folder_to_the_report()
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(6, "2026-01-05");
        await shop.GreetAsync("greeting", new DateOnly(2026, 2, 2));
        (await shop.RunAsync("campaigns", "list")).Out.ShouldContain("greeting");

        // Launched today and looked at as of a past day: the date has passed, and the person is told why nothing happens.
        var early = (await shop.RunAsync("tick", "--as-of", "2026-02-02")).Ended();
        shop.Outbox().ShouldBeEmpty();
        early.Err.ShouldContain("'greeting' starts on");
    }

    [Fact]
    public async Task Customers_who_fall_silent_are_written_to_and_the_answer_is_heard()
    {
        using var shop = await Shop.OpenAsync();
        await shop.CustomersAsync(40, "2026-01-05");
        (await shop.RunAsync("campaigns", "apply")).Ended();
        (await shop.RunAsync("campaigns", "launch", "win-back", "--as-of", "2026-01-06")).Ended();

        (await shop.RunAsync("tick", "--as-of", "2026-05-05")).Ended().Out.ShouldContain("40 customers reviewed");

        var sent = shop.Outbox();
        sent.Length.ShouldBeInRange(1, 39, "some are left alone for comparison");
        var mail = sent.Select(f => EmlReader.Read(File.ReadAllBytes(f))).ToArray();
        mail.Select(m => m.Header("To")).Distinct().Count().ShouldBe(sent.Length);
        mail.ShouldAllBe(m => m.Header("From").Contains(Shop.From));
        await HearAsync(shop, sent);

        var reached = Regex.Match(mail[0].Header("To"), @"(c\d+)@").Groups[1].Value;
        var explained = (await shop.RunAsync("explain", reached)).Ended().Out;
        explained.ShouldContain("Win back");
        explained.ShouldContain("delivered", Case.Insensitive);
        var report = (await shop.RunAsync("report", "win-back", "--as-of", "2026-05-05")).Ended().Out;
        report.ShouldContain("win-back");
        var audit = (await shop.RunAsync("doctor", "--json")).Ended().Json().GetProperty("audit");
        audit.GetProperty("planned").GetInt32().ShouldBe(sent.Length);
        audit.GetProperty("states").GetProperty("sent").GetInt32().ShouldBe(sent.Length);

        // A second tick at the same moment has nothing to add.
        (await shop.RunAsync("tick", "--as-of", "2026-05-05")).Ended();
        shop.Outbox().Length.ShouldBe(sent.Length);
    }

    /// <summary>All delivered, told twice.</summary>
    private static async Task HearAsync(Shop shop, string[] sent)
    {
        shop.Write("events.jsonl", [.. sent.Select(f => Path.GetFileName(f).Split('.')).Select(p => EventOf($"{p[0]}.{p[1]}", p[2]))]);
        var first = (await shop.RunAsync("import", "events", "events.jsonl", "--json", "--as-of", "2026-05-06")).Ended().Json();
        (first.GetProperty("accepted").GetInt32(), first.GetProperty("unchanged").GetInt32()).ShouldBe((sent.Length, 0));
        var second = (await shop.RunAsync("import", "events", "events.jsonl", "--json", "--as-of", "2026-05-06")).Ended().Json();
        (second.GetProperty("accepted").GetInt32(), second.GetProperty("unchanged").GetInt32()).ShouldBe((sent.Length, sent.Length));
    }

    private static string EventOf(string touch, string attempt) =>
        JsonSerializer.Serialize(
            new
            {
                touch,
                attempt,
                @event = "delivered",
                at = "2026-05-05T18:10:00Z",
            }
        );
}
