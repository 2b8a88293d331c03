using RetentionFuncs.Findings;
using RetentionFuncs.Tests.Messages;

namespace RetentionFuncs.Tests.Campaigns;

public sealed class TemplateLintTests
{
    private const string Hello = "templates/hello.yaml";

    private static CampaignTexts Texts => new();

    private static LintFinding Saying(string words) =>
        Texts.Change(Hello, "is everything all right?\n    html", words + "\n    html").Read().Findings.First(f => f.File == Hello);

    [Theory]
    [InlineData("{{nmae}}", "Templates do not know 'nmae'. Did you mean 'name'?")]
    [InlineData("{{Name}}", "Templates do not know 'Name'. Did you mean 'name'?")]
    [InlineData("{{customer.name}}", "Templates do not know 'customer.name'.")]
    [InlineData("{{}}", "These braces are empty.")]
    [InlineData("{{name", "These braces are never closed. Write {{name}}.")]
    [InlineData("{{{name}}}", "Only plain names and if, unless, else are read: nothing raw, no partials, no comments.")]
    [InlineData("{{&name}}", "Only plain names and if, unless, else are read")]
    [InlineData("{{> footer}}", "Only plain names and if, unless, else are read")]
    [InlineData("{{! note }}", "Only plain names and if, unless, else are read")]
    [InlineData("\\{{name}}", "A backslash before braces is not read here.")]
    [InlineData("{{#each name}}{{/each}}", "The block 'each' is not known.")]
    [InlineData("{{#if}}x{{/if}}", "'if' asks about exactly one name.")]
    [InlineData("{{#if nmae}}x{{/if}}", "Templates do not know 'nmae'.")]
    [InlineData("{{#if name}}x", "'{{#if}}' is never closed. Add {{/if}}.")]
    [InlineData("x{{/if}}", "'{{/if}}' closes nothing.")]
    [InlineData("{{#if name}}x{{/unless}}", "'{{/unless}}' stands where '{{/if}}' is due.")]
    [InlineData("{{else}}", "This 'else' belongs to no block.")]
    [InlineData("{{#if name}}a{{else}}b{{else}}c{{/if}}", "This 'else' belongs to no block.")]
    [InlineData("{{else if name}}", "Templates do not know 'else if name'.")]
    [InlineData("｛｛name｝｝", "These are full-width braces. Write {{name}} with plain ones.")]
    [InlineData("name}}", "The renderer refuses this text: line 3: braces are not closed; write {{name}}.")]
    [InlineData("a\u202Eb", "An invisible or broken character (U+202E) stands here.")]
    public void Catalogue_071_unknown_and_clever_placeholders_are_refused(string words, string sentence)
    {
        var finding = Saying(words);
        finding.IsError.ShouldBeTrue();
        finding.ToString().ShouldContain(sentence);
        if (!sentence.StartsWith("The renderer", StringComparison.Ordinal))
        {
            finding.Line.ShouldBe(8);
        }
    }

    [Theory]
    [InlineData("{{#if name}}a{{else}}b{{/if}}")]
    [InlineData("{{#unless name}}a{{/unless}}")]
    [InlineData("{{ days_silent }} {{preferences_url}} {{unsubscribe_url}} {{shop}} {{last_order_date}} {{shop_url}}")]
    [InlineData("{{#if offer_code}}{{offer_percent}} until {{offer_ends}}{{/if}}")]
    [InlineData("one {brace} is only a brace")]
    public void Known_names_and_blocks_pass(string words) =>
        Texts.Change(Hello, "is everything all right?\n    html", words + "\n    html").Read().Findings.ShouldBeEmpty();

    [Fact]
    public void The_place_of_a_wrong_name_is_exact_in_blocks_and_in_quotes()
    {
        var block = Texts.Change(Hello, "<p>is everything all right?</p>", "<p>is all {{wel}}?</p>").Finding();
        (block.Line, block.Column).ShouldBe((11, 17));
        var quoted = Texts.Change(Hello, "<p>{{name}}，您好！好久没见您了。</p>", "<p>{{nmae}}，您好！</p>").Finding();
        (quoted.Line, quoted.Column).ShouldBe((15, 15));
    }

