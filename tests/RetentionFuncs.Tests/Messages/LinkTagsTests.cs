using RetentionFuncs.Campaigns;
using RetentionFuncs.Messages;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.Tests.Messages;

public sealed class LinkTagsTests
{
    private const string T = "utm_source=retention&utm_medium=email&utm_campaign=win-back";

    private static readonly LinkTags Tags = new(
        "shop.example",
        new UtmTags(null, null, null).For("win-back"),
        ["https://shop.example/u/abc", "https://shop.example/p/abc"]
    );

    [Theory]
    [InlineData("https://shop.example", "https://shop.example?" + T)]
    [InlineData("https://shop.example/new", "https://shop.example/new?" + T)]
    [InlineData("https://SHOP.example/new?a=1&b=2#top", "https://SHOP.example/new?a=1&b=2&" + T + "#top")]
    [InlineData("https://shop.example/new?", "https://shop.example/new?" + T)]
    [InlineData("https://shop.example/new?a=1&", "https://shop.example/new?a=1&" + T)]
    [InlineData("https://shop.example:8443/x#a?b", "https://shop.example:8443/x?" + T + "#a?b")]
    [InlineData("https://shop.example/?q=%E6%96%B0", "https://shop.example/?q=%E6%96%B0&" + T)]
    [InlineData("https://shop.example/?utm_source=mine", "https://shop.example/?utm_source=mine&utm_medium=email&utm_campaign=win-back")]
    [InlineData(
        "https://shop.example/?UTM_Source=a&utm_medium=b&utm_campaign=c",
        "https://shop.example/?UTM_Source=a&utm_medium=b&utm_campaign=c"
    )]
    [InlineData("http://shop.example/x", "http://shop.example/x?" + T)]
    [InlineData("https://www.shop.example/x", "https://www.shop.example/x")]
    [InlineData("https://shop.example.evil.example/x", "https://shop.example.evil.example/x")]
    [InlineData("https://other.example/?to=https://shop.example/", "https://other.example/?to=https://shop.example/")]
    [InlineData("https://shop.example/u/abc?l=en", "https://shop.example/u/abc?l=en")]
    [InlineData("https://shop.example/p/abc", "https://shop.example/p/abc")]
    [InlineData("mailto:me@shop.example", "mailto:me@shop.example")]
    [InlineData("/new", "/new")]
    [InlineData("#top", "#top")]
    public void Links_to_the_shop_are_tagged_and_no_others(string address, string tagged) => Tags.Tagged(address).ShouldBe(tagged);

    [Theory]
    [InlineData("See https://shop.example/new.", "See https://shop.example/new?" + T + ".")]
    [InlineData("(https://shop.example/a_(b)), then", "(https://shop.example/a_(b)?" + T + "), then")]
    [InlineData("<https://shop.example/a>", "<https://shop.example/a?" + T + ">")]
    [InlineData("去看看：https://shop.example/a。", "去看看：https://shop.example/a?" + T + "。")]
    [InlineData("https://shop.example/新品", "https://shop.example/新品")]
    [InlineData("https://shop.example/a立即选购", "https://shop.example/a立即选购")]
    [InlineData("a https://other.example/a\nhttps://shop.example/b\n", "a https://other.example/a\nhttps://shop.example/b?" + T + "\n")]
    [InlineData("no link at shop.example/new", "no link at shop.example/new")]
    public void In_plain_text_the_marks_around_a_link_stay_outside_and_a_doubtful_link_stays_whole(string text, string tagged) =>
        Tags.InText(text).ShouldBe(tagged);

    [Fact]
    public void In_HTML_only_the_addresses_of_links_change()
    {
        var encoded = T.Replace("&", "&amp;");
        Tags.InHtml(
                "<a class='x' href='https://shop.example/?a=1&amp;b=%22'>https://shop.example/text</a><img src=\"https://shop.example/i.png\">"
                    + "<a href=\"https://other.example/\">x</a><A HREF=\"https://shop.example/\">y</A>"
            )
            .ShouldBe(
                $"<a class='x' href='https://shop.example/?a=1&amp;b=%22&amp;{encoded}'>https://shop.example/text</a><img src=\"https://shop.example/i.png\">"
                    + $"<a href=\"https://other.example/\">x</a><A HREF=\"https://shop.example/?{encoded}\">y</A>"
            );
    }

    [Fact]
    public void Values_are_encoded_and_a_campaigns_own_come_before_the_businesss()
    {
        var request = Request() with { Business = Shop() with { Utm = new UtmTags("店 & Co", null, null) } };
        var version = request.Version with { Campaign = request.Version.Campaign with { Utm = new UtmTags(null, null, "spring#1") } };

        var message = Rendered(request with { Version = version });

        message.Text.ShouldContain("https://shop.example/new?utm_source=%E5%BA%97%20%26%20Co&utm_medium=email&utm_campaign=spring%231");
        message.Html.ShouldContain(
            "href=\"https://shop.example/new?utm_source=%E5%BA%97%20%26%20Co&amp;utm_medium=email&amp;utm_campaign=spring%231\""
        );
        message.Html.ShouldContain("href=\"" + HtmlText.Encode(request.Links.In("en").Unsubscribe) + "\"");
        message.Headers[0].Value.ShouldNotContain("utm_");
    }

    [Fact]
    public void Without_the_setting_nothing_is_tagged() => Rendered(Request()).Html.ShouldNotContain("utm_");

    [Fact]
    public void A_campaigns_tags_survive_its_files_and_the_store_and_make_a_version_of_their_own()
    {
        var plain = Trips.CampaignWorks.VersionOf(Trips.CampaignWorks.WinBack());
        var tagged = Trips.CampaignWorks.VersionOf(Trips.CampaignWorks.WinBack() with { Utm = new UtmTags("a, b", null, "{x}: #1") });

        tagged.Hash.ShouldNotBe(plain.Hash);
        CampaignVersionCodec.Read(CampaignVersionCodec.Write(tagged)).Campaign.Utm.ShouldBe(tagged.Campaign.Utm);
        CampaignFiles.Read(CampaignFiles.TextsOf(tagged)).Versions.Single().Campaign.Utm.ShouldBe(tagged.Campaign.Utm);
    }
}
