using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Offers;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.HandOffs;

/// <summary>A shop in China whose customers have mobiles and no e-mail, with a campaign that calls and one that texts.</summary>
internal sealed class HandOffWorld
{
    public HandOffWorld(IRowStore? store = null) =>
        Trip = new TripWorld(settings: TripWorld.Shop with { Name = "山间茶舍", Locale = "zh-CN", Currency = "EUR" }, store: store);

    public TripWorld Trip { get; }

    public async Task CustomerAsync(string id, string? phone = "13812345678", bool sms = true, bool calls = true, string name = "王芳")
    {
        var yes = new Consent(ConsentState.Granted, ConsentBasis.Express, "入会条款", Trip.Clock.Now.AddYears(-1), Trip.Clock.Now);
        await Trip.CustomerAsync(
            id,
            n =>
                n with
                {
                    Email = null,
                    EmailConsent = null,
                    ContactName = name,
                    Phone = phone,
                    Country = "CN",
                    Locale = "zh-CN",
                    SmsConsent = sms ? yes : null,
                    PhoneConsent = calls ? yes : null,
                }
        );
    }

    /// <summary>Launches a campaign of one step on a channel, for everybody a week after an order.</summary>
    public async Task LaunchAsync(Channel channel, decimal? control = 0, PercentOffer? offer = null)
    {
        var key = channel == Channel.Sms ? "text" : "call";
        var purpose = offer is null ? MessagePurpose.Care : MessagePurpose.Promotion;
        var step = new JourneyStep.Message("ask", "words", Contact.Primary, purpose, null, offer) { Channel = channel };
        var campaign = CampaignWorks.AfterOrder(7) with { Key = key, Steps = [step], ControlShare = control };
        var text = offer is null
            ? "{{#if name}}{{name}}，{{/if}}您好！"
            : "{{#if name}}{{name}}，{{/if}}优惠码{{offer_code}}，立减{{offer_percent}}%。";
        var words = new MessageTemplate(
            "words",
            new Dictionary<string, TemplateText> { ["zh-CN"] = new("", text, ""), ["en"] = new("", "Hello {{name}}.", "") }
        );
        var sender = CampaignWorks.VersionOf(CampaignWorks.AfterOrder(7)).Sender;
        await Trip.Product.LaunchCampaign.ApplyAsync(CampaignVersions.Of(campaign, sender, [words]));
        (await Trip.Product.LaunchCampaign.LaunchAsync(key)).ShouldBeOfType<CampaignCommand.Done>();
    }

    /// <summary>One customer, bought on 2 March, called or texted on the 9th and in the tray.</summary>
    public static async Task<HandOffWorld> OneAsync(Channel channel, PercentOffer? offer = null)
    {
        var world = new HandOffWorld();
        await world.LaunchAsync(channel, offer: offer);
        await world.CustomerAsync("c1");
        await world.Trip.OrderAsync("c1", "2026-03-02");
        await world.Trip.TickAsync("2026-03-09");
        return world;
    }

    public async Task<HandOffListing> ListAsync(Channel channel) =>
        await Trip.Product.HandOffList.ReadAsync((await Trip.Product.MakeBatch.RunAsync(channel))!);

    public async Task<Touchpoint> TouchAsync(string id = "c1") => (await Trip.TouchesAsync(id)).ShouldHaveSingleItem();

    public async Task<OutcomeEnding> TellAsync(TouchOutcome outcome, DateTimeOffset? at = null, string? note = null, string id = "c1") =>
        await Trip.Product.RecordOutcome.RunAsync(new OutcomeNews((await TouchAsync(id)).Reference, outcome, at, note), Trip.Clock.Now);

    public async Task<AddressStanding> StandingAsync(string phone = "+8613812345678")
    {
        PhoneNumber.TryParse(phone, null, out var number, out _).ShouldBeTrue();
        return await new Suppress(Trip.Rows).ReadAsync(Trip.Secret.AddressKeyOf(number));
    }
}
