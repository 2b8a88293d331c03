using System.Text;
using System.Text.Json;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Deliveries.SendGridEvents;
using RetentionFuncs.Tests.Messages;

namespace RetentionFuncs.Tests.Deliveries;

public sealed class SendGridEventReaderTests
{
    private static readonly string Ours =
        $"\"rf_t\":\"{MessageSamples.Touch}\",\"rf_a\":\"attempt1\",\"rf_i\":\"abc\",\"timestamp\":1772703000,\"email\":\"anna@mail.example\"";

    private static EventBatch Read(string json) => SendGridEventReader.Read(Encoding.UTF8.GetBytes(json));

    private static DeliveryEvent[] Of(string members) => [.. Read($"[{{{Ours},{members}}}]").Events.Select(e => e.Event)];

    [Theory]
    [InlineData("processed", DeliveryEventKind.Processed)]
    [InlineData("deferred", DeliveryEventKind.Deferred)]
    [InlineData("delivered", DeliveryEventKind.Delivered)]
    [InlineData("bounce", DeliveryEventKind.Bounced)]
    [InlineData("dropped", DeliveryEventKind.Dropped)]
    [InlineData("open", DeliveryEventKind.Opened)]
    [InlineData("click", DeliveryEventKind.Clicked)]
    [InlineData("spamreport", DeliveryEventKind.Complained)]
    [InlineData("unsubscribe", DeliveryEventKind.Unsubscribed)]
    [InlineData("group_unsubscribe", DeliveryEventKind.Unsubscribed)]
    public void Each_kind_is_read_with_our_ids_and_its_moment(string kind, DeliveryEventKind read)
    {
        var e = Of($"\"event\":\"{kind}\"").ShouldHaveSingleItem();
        (e.Touch, e.AttemptId, e.Kind, e.At).ShouldBe(
            (MessageSamples.Touch, "attempt1", read, DateTimeOffset.Parse("2026-03-05T09:30:00Z", null))
        );
    }

    [Theory]
    [InlineData("\"type\":\"bounce\",\"bounce_classification\":\"Invalid Address\",\"status\":\"5.1.1\"", BounceKind.Hard)]
    [InlineData("\"type\":\"bounce\"", BounceKind.Hard)]
    [InlineData("\"status\":\"5.4.0\"", BounceKind.Hard)]
    [InlineData("\"type\":\"bounce\",\"bounce_classification\":\"Unclassified\",\"status\":\"4.2.2\"", BounceKind.Soft)]
    [InlineData("\"type\":\"bounce\",\"bounce_classification\":\"Technical\"", BounceKind.Soft)]
    [InlineData("\"type\":\"bounce\",\"bounce_classification\":\"Reputation\"", BounceKind.Block)]
    [InlineData("\"type\":\"bounce\",\"bounce_classification\":\"Content\"", BounceKind.Block)]
    [InlineData("\"type\":\"blocked\"", BounceKind.Block)]
    [InlineData("\"type\":\"blocked\",\"bounce_classification\":\"Mailbox Unavailable\"", BounceKind.Soft)]
    [InlineData("\"type\":\"blocked\",\"bounce_classification\":\"Invalid Address\"", BounceKind.Block)]
    [InlineData("\"type\":\"blocked\",\"bounce_classification\":\"Unclassified\",\"reason\":\"unable to get mx info\"", BounceKind.Block)]
    public void Only_a_bounce_that_means_the_mailbox_is_hard(string members, BounceKind kind) =>
        Of($"\"event\":\"bounce\",{members}").ShouldHaveSingleItem().Bounce.ShouldBe(kind);

    [Fact]
    public void What_the_provider_drops_for_its_own_list_is_told_to_ours()
    {
        Of("\"event\":\"dropped\",\"reason\":\"Bounced Address\"").ShouldHaveSingleItem().Bounce.ShouldBe(BounceKind.Hard);
        Of("\"event\":\"dropped\",\"reason\":\"Spam Reporting Address\"")
            .Select(e => e.Kind)
            .ShouldBe([DeliveryEventKind.Dropped, DeliveryEventKind.Unsubscribed]);
        Of("\"event\":\"dropped\",\"reason\":\"Unsubscribed Address\"").Length.ShouldBe(2);
        Of("\"event\":\"dropped\",\"reason\":\"Spam Content\"").ShouldHaveSingleItem().Bounce.ShouldBeNull();
    }

