using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Offers;
using RetentionFuncs.Tests.Messages;

namespace RetentionFuncs.Tests.Campaigns;

public sealed class ShippedCampaignTests
{
    private static CampaignFolder Shipped(bool withShop = true) =>
        CampaignFiles.Read(
            ShippedCampaigns.Texts("Birch & Reed", "hello@birch.example", "Lindenstraße 4\n10969 Berlin"),
            MessageSamples.Shop() with
            {
                ShopUrl = withShop ? "https://shop.example" : null,
            }
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void They_have_nothing_to_find_with_and_without_a_shop_on_the_web(bool withShop)
    {
        var folder = Shipped(withShop);
        folder.Findings.ShouldBeEmpty();
        folder.Versions.Select(v => v.Campaign.Key).ShouldBe(["birthday", "second-order", "win-back", "win-back-call", "win-back-sms"]);
    }

    [Fact]
    public void Win_back_cares_first_offers_later_and_leaves_the_door_open()
    {
        var messages = Shipped().Versions.Single(v => v.Campaign.Key == "win-back").Campaign.Messages.ToList();
        messages.Select(m => m.Id).ShouldBe(["check-in", "offer", "goodbye"]);
        messages.Select(m => m.Offer is not null).ShouldBe([false, true, false]);
        messages.Select(m => m.Purpose).ShouldBe([MessagePurpose.Care, MessagePurpose.Promotion, MessagePurpose.Care]);
    }

    [Fact]
    public void Care_campaigns_carry_no_offer()
    {
        foreach (var version in Shipped().Versions.Where(v => !v.Campaign.Key.StartsWith("win-back", StringComparison.Ordinal)))
        {
            version.Campaign.Job.ShouldBe(CampaignJob.PreventLoss);
            version.Campaign.Messages.ShouldAllBe(m => m.Offer == null && m.Purpose == MessagePurpose.Care);
        }
    }

    [Theory]
    [InlineData("Anna Lind", "en", true)]
    [InlineData(null, "en", false)]
    [InlineData("王芳", "zh-CN", true)]
    [InlineData(null, "zh-CN", false)]
    public void Every_message_renders_for_people_with_and_without_a_name(string? name, string locale, bool withShop)
    {
        foreach (var version in Shipped().Versions)
        {
            foreach (var step in version.Campaign.Messages)
            {
                var request = MessageSamples.Request(version, MessageSamples.Person(name, locale) with { Phone = "+8613812345678" }, step);
                request = request with
                {
                    Coupon = step.Offer is { } offer
                        ? new Coupon("0123-4567-89AB-CDEF", offer.Percent, new DateOnly(2026, 3, 18), 0)
                        : null,
                    Links = withShop ? request.Links : request.Links with { Shop = null },
                };
                var message = MessageSamples.Rendered(request);
                (message.Subject + message.Text + message.Html).ShouldNotContain("{{");
                if (step.Channel == Channel.Email)
                {
                    message.Subject[0].ShouldNotBe(locale == "en" ? ',' : '，');
                }

                message.Subject.Length.ShouldBeLessThanOrEqualTo(TemplatePartLint.LongestSubject);
                if (name is null)
                {
                    message.Subject.ShouldNotContain("there");
                    message.Subject.ShouldNotContain("朋友");
                }
                else
                {
                    message.Text.ShouldContain(name);
                }
            }
        }
    }

    [Fact]
    public void Init_writes_them_once_and_leaves_what_a_person_has_changed()
    {
        var folder = Directory.CreateTempSubdirectory("campaigns").FullName;
        try
        {
            ShippedCampaigns.WriteTo(folder, "桦木", "hello@birch.example", "上海市徐汇区 1 号").Count.ShouldBe(15);
            var path = Path.Combine(folder, "birthday.yaml");
            File.WriteAllText(path, "mine");
            ShippedCampaigns.WriteTo(folder, "桦木", "hello@birch.example", "上海市徐汇区 1 号").ShouldBeEmpty();
            File.ReadAllText(path).ShouldBe("mine");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_sender_that_could_not_send_is_refused_before_anything_is_written()
    {
        Should.Throw<ArgumentException>(() => ShippedCampaigns.Texts("Birch", "not an address", "Berlin"));
        Should.Throw<ArgumentException>(() => ShippedCampaigns.Texts("Birch", "a@b.example", " "));
        Should.Throw<ArgumentException>(() => ShippedCampaigns.Texts("", "a@b.example", "Berlin"));
    }
}
