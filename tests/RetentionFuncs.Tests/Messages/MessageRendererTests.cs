using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.Tests.Messages;

public sealed class MessageRendererTests
{
    [Fact]
    public void An_English_contact_gets_English_with_every_name_filled_in()
    {
        var message = Rendered(Request());

        message.Subject.ShouldBe("Anna Lind, we saved 15% for you");
        message.Text.ShouldStartWith("Dear Anna Lind,\n\nit has been 366 days since your last order on 4 March 2025. Here is 15% off");
        message.Text.ShouldContain("Use it until 18 March 2026: https://shop.example/new");
        message.Html.ShouldContain("Visit Birch &amp; Reed</a>");
        message.Html.ShouldContain("<html lang=\"en\"");
        message.To.ShouldBe(new Mailbox("Anna Lind", "anna@mail.example"));
        message.Language.ShouldBe("en");
    }

    [Fact]
    public void A_Chinese_contact_gets_Chinese_throughout()
    {
        var message = Rendered(Request(contact: Person("李华", "zh-CN", "SG")));

        message.Subject.ShouldBe("李华，为您留了一份15%的优惠");
        message.Text.ShouldStartWith("李华，您好：\n\n您上次下单是在2025年3月4日，至今已有366天。");
        message.Html.ShouldContain("<html lang=\"zh-CN\"");
        message.From.Name.ShouldBe("桦木与芦苇");
        message.Text.ShouldContain("退订：https://shop.example/u/");
        message.Text.ShouldContain("您收到这封邮件，是因为您曾在Birch & Reed购物，并同意接收我们的优惠和资讯。");
        message.Text.ShouldNotContain("Unsubscribe");
        message.Text.ShouldContain("?l=zh\n");
    }

    [Theory]
    [InlineData("zh-CN", "zh-CN")]
    [InlineData("zh-TW", "zh-CN")]
    [InlineData("zh", "zh-CN")]
    [InlineData("en-GB", "en")]
    [InlineData("fr", "en")]
    [InlineData(null, "en")]
    public void Catalogue_083_a_missing_locale_falls_back_as_a_whole(string? wanted, string chosen)
    {
        Rendered(Request(contact: Person(locale: wanted))).Language.ShouldBe(chosen);
    }

    [Fact]
    public void A_template_in_a_language_the_layout_does_not_speak_is_not_mixed_with_ours()
    {
        MessageLocales.Choose(["fr", "zh"], "fr", "fr").ShouldBe("zh");
        MessageLocales.Choose(["fr"], "fr", "fr").ShouldBeNull();
    }

    [Theory]
    [InlineData("Dear {{name}},", "en", "Hello,")]
    [InlineData("Hi {{name}}!", "en", "Hi there!")]
    [InlineData("Hello {{ name }},", "en", "Hello there,")]
    [InlineData("For you, {{name}}: news", "en", "For you, there: news")]
    [InlineData("{{#if name}}Dear {{name}}{{else}}Good day{{/if}},", "en", "Good day,")]
    [InlineData("{{name}}，您好！", "zh-CN", "您好！")]
    [InlineData("{{name}}先生您好：", "zh-CN", "您好：")]
    [InlineData("尊敬的{{name}}：", "zh-CN", "您好：")]
    [InlineData("亲爱的{{name}}，您好，", "zh-CN", "您好，")]
    [InlineData("您好，{{name}}！", "zh-CN", "您好！")]
    [InlineData("送给{{name}}的礼物", "zh-CN", "送给朋友的礼物")]
    public void Catalogue_047_an_empty_name_gives_a_greeting_without_a_hole(string greeting, string locale, string expected)
    {
        var text = new TemplateText("Subject", "x\n" + greeting + "\n" + greeting, "<p>" + greeting + "</p>");
        var message = Rendered(Request(Version(text, text), Person("  ", locale)));

        message.Text.ShouldStartWith($"x\n{expected}\n{expected}\n");
        message.Html.ShouldContain($"<p>{expected}</p>");
    }

