using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Messages;
using RetentionFuncs.Offers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Settings;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Messages;

/// <summary>A shop, a campaign with English and Chinese texts, and requests made from them.</summary>
internal static class MessageSamples
{
    public static readonly InstanceSecret Secret = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);
    public static readonly DateTimeOffset Now = new(2026, 3, 5, 9, 30, 0, TimeSpan.FromHours(1));
    public static readonly UnsubscribeLinks Links = new(Secret);

    public static readonly TemplateText English = new(
        "{{name}}, we saved {{offer_percent}}% for you",
        "Dear {{name}},\n\nit has been {{days_silent}} days since your last order on {{last_order_date}}. "
            + "Here is {{offer_percent}}% off your next one.\n\nYour code: {{offer_code}}\nUse it until {{offer_ends}}: {{shop_url}}\n",
        "<p>Dear {{name}},</p><p>it has been {{days_silent}} days since your last order on {{last_order_date}}. "
            + "Here is <b>{{offer_percent}}% off</b> your next one.</p><p class=\"code\">{{offer_code}}</p>"
            + "<p>Use it until {{offer_ends}}.</p><p><a class=\"button\" href=\"{{shop_url}}\">Visit {{shop}}</a></p>"
    );

    public static readonly TemplateText Chinese = new(
        "{{name}}，为您留了一份{{offer_percent}}%的优惠",
        "{{name}}，您好：\n\n您上次下单是在{{last_order_date}}，至今已有{{days_silent}}天。这次购物立减{{offer_percent}}%，算是老朋友的心意。\n\n"
            + "专属优惠码：{{offer_code}}\n有效期至{{offer_ends}}：{{shop_url}}\n",
        "<p>{{name}}，您好：</p><p>您上次下单是在{{last_order_date}}，至今已有{{days_silent}}天。这次购物立减<b>{{offer_percent}}%</b>，算是老朋友的心意。</p>"
            + "<p class=\"code\">{{offer_code}}</p><p>有效期至{{offer_ends}}。</p><p><a class=\"button\" href=\"{{shop_url}}\">去{{shop}}看看</a></p>"
    );

    public static CampaignVersion Version(
        TemplateText? english = null,
        TemplateText? chinese = null,
        CampaignJob job = CampaignJob.WinBack,
        MessagePurpose purpose = MessagePurpose.Promotion,
        string postal = "Birch & Reed GmbH\nLindenstraße 4\n10969 Berlin",
        string hash = "v1"
    )
    {
        var step = Step(purpose);
        var locales = new Dictionary<string, TemplateText>();
        if (english is not null || chinese is null)
        {
            locales["en"] = english ?? English;
        }

        if (chinese is not null || english is null)
        {
            locales["zh-CN"] = chinese ?? Chinese;
        }

        return new CampaignVersion(
            hash,
            new Campaign(
                "win-back",
                new Dictionary<string, string>(),
                job,
                "true",
                new CampaignTrigger.StageEntered(LapseStage.Lapsed),
                [step],
                true,
                "shop",
                30,
                null,
                5,
                null,
                null,
                null,
                0
            ),
            new SenderProfile(
                "shop",
                new Dictionary<string, string> { ["en"] = "Birch & Reed", ["zh"] = "桦木与芦苇" },
                "hello@birch.example",
                "hello@birch.example",
                postal
            ),
            new Dictionary<string, MessageTemplate> { ["offer"] = new("offer", locales) }
        );
    }

    public static JourneyStep.Message Step(MessagePurpose purpose = MessagePurpose.Promotion) =>
        new("offer", "offer", "primary", purpose, null, new PercentOffer(15, 14));

    public static Contact Person(
        string? name = "Anna Lind",
        string? locale = "en",
        string? country = "DE",
        ConsentBasis basis = ConsentBasis.Express
    )
    {
        _ = EmailAddress.TryParse("anna@mail.example", out var email, out _);
        var consent = new Consent(ConsentState.Granted, basis, "checkout box", Now, Now);
        return new Contact(
            new ContactKey(new string('b', 26)),
            Contact.Primary,
            [Contact.Primary],
            name,
            email,
            null,
            country,
            locale,
            null,
            null,
            consent
        );
    }

    public static readonly TouchRef Touch = new(new CustomerKey("abcdefghijklmnopqrstuvwxyz"), new TouchId("234567abcdefghijklmnopqrst"));

    public static RenderRequest Request(CampaignVersion? version = null, Contact? contact = null, JourneyStep.Message? step = null) =>
        new(
            version ?? Version(),
            step ?? Step(),
            contact ?? Person(),
            Shop(),
            new PurchaseSummary([new DateOnly(2025, 1, 2), new DateOnly(2025, 3, 4)], 2, [new Money(80, "EUR")]),
            new DateOnly(2026, 3, 5),
            new Coupon(CouponCodes.Of(Secret, Touch), 15, new DateOnly(2026, 3, 18), 0),
            Touch,
            "attempt234567abcdefghijklm",
            Secret.InstanceId,
            Now,
            Links.For(Touch, "https://shop.example", "https://shop.example/new")
        );

    public static BusinessSettings Shop() =>
        new(
            "Birch & Reed",
            "Europe/Berlin",
            "EUR",
            "en",
            "https://shop.example",
            LapseRule.Default,
            FrequencyCap.Default,
            QuietHours.Default
        );

    public static OutboundMessage Rendered(RenderRequest request) =>
        new MessageRenderer().Render(request) is RenderOutcome.Rendered done
            ? done.Message
            : throw new InvalidOperationException(new MessageRenderer().Render(request).ToString());

    public static string Refused(RenderRequest request) =>
        new MessageRenderer().Render(request).ShouldBeOfType<RenderOutcome.Refused>().Reason;
}