    [Theory]
    [InlineData("    subject: \"Is everything all right?\"\n", "'subject' is missing.")]
    [InlineData("    html: \"<p>{{name}}，您好！好久没见您了。</p>\"", "'html' is missing.")]
    [InlineData("    text: \"{{name}}，您好！好久没见您了。\"\n", "'text' is missing.")]
    public void Catalogue_072_each_locale_needs_subject_text_and_html(string line, string message) =>
        Texts.Change(Hello, line, "").Finding().Message.En.ShouldBe(message);

    [Theory]
    [InlineData("\"Is everything all right?\"", "\"  \"", "'subject' is empty.")]
    [InlineData("\"Is everything all right?\"", "\"\"", "'subject' is empty.")]
    [InlineData("\"Is everything all right?\"", "", "'subject' has no value.")]
    [InlineData("\"Is everything all right?\"", "\"one\\ntwo\"", "A subject is one line.")]
    [InlineData("\"Is everything all right?\"", "{{name}}", "A key must be a plain word.")]
    public void Catalogue_072_a_subject_is_one_line_of_text(string from, string to, string message) =>
        Texts.Change(Hello, from, to).Read().Findings.ShouldContain(f => f.IsError && f.Message.En == message);

    [Fact]
    public void Catalogue_083_templates_of_one_campaign_speak_the_same_languages()
    {
        var chinese = CampaignTexts.Hello.IndexOf("  zh-CN:", StringComparison.Ordinal);
        var finding = Texts.With(Hello, CampaignTexts.Hello[..chinese]).Finding();
        finding.IsError.ShouldBeTrue();
        finding.Message.En.ShouldBe("The locale zh-CN is missing here, but other templates of campaign 'win-back' have it.");
    }

    [Fact]
    public void Catalogue_083_the_language_of_the_business_must_be_among_them()
    {
        var shop = MessageSamples.Shop();
        Texts.Read(shop).Findings.ShouldBeEmpty();
        Texts.Read(shop with { Locale = "zh-TW" }).Findings.ShouldBeEmpty("its language is there");
        Texts.Read(shop with { Locale = "de" }).Findings.Count.ShouldBe(2);
    }

    [Fact]
    public void A_language_without_footers_is_pointed_out()
    {
        var folder = Texts.Change(Hello, "  en:", "  fr:").Change("templates/offer.yaml", "  en:", "  fr:").Read();
        folder.Findings.Count.ShouldBe(2);
        folder.Findings[0].Message.En.ShouldBe("Footers are written in English and Chinese only, so the text for fr is never used.");
    }

