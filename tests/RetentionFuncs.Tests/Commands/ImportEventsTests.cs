using System.Text.Json;
using RetentionFuncs.Embedded.Commands;

namespace RetentionFuncs.Tests.Commands;

public sealed class ImportEventsTests
{
    private const string Placed = """
        {"schema":1,"id":"e1","type":"order.placed","occurredAt":"2026-03-01T10:00:00+01:00","customer":{"id":"c1"},"order":{"id":"o1","total":20,"currency":"EUR"}}
        """;

    private static string Delivered =>
        $$"""{"touch":"{{new string('a', 26)}}.{{new string('b', 26)}}","attempt":"x","event":"delivered","at":"2026-01-01T00:00:00Z"}""";

    [Fact]
    public async Task Shop_events_and_delivery_events_come_in_one_file_and_each_line_is_accounted_for()
    {
        using var shop = await Shop.OpenAsync();
        var unreadable = """{"schema":1,"id":"e2","type":"order.placed","occurredAt":"2026-03-01T10:00:00+01:00","customer":{"id":"c1"}}""";
        shop.Write("mixed.jsonl", Placed, "", Delivered, unreadable, """{"colour":"red"}""", "[]", """{"touch":1}""");

        var told = (await shop.RunAsync("import", "events", "mixed.jsonl", "--json")).Ended(Exit.WithRefusals);

        Counts(told.Json()).ShouldBe((6, 2, 0, 4, 1, 1));
        told.Err.ShouldContain("mixed.jsonl:4: order: is missing");
        told.Err.ShouldContain("mixed.jsonl:5: is no event");
        told.Err.ShouldContain("mixed.jsonl:6: is not a JSON object");
        told.Err.ShouldContain("mixed.jsonl:7: has no valid 'touch'");
        (await shop.RunAsync("import", "events", "mixed.jsonl", "--lang", "zh")).Err.ShouldContain("mixed.jsonl:5: 不是事件");
    }

    [Fact]
    public async Task The_events_are_on_file_at_once_and_the_same_file_again_changes_nothing()
    {
        using var shop = await Shop.OpenAsync();
        var answered = Placed.Replace("o1", "o2", StringComparison.Ordinal).Replace("\"id\":\"e1\",", "", StringComparison.Ordinal);
        var complaint = """
            {"schema":1,"type":"complaint.opened","occurredAt":"2026-03-01T11:00:00+01:00","customer":{"id":"c1"},"complaint":{"id":"k1"}}
            """;
        shop.Write("events.jsonl", Placed, answered, complaint);

        Counts((await shop.RunAsync("import", "events", "events.jsonl", "--json")).Ended().Json()).ShouldBe((3, 3, 0, 0, 0, 3));
        (await shop.RunAsync("explain", "c1")).Ended().Out.ShouldContain("complaint");
        (await shop.RunAsync("score", "--json")).Ended();
        Counts((await shop.RunAsync("import", "events", "events.jsonl", "--json")).Ended().Json()).ShouldBe((3, 3, 3, 0, 0, 3));
    }

    private static (int Rows, int Accepted, int Unchanged, int Refused, int Quarantined, int OfShop) Counts(JsonElement told)
    {
        int Of(string name) => told.GetProperty(name).GetInt32();
        return (Of("rows"), Of("accepted"), Of("unchanged"), Of("refused"), Of("quarantined"), Of("ofShop"));
    }
}
