using System.Runtime.CompilerServices;
using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Findings;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Campaigns;

public sealed class ConfirmationCampaignTests
{
    /// <summary>The campaign and the template as the room's page shows them.</summary>
    private static (string Campaign, string Template) OfPage()
    {
        var blocks = Page().Split("```yaml").Skip(1).Select(b => b.Split("```")[0].Trim() + "\n").ToArray();
        return (blocks[0], blocks[1]);
    }

    private static CampaignTexts Texts(Func<string, string>? campaign = null, Func<string, string>? template = null)
    {
        var (first, second) = OfPage();
        return new CampaignTexts()
            .With("confirm.yaml", campaign?.Invoke(first) ?? first)
            .With("templates/confirm.yaml", template?.Invoke(second) ?? second);
    }

    [Fact]
    public void The_campaign_on_the_page_reads_writes_and_keeps_its_hash()
    {
        var folder = Texts().Read(TripWorld.Shop);
        folder.Findings.ShouldBeEmpty();
        var version = folder.Versions.Single(v => v.Campaign.Key == "confirm");
        version.Campaign.Trigger.ShouldBe(new CampaignTrigger.ConsentRequested());
        version.Campaign.ExitOnOrder.ShouldBeFalse();
        CampaignVersionCodec.Read(CampaignVersionCodec.Write(version)).Hash.ShouldBe(version.Hash);
        var again = CampaignFiles.Read(CampaignFiles.TextsOf(version));
        again.Findings.ShouldBeEmpty();
        again.Versions.Single().Hash.ShouldBe(version.Hash);
    }

    [Theory]
    [InlineData("purpose: service", "purpose: promotion")]
    [InlineData("purpose: service", "purpose: care")]
    [InlineData("purpose: service", "purpose: service, to: buyer")]
    [InlineData("purpose: service", "purpose: service, channel: sms")]
    public void Who_has_not_confirmed_gets_no_marketing(string from, string to)
    {
        var finding = Texts(c => c.Replace(from, to)).Read().Findings.Where(f => f.IsError).ShouldHaveSingleItem();
        finding.Message.En.ShouldStartWith("Who has not confirmed yet may not be sent marketing");
    }

    [Fact]
    public void A_mail_without_the_link_is_refused_part_by_part_and_the_link_elsewhere_too()
    {
        var plain = Texts(template: t => t.Replace("      {{confirm_url}}\n", "      here\n"))
            .Read()
            .Findings.Where(f => f.IsError)
            .ToArray();
        plain.Select(f => f.Message.En.Split(' ')[1] + " " + f.Message.En.Split(' ')[4]).ShouldBe(["text en", "text zh-CN"]);

        var foreign = new CampaignTexts().Change("templates/hello.yaml", "<p>is everything", "<p>{{confirm_url}} is everything").Read();
        foreign.Findings.Single(f => f.IsError).Message.En.ShouldContain("'confirm_url' has a value only in a campaign with the trigger");
    }

    [Fact]
    public void A_topic_is_one_of_the_settings_and_changes_the_version_only_when_it_is_said()
    {
        var shop = TripWorld.Shop with
        {
            ShopUrl = "https://linden.shop",
            Topics = [new Topic("news", new Dictionary<string, string> { ["en"] = "News" })],
        };
        CampaignTexts With(string topic) =>
            new CampaignTexts().Change("win-back.yaml", "job: win-back\n", $"job: win-back\ntopic: {topic}\n");
        var plain = new CampaignTexts().Read(shop).Versions.Single();
        plain.Campaign.Topic.ShouldBeNull();
        var about = With("news").Read(shop);
        about.Findings.ShouldBeEmpty();
        about.Versions.Single().Campaign.Topic.ShouldBe("news");
        about.Versions.Single().Hash.ShouldNotBe(plain.Hash);
        CampaignFiles.TextsOf(plain).ShouldAllBe(t => !t.Text.Contains("topic", StringComparison.Ordinal));

        With("nws").Read(shop).Findings.Single(f => f.IsError).Message.En.ShouldBe("The settings know no topic 'nws'.");
        With("Bad Key").Read(shop).HasErrors.ShouldBeTrue();
        With("news").Read(shop with { Topics = [] }).HasErrors.ShouldBeTrue();
    }

    private static string Page([CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/RetentionFuncs/ContactPolicy/README.md"));
}