    [Fact]
    public void A_machine_s_open_is_told_from_a_reader_s()
    {
        Of("\"event\":\"open\",\"sg_machine_open\":true").Single().Detail.ShouldBe("machine");
        Of("\"event\":\"open\",\"sg_machine_open\":false").Single().Detail.ShouldBeNull();
    }

    [Fact]
    public void Two_links_clicked_in_one_second_are_two_events_and_no_token_is_kept()
    {
        var token = new string('x', 60);
        var one = Of($"\"event\":\"click\",\"url\":\"https://shop.example/new?utm=anna#a\"").Single();
        var other = Of($"\"event\":\"click\",\"url\":\"https://shop.example/p/{token}\"").Single();

        one.Detail.ShouldBe("shop.example/new");
        other.Detail.ShouldBe("shop.example/p/…");
        DeliveryEventRows.HashOf(one).ShouldNotBe(DeliveryEventRows.HashOf(other));
    }

    [Theory]
    [InlineData("1772703000")]
    [InlineData("\"1772703000\"")]
    [InlineData("1772703000.9")]
    public void Catalogue_140_a_number_may_come_as_text(string timestamp) =>
        Read($"[{{\"rf_t\":\"{MessageSamples.Touch}\",\"rf_a\":\"a\",\"event\":\"open\",\"timestamp\":{timestamp}}}]")
            .Events.Single()
            .Event.At.ToUnixTimeSeconds()
            .ShouldBe(1772703000);

    [Theory]
    [InlineData("\"category\":\"win-back\"")]
    [InlineData("\"category\":[\"win-back\",\"x\"]")]
    [InlineData("\"category\":{\"deep\":[[[]]]}")]
    public void A_category_may_be_a_text_or_a_list(string category) => Of($"\"event\":\"open\",{category}").Length.ShouldBe(1);

    [Fact]
    public void Catalogue_140_one_odd_event_never_loses_the_others()
    {
        var good = $"{{{Ours},\"event\":\"delivered\"}}";
        var deep = string.Concat(Enumerable.Repeat("[", 200)) + string.Concat(Enumerable.Repeat("]", 200));
        var batch = Read(
            $"[{good},7,null,\"text\",[],{{}},{{\"event\":\"open\",\"email\":\"b@mail.example\"}},"
                + $"{{\"rf_t\":\"short\",\"rf_a\":\"a\",\"event\":\"open\",\"timestamp\":1772703000}},"
                + $"{{\"rf_t\":\"{MessageSamples.Touch}\",\"event\":\"open\",\"timestamp\":1772703000}},"
                + $"{{\"rf_t\":\"{MessageSamples.Touch}\",\"rf_a\":\"a\",\"event\":\"open\",\"timestamp\":1e99}},"
                + $"{{{Ours},\"event\":\"resurrected\"}},{{{Ours},\"event\":\"open\",\"extra\":{deep}}},"
                + $"{{{Ours},\"event\":\"bounce\",\"reason\":\"\\ud800 half\"}},{good}]"
        );

        batch
            .Events.Select(e => e.Event.Kind)
            .ShouldBe([DeliveryEventKind.Delivered, DeliveryEventKind.Opened, DeliveryEventKind.Bounced, DeliveryEventKind.Delivered]);
        batch.OtherMail.ShouldBe(2);
        batch.UnknownKinds.ShouldBe(1);
        batch.Odd.Count.ShouldBe(7);
        batch.Odd.ShouldAllBe(o => o.Problem.Length > 0);
    }

