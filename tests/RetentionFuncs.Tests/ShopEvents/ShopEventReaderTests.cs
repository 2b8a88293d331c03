using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.ShopEvents;

namespace RetentionFuncs.Tests.ShopEvents;

public sealed class ShopEventReaderTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-03-02T12:00:00+01:00", null);

    private const string Placed = """
        {"schema":1,"id":"e1","type":"order.placed","occurredAt":"2026-03-02T10:00:00+01:00",
         "customer":{"id":" C-1042 ","name":"Ada Winter","email":"Ada@Post.Example","country":"Germany","locale":"de-de","zone":"Europe/Berlin",
           "birthday":"1990-03-05","kind":"person","doNotProfile":false,"phone":"+49 30 1","consent":{"state":"granted","basis":"soft_opt_in","source":"checkout box"}},
         "order":{"id":"O-1","total":59.90,"currency":"EUR","coupons":["SPRING","SPRING"],
           "lines":[{"sku":"007","family":"tea","quantity":2,"net":29.95,"discount":0,"cost":11.5,"coupon":null}]}}
        """;

    [Fact]
    public void A_whole_event_says_everything_it_says()
    {
        var read = Understood(Placed);
        (read.Id, read.Kind, read.OccurredAt).ShouldBe(
            ("kept", ShopEventKind.OrderPlaced, DateTimeOffset.Parse("2026-03-02T10:00:00+01:00", null))
        );
        var news = read.News!;
        (news.ExternalId, news.Name, news.Email!.Value, news.Country, news.Locale, news.Zone).ShouldBe(
            ("C-1042", "Ada Winter", "Ada@post.example", "DE", "de-DE", "Europe/Berlin")
        );
        (news.Kind, news.DoNotProfile, news.Phone, news.Birthday).ShouldBe(
            (CustomerKind.Person, false, "+49 30 1", new Birthday(1990, 3, 5))
        );
        news.EmailConsent.ShouldBe(new Consent(ConsentState.Granted, ConsentBasis.SoftOptIn, "checkout box", read.OccurredAt, Now));
        var order = read.Order!;
        (order.ExternalId, order.OccurredAt, order.RecordedAt, order.Status, order.Total, order.Refunded, order.ToldAt).ShouldBe(
            ("O-1", read.OccurredAt, Now, OrderStatus.Placed, new Money(59.90m, "EUR"), 0m, read.OccurredAt)
        );
        order.Lines.ShouldBe([new OrderLine("007", "tea", 2, 29.95m, 0, 11.5m, null)]);
        order.Coupons.ShouldBe(["SPRING"]);
    }

    [Theory]
    [InlineData("order.cancelled", OrderStatus.Cancelled, 0)]
    [InlineData("order.refunded", OrderStatus.Placed, 20)]
    public void A_later_event_about_an_order_tells_the_order_as_it_stands_and_when_it_was_placed(
        string type,
        OrderStatus status,
        int refunded
    )
    {
        var json = $$$"""
            {"schema":1,"type":"{{{type}}}","occurredAt":"2026-03-02T10:00:00Z","customer":{"id":"c"},
             "order":{"id":"o","placedAt":"2026-02-01T09:00:00Z","total":50,"currency":"EUR","refunded":{{{refunded}}}}}
            """;
        var order = Understood(json).Order!;
        (order.Status, order.Refunded, order.OccurredAt.UtcDateTime).ShouldBe(
            (status, refunded, new DateTime(2026, 2, 1, 9, 0, 0, DateTimeKind.Utc))
        );
    }

    [Fact]
    public void A_withdrawal_needs_nothing_but_the_customer() =>
        Understood("""{"schema":1,"type":"consent.withdrawn","occurredAt":"2026-03-02T10:00:00Z","customer":{"id":"c"}}""")
            .News!.EmailConsent!.State.ShouldBe(ConsentState.Denied);

    [Theory]
    [InlineData("\"schema\":1", "\"schema\":2", "schema", "this program reads 1")]
    [InlineData("\"schema\":1,", "", "schema", "is missing")]
    [InlineData("order.placed", "order.plcaed", "type", "'order.placed'")]
    [InlineData("\"currency\":\"EUR\"", "\"curency\":\"EUR\"", "order.currency", "is missing")]
    [InlineData("\"currency\":\"EUR\"", "\"curency\":\"EUR\"", "order.curency", "'currency'")]
    [InlineData("\"EUR\"", "\"Euro\"", "order.currency", "three letters")]
    [InlineData("59.90", "\"59.90\"", "order.total", "is not a number")]
    [InlineData("59.90", "-1", "order.total", "is below 0")]
    [InlineData("59.90", "1e30", "order.total", "more than can be held")]
    [InlineData("Ada@Post.Example", "ada", "customer.email", "no @ sign")]
    [InlineData("Germany", "Deutschlund", "customer.country", "not a country code")]
    [InlineData("2026-03-02T10:00:00+01:00", "2026-03-02T10:00:00", "occurredAt", "offset")]
    [InlineData("2026-03-02T10:00:00+01:00", "2026-03-09T10:00:00+01:00", "occurredAt", "future")]
    [InlineData("2026-03-02T10:00:00+01:00", "yesterday", "occurredAt", "offset")]
    [InlineData("\"net\":29.95", "\"net\":null", "order.lines[0].net", "is missing")]
    [InlineData("\"source\":\"checkout box\"", "\"source\":\" \"", "customer.consent.source", "is empty")]
    [InlineData("soft_opt_in", "guess", "customer.consent.basis", "express, soft_opt_in, implied")]
    [InlineData("false", "\"no\"", "customer.doNotProfile", "true or false")]
    [InlineData(" C-1042 ", "   ", "customer.id", "is empty")]
    [InlineData("[\"SPRING\",\"SPRING\"]", "[7]", "order.coupons[0]", "not a coupon code")]
    [InlineData("\"id\":\"e1\"", "\"id\":\"e1\",\"id\":\"e2\"", "", "not JSON")]
    [InlineData("Ada Winter", "Ada \\ud800", "customer.name", "half a character")]
    [InlineData("SPRING", "\\ud800", "", "half a character")]
    public void What_is_wrong_is_told_with_its_place(string right, string wrong, string path, string told)
    {
        var findings = Findings(Placed.Replace(right, wrong, StringComparison.Ordinal));
        findings.ShouldContain(
            f => f.Path == path && f.Message.En.Contains(told, StringComparison.Ordinal),
            string.Join("; ", findings.Select(f => f.Describe("en")))
        );
        findings.ShouldAllBe(f => f.Message.Zh.Length > 0);
    }

    [Theory]
    [InlineData("order.cancelled", "order.placedAt")]
    [InlineData("order.refunded", "order.refunded")]
    [InlineData("consent.given", "order")]
    public void Each_kind_asks_for_what_it_needs_and_for_no_more(string type, string path) =>
        Findings(Placed.Replace("order.placed", type, StringComparison.Ordinal)).ShouldContain(f => f.Path == path);

    [Fact]
    public void A_refund_above_the_total_is_found() =>
        Findings(Placed.Replace("\"currency\"", "\"refunded\":60,\"currency\"", StringComparison.Ordinal))
            .Single()
            .Path.ShouldBe("order.refunded");

    [Fact]
    public void The_example_of_the_rooms_page_is_an_event()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "RetentionFuncs.sln")))
        {
            root = root.Parent!;
        }

        var page = File.ReadAllText(Path.Combine(root.FullName, "src", "RetentionFuncs", "ShopEvents", "README.md"));
        Understood(page.Split("```json")[1].Split("```")[0]).Order!.Lines.Count.ShouldBe(1);
    }

    private static ShopEvent Understood(string json) =>
        ShopEventReader.Read(json, "kept", Now).ShouldBeOfType<ShopEventReading.Understood>().Event;

    private static IReadOnlyList<EventFinding> Findings(string json) =>
        ShopEventReader.Read(json, "kept", Now).ShouldBeOfType<ShopEventReading.NotUnderstood>().Findings;
}
