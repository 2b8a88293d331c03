using RetentionFuncs.ContactPolicy.Confirmations;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.Tests.ContactPolicy.Confirmations;

namespace RetentionFuncs.Tests.ShopEvents;

public sealed class ConsentRequestedTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-03-02T12:00:00+01:00", null);

    [Fact]
    public void A_wish_is_no_consent_and_says_where_and_on_what_words_it_was_said()
    {
        var json = SignUps.Json("ada", "ada@post.linden.shop", "e1", Now.AddHours(-1));
        var read = ShopEventReader.Read(json, "e1", Now).ShouldBeOfType<ShopEventReading.Understood>().Event;
        read.News!.EmailConsent.ShouldBeNull();
        read.Wish.ShouldBe(new ConsentWish("e1", "newsletter form", "form v3", Now.AddHours(-1)));
    }

    [Theory]
    [InlineData("", "request")]
    [InlineData(""","request":{}""", "request.source")]
    [InlineData(""","request":{"source":" "}""", "request.source")]
    [InlineData(""","request":{"source":"form","confirmed":true}""", "request.confirmed")]
    public void What_is_missing_or_unknown_is_said(string request, string path)
    {
        var json = $$"""{"schema":1,"type":"consent.requested","occurredAt":"2026-03-02T10:00:00Z","customer":{"id":"c"}{{request}}}""";
        var findings = ShopEventReader.Read(json, "e", Now).ShouldBeOfType<ShopEventReading.NotUnderstood>().Findings;
        findings.Select(f => f.Path).ShouldBe([path]);
    }

    [Fact]
    public void A_wish_belongs_to_its_own_kind_of_event()
    {
        const string json =
            """{"schema":1,"type":"customer.changed","occurredAt":"2026-03-02T10:00:00Z","customer":{"id":"c"},"request":{"source":"form"}}""";
        ShopEventReader.Read(json, "e", Now).ShouldBeOfType<ShopEventReading.NotUnderstood>();
    }
}