    [Fact]
    public void An_offer_is_named_only_where_the_step_carries_one()
    {
        var finding = Texts.Change(Hello, "<p>is everything all right?</p>", "<p>{{offer_percent}}%</p>").Finding();
        (finding.File, finding.Line, finding.Column, finding.IsError).ShouldBe((Hello, 11, 10, true));
        finding.Message.En.ShouldBe("'offer_percent' has no value: step 'hello' of campaign 'win-back' carries no offer.");
        Texts
            .Change(Hello, "<p>is everything all right?</p>", "{{#if offer_code}}{{offer_percent}}%{{/if}}")
            .Read()
            .Findings.ShouldBeEmpty();
        Texts
            .Change(Hello, "<p>is everything all right?</p>", "{{#if offer_code}}x{{else}}{{offer_percent}}%{{/if}}")
            .Read()
            .Findings.Count.ShouldBe(1);
        Texts
            .Change(Hello, "<p>is everything all right?</p>", "{{#unless offer_code}}x{{else}}{{offer_percent}}%{{/unless}}")
            .Read()
            .Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_step_with_an_offer_shows_its_code_in_both_parts_and_says_when_it_ends()
    {
        const string Offer = "templates/offer.yaml";
        var unsaid = Texts
            .Change(Offer, "text: \"Your code {{offer_code}} works until {{offer_ends}}.\"", "text: \"Come back.\"")
            .Finding();
        (unsaid.File, unsaid.IsError).ShouldBe(("win-back.yaml", true));
        unsaid.Message.En.ShouldBe("The step promises an offer, but the en text of 'offer' never shows offer_code.");
        var endless = Texts.Change(Offer, "，有效期至 {{offer_ends}}。</p>", "</p>").Finding();
        (endless.Severity, endless.Message.En).ShouldBe(
            (LintSeverity.Warning, "The zh-CN html of 'offer' does not say when the offer ends.")
        );
    }

    [Fact]
    public void A_link_to_the_shop_needs_a_shop_on_the_web()
    {
        var linked = Texts.Change(Hello, "<p>is everything all right?</p>", "<p><a href=\"{{shop_url}}\">x</a></p>");
        linked
            .Read(MessageSamples.Shop())
            .Findings.ShouldHaveSingleItem()
            .Message.En.ShouldBe("'shop_url' has no value: the settings name no shop on the web.");
        linked.Read(MessageSamples.Shop() with { ShopUrl = "https://shop.example" }).Findings.ShouldBeEmpty();
        Texts
            .Change(Hello, "<p>is everything all right?</p>", "{{#if shop_url}}{{shop_url}}{{/if}}")
            .Read(MessageSamples.Shop())
            .Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_long_subject_is_a_warning_counted_as_people_count()
    {
        string Subject(string text) => $"subject: \"{text}\"";
        var from = Subject("Is everything all right?");
        Texts.Change(Hello, from, Subject(new string('a', 70))).Read().Findings.ShouldBeEmpty();
        Texts.Change(Hello, from, Subject(new string('a', 71))).Finding().Severity.ShouldBe(LintSeverity.Warning);
        Texts
            .Change(Hello, from, Subject(string.Concat(Enumerable.Repeat("👩‍👩‍👧", 60))))
            .Read()
            .Findings.ShouldBeEmpty("a family is one character");
        Texts
            .Change(Hello, from, Subject("{{#if name}}" + new string('a', 60) + "{{else}}" + new string('b', 60) + "{{/if}}"))
            .Read()
            .Findings.ShouldBeEmpty("one branch is shown");
    }

    [Fact]
    public void A_body_that_Gmail_would_cut_is_refused()
    {
        var finding = Texts.Change(Hello, "<p>is everything all right?</p>", "<p>" + new string('好', 31_000) + "</p>").Finding();
        finding.IsError.ShouldBeTrue();
        finding.Message.En.ShouldStartWith("Text and html together are over 90 KB.");
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<p onclick=\"x\">a</p>")]
    [InlineData("<a href=\"javascript:x\">a</a>")]
    [InlineData("<style>p{}</style>")]
    [InlineData("<html><p>a</p></html>")]
    [InlineData("<p {{name}}>a</p>")]
    [InlineData("<a href=\"{{name}}\">a</a>")]
    public void Html_that_mail_programs_drop_is_refused(string html) =>
        Texts.Change(Hello, "<p>is everything all right?</p>", html).Read().Findings.ShouldAllBe(f => f.IsError && f.File == Hello);

    [Fact]
    public void An_image_without_words_is_a_warning()
    {
        Texts
            .Change(Hello, "<p>is everything all right?</p>", "<img src=\"https://a.example/b.png\">")
            .Finding()
            .Severity.ShouldBe(LintSeverity.Warning);
        Texts
            .Change(Hello, "<p>is everything all right?</p>", "<img src=\"https://a.example/b.png\" alt=\"a cup\">")
            .Read()
            .Findings.ShouldBeEmpty();
    }

    [Fact]
    public void A_template_nobody_uses_is_pointed_out() =>
        Texts
            .With("templates/spare.yaml", CampaignTexts.Hello)
            .Finding()
            .ToString()
            .ShouldBe("templates/spare.yaml: warning: No campaign uses this template.");
}
