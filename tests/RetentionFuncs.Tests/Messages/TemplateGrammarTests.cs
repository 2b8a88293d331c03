using RetentionFuncs.Messages;

namespace RetentionFuncs.Tests.Messages;

public sealed class TemplateGrammarTests
{
    [Theory]
    [InlineData("Hello {{name}}, {{ shop }}")]
    [InlineData("{{#if offer_code}}a{{else}}b{{/if}}{{#unless name}}c{{/unless}}")]
    [InlineData("{{#if name}}{{#if offer_code}}x{{/if}}{{/if}}")]
    [InlineData("<a href=\"{{shop_url}}\" title=\"{{name}}\">x</a>")]
    [InlineData("<a href='{{unsubscribe_url}}'>x</a>")]
    [InlineData("a } b { c")]
    public void What_the_grammar_allows(string template) => TemplateGrammar.Problem(template, isHtml: true).ShouldBeNull();

    [Theory]
    [InlineData("{{{name}}}", "braces are not closed")]
    [InlineData("{{{name}}", "braces are not closed")]
    [InlineData("\\{{name}}", "braces are not closed")]
    [InlineData("{{name", "braces are not closed")]
    [InlineData("name}}", "braces are not closed")]
    [InlineData("{{name.Length}}", "not allowed")]
    [InlineData("{{this}}", "'this' is not a name")]
    [InlineData("{{../name}}", "not allowed")]
    [InlineData("{{@root}}", "not allowed")]
    [InlineData("{{&name}}", "not allowed")]
    [InlineData("{{> layout}}", "not allowed")]
    [InlineData("{{#each shop}}x{{/each}}", "not allowed")]
    [InlineData("{{#with shop}}x{{/with}}", "not allowed")]
    [InlineData("{{lookup name 0}}", "not allowed")]
    [InlineData("{{#if name}}x", "never closed")]
    [InlineData("{{#if name}}x{{/unless}}", "closes nothing")]
    [InlineData("{{else}}", "outside a block")]
    [InlineData("{{#if name}}{{else}}{{else}}{{/if}}", "outside a block")]
    [InlineData("{{#if name.Length}}x{{/if}}", "'name.Length' is not a name")]
    [InlineData("{{#*inline \"x\"}}{{/inline}}", "not allowed")]
    [InlineData("{{!-- note --}}", "not allowed")]
    [InlineData("{{else if name}}", "not allowed")]
    [InlineData("{{}}", "not allowed")]
    [InlineData("<a href={{shop_url}}>x</a>", "not in a quoted attribute")]
    [InlineData("<{{name}}>", "not in a quoted attribute")]
    [InlineData("<a href=\"{{name}}\">x</a>", "cannot begin a href")]
    [InlineData("<script>x</script>", "does not belong")]
    [InlineData("<p onclick=\"x\">", "does not belong")]
    [InlineData("<a href=\" javascript:x\">", "does not belong")]
    [InlineData("<form>", "does not belong")]
    public void What_it_refuses_and_why(string template, string because) =>
        TemplateGrammar.Problem(template, isHtml: true).ShouldNotBeNull().ShouldContain(because);

    [Fact]
    public void The_line_is_named() => TemplateGrammar.Problem("a\nb\n{{nickname}}", isHtml: false)!.ShouldStartWith("line 3: 'nickname'");

    [Fact]
    public void Random_brace_soup_is_judged_without_a_fault_and_what_passes_compiles_and_renders()
    {
        string[] pieces =
        [
            "{{",
            "}}",
            "{",
            "}",
            "#if ",
            "/if",
            "else",
            "name",
            "shop",
            "#unless ",
            "/unless",
            " ",
            "x",
            "<b>",
            "\"",
            ".",
            "{{name}}",
            "{{#if name}}",
            "{{/if}}",
            "{{else}}",
            "\\",
            "~",
            "&",
            "!",
            ">",
        ];
        var random = new Random(3);
        var allowed = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var soup = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (TemplateGrammar.Problem(soup, isHtml: false) is not null || allowed >= 200)
            {
                continue;
            }

            allowed++;
            var text = new RetentionFuncs.Campaigns.TemplateText("News", "x " + soup, "<p>x</p>");
            var outcome = new MessageRenderer().Render(MessageSamples.Request(MessageSamples.Version(text)));
            _ = outcome.ShouldBeOfType<RenderOutcome.Rendered>(soup);
        }

        allowed.ShouldBe(200);
    }
}