    [Fact]
    public void A_name_in_bold_is_taken_out_together_with_its_tags()
    {
        var text = new TemplateText("Subject", "x", "<p>Dear <b>{{name}}</b>,</p>");

        Rendered(Request(Version(text), Person(null))).Html.ShouldContain("<p>Hello,</p>");
        Rendered(Request(Version(text))).Html.ShouldContain("<p>Dear <b>Anna Lind</b>,</p>");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("=cmd()", "=cmd()")]
    [InlineData("\"><img src=x onerror=y>", "&quot;&gt;&lt;img src=x onerror=y&gt;")]
    [InlineData("O'Neil & Sons", "O&#39;Neil &amp; Sons")]
    public void Catalogue_046_markup_in_a_name_is_inert(string name, string inHtml)
    {
        var message = Rendered(Request(contact: Person(name)));

        message.Html.ShouldContain($"<p>Dear {inHtml},</p>");
        message.Text.ShouldStartWith($"Dear {name},");
        message.To.Name.ShouldBe(name);
    }

    [Theory]
    [InlineData("{{name}}")]
    [InlineData("{{unsubscribe_url}}")]
    [InlineData("Win at http://evil.example")]
    [InlineData("www.evil.example")]
    public void Catalogue_046_a_name_that_is_code_or_a_link_is_not_repeated_to_anyone(string name)
    {
        var message = Rendered(Request(contact: Person(name)));

        message.Text.ShouldStartWith("Hello,");
        message.To.Name.ShouldBeNull();
    }

    [Theory]
    [InlineData("Anna\r\nBcc: all@mail.example", "Anna Bcc: all")]
    [InlineData("An\0na\tLind", "Anna Lind")]
    public void Line_breaks_and_control_characters_never_reach_a_header(string name, string shown)
    {
        var message = Rendered(Request(contact: Person(name.Replace("@mail.example", ""))));

        message.Subject.ShouldBe($"{shown}, we saved 15% for you");
        message.To.Name.ShouldBe(shown);
    }

