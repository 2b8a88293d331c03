using RetentionFuncs.Campaigns;
using RetentionFuncs.Messages;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.Tests.Messages;

public sealed class MessageContractTests
{
    private static readonly OutboundMessage Good = Rendered(Request());

    private static MessageDuties Duties(MessagePurpose purpose = MessagePurpose.Promotion, string country = "DE") =>
        new(
            purpose,
            country,
            "You get this e-mail because you have shopped at Birch & Reed before and agreed to receive offers and news from us.",
            ["Birch & Reed GmbH", "Lindenstraße 4", "10969 Berlin"],
            Good.Headers[0].Value.Trim('<', '>'),
            "https://shop.example/p/x"
        );

    private static string Violation(OutboundMessage message, MessageDuties? duties = null) =>
        MessageContract.Violations(message, duties ?? Duties()).ShouldHaveSingleItem();

    [Fact]
    public void A_rendered_message_has_none() => MessageContract.Violations(Good, Duties()).ShouldBeEmpty();

    [Fact]
    public void Each_thing_that_is_missing_is_named()
    {
        Violation(Good with { From = new Mailbox(null, "hello@birch.example") }).ShouldBe("From has no real name");
        Violation(Good with { From = new Mailbox("hello@birch.example", "hello@birch.example") }).ShouldBe("From has no real name");
        Violation(Good with { ReplyTo = new Mailbox("x", "nobody") }).ShouldBe("the Reply-To address has no @ sign");
        Violation(Good with { ReplyTo = new Mailbox("x", "no-reply@birch.example") }).ShouldBe("Reply-To is a mailbox nobody reads");
        Violation(Good with { To = new Mailbox("x", "a@b.example;c@d.example") }).ShouldBe("the To address holds more than one address");
        Violation(Good with { To = new Mailbox("x\r\nBcc: y", "a@b.example") }).ShouldBe("To has a line break or control character in it");
        Violation(Good with { Subject = " " }).ShouldBe("the subject is empty");
        Violation(Good with { Subject = "a\r\nBcc: b" }).ShouldBe("the subject has a line break or control character in it");
        Violation(Good with { Subject = "Hello {{name}}" }).ShouldBe("the subject has a name in it that was not filled in");
        Violation(Good with { Html = Good.Html + "{{x" }).ShouldBe("the HTML part has a name in it that was not filled in");
        Violation(Good with { Html = Good.Html + new string('x', 100_000) }).ShouldContain("less than 100000 are allowed");
        Violation(Good with { Category = "" }).ShouldBe("category, reference, attempt or instance is missing");
        Violation(Good with { AttemptId = "" }).ShouldBe("category, reference, attempt or instance is missing");
        Violation(Good with { Text = Good.Text.Replace("10969 Berlin", "") }).ShouldBe("the sender's postal address is missing");
        Violation(Good with { Html = Good.Html.Replace("You get this e-mail because", "") })
            .ShouldBe("it does not say why the reader gets it");
        Violation(Good with { Headers = [Good.Headers[0]] }).ShouldBe("the two headers of one-click unsubscribe are missing");
        Violation(Good with { Headers = [] }).ShouldBe("the two headers of one-click unsubscribe are missing");
        Violation(Good with { Html = Good.Html.Replace("/u/", "/v/") }).ShouldBe("there is no visible unsubscribe link");
        Violation(Good, Duties(country: "CN")).ShouldContain("must begin with 'AD ' or '（广告）'");
        Violation(Good, Duties() with { PostalLines = [] }).ShouldBe("the sender's postal address is missing");
        MessageContract.Violations(Good with { Text = "" }, Duties()).ShouldContain("the text part or the HTML part is missing");
    }

    [Fact]
    public void A_service_message_owes_no_unsubscribing_and_no_mark()
    {
        MessageContract.Violations(Good with { Headers = [] }, Duties(MessagePurpose.Service, "CN")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://shop.example", true)]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://shop.example", false)]
    [InlineData("ftp://shop.example", false)]
    public void Links_are_https_or_on_this_machine(string publicUrl, bool allowed)
    {
        var request = Request() with { Links = Links.For(Touch, publicUrl, "https://shop.example") };
        (new MessageRenderer().Render(request) is RenderOutcome.Rendered).ShouldBe(allowed);
    }

    [Fact]
    public void Whatever_a_contact_is_called_the_message_keeps_the_contract_or_is_refused()
    {
        string[] pieces =
        [
            "Anna",
            "李",
            "\r\n",
            "\0",
            "{{",
            "}}",
            "<b>",
            "\"",
            "'",
            "&",
            "\u202E",
            "\u2068",
            "א",
            "👨‍👩‍👧",
            "\ud83d",
            "e\u0301\u0301\u0301\u0301\u0301\u0301",
            ";",
            ",",
            "=?utf-8?B?QQ==?=",
            "\uFFFE",
            "\\",
            "=",
            " ",
        ];
        var random = new Random(4);
        var renderer = new MessageRenderer();
        for (var i = 0; i < 20_000; i++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(0, 8)).Select(_ => pieces[random.Next(pieces.Length)]));
            var locale = i % 2 == 0 ? "en" : "zh-CN";
            var message = renderer
                .Render(Request(contact: Person(name, locale, i % 3 == 0 ? "CN" : "DE")))
                .ShouldBeOfType<RenderOutcome.Rendered>(name)
                .Message;

            message.Subject.Any(char.IsControl).ShouldBeFalse();
            (message.To.Name ?? "").Any(char.IsControl).ShouldBeFalse();
            message.Html.ShouldNotContain("<b></b>");
            message.Text.ShouldNotContain("Dear ,");
        }
    }
}
