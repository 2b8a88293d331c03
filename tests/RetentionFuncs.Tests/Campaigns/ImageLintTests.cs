using RetentionFuncs.Findings;
using RetentionFuncs.Tests.Messages;

namespace RetentionFuncs.Tests.Campaigns;

public sealed class ImageLintTests
{
    private static IReadOnlyList<LintFinding> Saying(string html, params string[] hosts)
    {
        var texts = new CampaignTexts().Change("templates/hello.yaml", "<p>is everything", html + "<p>is everything");
        var shop = MessageSamples.Shop() with { ImageHosts = hosts, ShopUrl = "https://shop.example" };
        return [.. texts.Read(shop).Findings.Where(f => f.File == "templates/hello.yaml")];
    }

    [Theory]
    [InlineData("<img alt=a src='data:image/png;base64,AAAA'>", "data:")]
    [InlineData("<img alt='a' src='http://cdn.example/a.png'>", "Write https.")]
    [InlineData("<img alt='a' src='a.png'>", "on your machine")]
    [InlineData("<img alt='a' src='/img/a.png'>", "on your machine")]
    [InlineData("<img alt='a' src='C:\\pictures\\a.png'>", "on your machine")]
    [InlineData("<img alt='a' src='file:///home/a.png'>", "on your machine")]
    [InlineData("<td background='http://cdn.example/a.png'></td>", "Write https.")]
    public void An_image_nobody_can_fetch_is_refused_with_what_to_do(string html, string says)
    {
        var finding = Saying(html).First(f => f.IsError);
        (finding.ToString() + finding.Describe("zh")).ShouldContain(says);
    }

    [Theory]
    [InlineData("<img alt='a' src='https://cdn.example/a.png?x=1&amp;y=2'>")]
    [InlineData("<img alt='a' src='{{shop_url}}/a.png'>")]
    public void An_image_on_the_web_is_fine(string html) => Saying(html).ShouldBeEmpty();

    [Fact]
    public void Hosts_that_are_named_are_the_only_ones()
    {
        const string Html = "<img alt='a' src='https://CDN.example/a.png'>";
        Saying(Html, "cdn.example").ShouldBeEmpty();
        Saying(Html, "img.example").ShouldHaveSingleItem().ToString().ShouldContain("'cdn.example', which is none of the hosts");
    }

    [Fact]
    public void Very_many_images_are_a_warning()
    {
        var many = string.Concat(Enumerable.Repeat("<img alt='a' src='https://cdn.example/a.png'>", 13));
        Saying(many).ShouldHaveSingleItem().IsError.ShouldBeFalse();
    }
}