    [Fact]
    public void A_name_without_a_value_refuses_the_message_and_says_how_to_mend_it()
    {
        var reason = Refused(Request() with { Coupon = null });

        reason.ShouldBe(
            "Template 'offer' of campaign 'win-back' (en) uses {{offer_percent}}, which has no value for this contact; put it inside {{#if offer_percent}}."
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData("javascript:alert(1)")]
    [InlineData("shop.example")]
    public void A_shop_address_that_is_not_on_the_web_is_no_value(string? shop)
    {
        Refused(Request() with { Links = Links.For(Touch, "https://shop.example", shop) }).ShouldContain("uses {{shop_url}}");
    }

    [Fact]
    public void A_name_without_a_value_may_be_asked_about()
    {
        var text = new TemplateText(
            "News",
            "{{#if offer_code}}Code {{offer_code}}{{else}}No code{{/if}}{{#unless offer_code}}!{{/unless}}",
            "<p>News</p>"
        );

        Rendered(Request(Version(text)) with { Coupon = null }).Text.ShouldStartWith("No code!\n");
        Rendered(Request(Version(text))).Text.ShouldStartWith("Code ");
    }

    [Theory]
    [InlineData("{{nickname}}", "'nickname' is not a name that templates know")]
    [InlineData("{{Name}}", "{{Name}} is not allowed")]
    public void Catalogue_071_an_unknown_placeholder_is_refused(string body, string because)
    {
        Refused(Request(Version(new TemplateText("News", body, "<p>x</p>")))).ShouldContain("text part, line 1: " + because);
    }

    [Theory]
    [InlineData("", "x", "<p>x</p>", "has no subject")]
    [InlineData("x", " ", "<p>x</p>", "has no text part")]
    [InlineData("x", "x", "", "has no html part")]
    public void Catalogue_072_a_missing_part_is_refused(string subject, string text, string html, string because)
    {
        Refused(Request(Version(new TemplateText(subject, text, html)))).ShouldContain(because);
    }

    [Fact]
    public void Catalogue_072_a_missing_postal_address_is_refused()
    {
        Refused(Request(Version(postal: " \n "))).ShouldContain("the sender's postal address is missing");
    }

    [Fact]
    public void A_contact_without_address_is_refused()
    {
        Refused(Request(contact: Person() with { Email = null })).ShouldBe("The contact has no e-mail address.");
    }

    [Theory]
    [InlineData(
        CampaignJob.WinBack,
        MessagePurpose.Promotion,
        ConsentBasis.Express,
        "you have shopped at Birch & Reed before and agreed to receive offers and news from us"
    )]
    [InlineData(
        CampaignJob.PreventLoss,
        MessagePurpose.Promotion,
        ConsentBasis.SoftOptIn,
        "you are a customer of Birch & Reed. You can object to offers and news from us at any time"
    )]
    [InlineData(
        CampaignJob.PreventLoss,
        MessagePurpose.Care,
        ConsentBasis.Express,
        "you are a customer of Birch & Reed and agreed to receive news from us"
    )]
    [InlineData(
        CampaignJob.WinBack,
        MessagePurpose.Service,
        ConsentBasis.Express,
        "it concerns your purchase at Birch & Reed. It is not advertising"
    )]
    public void The_reader_is_told_why_by_purpose_job_and_consent(
        CampaignJob job,
        MessagePurpose purpose,
        ConsentBasis basis,
        string because
    )
    {
        var message = Rendered(Request(Version(job: job, purpose: purpose), Person(basis: basis), Step(purpose)));

        message.Text.ShouldContain(because);
        message.Html.ShouldContain(because.Replace("&", "&amp;"));
    }

    [Fact]
    public void A_service_message_has_no_unsubscribe()
    {
        var message = Rendered(Request(Version(purpose: MessagePurpose.Service), step: Step(MessagePurpose.Service)));

        message.Headers.ShouldBeEmpty();
        message.Text.ShouldNotContain("/u/");
    }

    [Theory]
    [InlineData("{{offer_percent}}% off", "zh-CN", "（广告）15% off")]
    [InlineData("Sale", "en", "AD Sale")]
    [InlineData("AD Sale", "en", "AD Sale")]
    [InlineData("ADIDAS shoes", "en", "AD ADIDAS shoes")]
    [InlineData("（广告）周年庆", "zh-CN", "（广告）周年庆")]
    [InlineData("[广告] 周年庆", "zh-CN", "（广告）周年庆")]
    [InlineData("【广告】周年庆", "zh-CN", "（广告）周年庆")]
    [InlineData("AD: Sale", "en", "AD Sale")]
    [InlineData("🎁 礼物", "zh-CN", "（广告）🎁 礼物")]
    [InlineData("שלום", "en", "AD שלום")]
    public void An_advertisement_to_China_is_marked_once_at_the_front(string subject, string locale, string expected)
    {
        var text = new TemplateText(subject, "x", "<p>x</p>");
        Rendered(Request(Version(text, text), Person(locale: locale, country: "CN"))).Subject.ShouldBe(expected);
    }

    [Fact]
    public void Care_to_China_is_marked_and_service_is_not()
    {
        Rendered(Request(contact: Person(country: "cn"), step: Step(MessagePurpose.Care))).Subject.ShouldStartWith("AD ");
        Rendered(Request(contact: Person(country: "CN"), step: Step(MessagePurpose.Service))).Subject.ShouldStartWith("Anna");
        Rendered(Request(contact: Person(country: "DE"))).Subject.ShouldStartWith("Anna");
    }

    [Fact]
    public void A_message_too_long_for_mail_programs_is_refused()
    {
        var text = new TemplateText("News", new string('a', 50_000), "<p>" + new string('b', 50_000) + "</p>");
        Refused(Request(Version(text))).ShouldContain("less than 100000 are allowed");
    }

    [Fact]
    public void The_preview_line_passes_over_the_greeting()
    {
        Rendered(Request()).Html.ShouldContain("<div class=\"preview\">it has been 366 days since your last order");
    }

    [Fact]
    public void A_new_version_of_a_campaign_renders_its_own_text()
    {
        var renderer = new MessageRenderer();
        _ = renderer.Render(Request(Version(hash: "v1")));
        var changed = renderer.Render(Request(Version(new TemplateText("New", "x", "<p>x</p>"), hash: "v2")));

        changed.ShouldBeOfType<RenderOutcome.Rendered>().Message.Subject.ShouldBe("New");
    }

    [Fact]
    public void The_same_request_gives_the_same_message()
    {
        Rendered(Request()).Html.ShouldBe(Rendered(Request()).Html);
    }
}