    [Fact]
    public void Catalogue_140_an_object_instead_of_an_array_is_one_event() =>
        Read($"{{{Ours},\"event\":\"open\"}}").Events.Count.ShouldBe(1);

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("nonsense")]
    [InlineData("[{]")]
    [InlineData("\u0000")]
    public void What_is_no_JSON_is_one_odd_event(string body) => Read(body).Odd.Count.ShouldBe(1);

    [Fact]
    public void An_empty_array_is_nothing() =>
        Read("[]").ShouldSatisfyAllConditions(b => b.Events.ShouldBeEmpty(), b => b.Odd.ShouldBeEmpty());

    [Fact]
    public void What_stands_before_a_break_in_the_text_is_read() =>
        Read($"[{{{Ours},\"event\":\"open\"}},{{{Ours},\"event\":\"del").Events.Count.ShouldBe(1);

    [Fact]
    public void Nothing_personal_is_kept_of_an_event()
    {
        var json = JsonSerializer.Serialize(
            new[]
            {
                new Dictionary<string, object>
                {
                    ["rf_t"] = MessageSamples.Touch.ToString(),
                    ["rf_a"] = "attempt1",
                    ["timestamp"] = 1772703000,
                    ["event"] = "bounce",
                    ["email"] = "anna@mail.example",
                    ["reason"] = "550 5.1.1 <anna@mail.example>: no such user\r\nanna@mail.example",
                    ["ip"] = "203.0.113.9",
                    ["useragent"] = "AnnaMail/1",
                    ["url"] = "https://shop.example/anna",
                    ["from"] = "anna@mail.example",
                    ["domain"] = "mail.example",
                },
            }
        );
        var received = Read(json).Events.Single();

        (received.Raw + received.Event.Detail).ShouldNotContain("anna", Case.Insensitive);
        (received.Raw + received.Event.Detail).ShouldNotContain("203.0.113");
        received.Event.Detail.ShouldBe("550 5.1.1 … no such user …");
        received.Raw.ShouldContain("\"event\":\"bounce\"");
    }

    [Fact]
    public void A_reason_as_long_as_a_book_is_cut()
    {
        var family = "👩‍👩‍👧‍👦";
        foreach (
            var text in new[] { new string('x', 700_000), string.Concat(Enumerable.Repeat(family, 50_000)), new string('\u0958', 9_000) }
        )
        {
            var received = Read($"[{{{Ours},\"event\":\"bounce\",\"reason\":{JsonSerializer.Serialize(text)}}}]").Events.Single();
            received.Event.Detail!.Length.ShouldBeLessThanOrEqualTo(500);
            received.Raw.Length.ShouldBeLessThan(32_000);
        }
    }

    /// <summary>Bodies bent at random: nothing throws, nothing is made up, and what is whole is found.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Catalogue_140_no_body_makes_the_reader_throw(int seed)
    {
        var random = new Random(seed);
        var kinds = new[] { "delivered", "bounce", "open", "click", "dropped", "nonsense", "" };
        for (var i = 0; i < 3_000; i++)
        {
            var events = Enumerable
                .Range(0, random.Next(6))
                .Select(_ =>
                    $"{{{Ours},\"event\":\"{kinds[random.Next(kinds.Length)]}\",\"reason\":{Value(random)},\"url\":{Value(random)},\"{Name(random)}\":{Value(random)}}}"
                );
            var body = Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]");
            for (var bends = random.Next(4); bends > 0 && body.Length > 0; bends--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            var batch = SendGridEventReader.Read(body);
            foreach (var e in batch.Events)
            {
                e.Event.AttemptId.Length.ShouldBeInRange(1, 80);
                e.Event.At.Year.ShouldBeInRange(2008, 2099);
                JsonDocument.Parse(e.Raw).Dispose();
            }
        }
    }

    private static string Name(Random random) =>
        new[] { "timestamp", "rf_a", "rf_t", "type", "status", "x", "\\ud800", "email" }[random.Next(8)];

    private static string Value(Random random) =>
        new[]
        {
            "1",
            "-1e400",
            "null",
            "true",
            "\"\"",
            "\"\\ud83d\"",
            "\"\\u0000\"",
            "[]",
            "{\"a\":[1]}",
            "\"https://x.example/a?b\"",
            "\"http://[::1]:99999/\"",
            "\"5.1.1\"",
        }[random.Next(12)];
}
