using System.Text;
using System.Text.RegularExpressions;
using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.ContactPolicy.Confirmations;

/// <summary>A shop with a sign-up form and the campaign that answers it.</summary>
internal sealed partial class SignUps
{
    private int _events;

    private SignUps(TripWorld world) => World = world;

    public TripWorld World { get; }

    public static async Task<SignUps> OpenAsync(bool answered = true)
    {
        var topics = new[] { "news", "care" }.Select(k => new Topic(k, new Dictionary<string, string> { ["en"] = k.ToUpperInvariant() }));
        var world = new TripWorld(settings: TripWorld.Shop with { Topics = [.. topics] });
        if (answered)
        {
            await world.Product.LaunchCampaign.ApplyAsync(Version());
            (await world.Product.LaunchCampaign.LaunchAsync("confirm")).ShouldBeOfType<CampaignCommand.Done>();
        }

        return new SignUps(world);
    }

    public static CampaignVersion Version()
    {
        const string text = "Please confirm: {{confirm_url}}";
        var campaign = CampaignWorks.AfterOrder(1) with
        {
            Key = "confirm",
            Trigger = new CampaignTrigger.ConsentRequested(),
            ExitOnOrder = false,
            ControlShare = 0.5m,
            Steps = [new JourneyStep.Message("ask", "confirm", Contact.Primary, MessagePurpose.Service, 3, null)],
        };
        var template = new MessageTemplate(
            "confirm",
            new Dictionary<string, TemplateText> { ["en"] = new("Please confirm", text, $"<p>{text}</p>") }
        );
        return CampaignVersions.Of(campaign, CampaignWorks.VersionOf(CampaignWorks.WinBack()).Sender, [template]);
    }

    public static string Json(string customer, string email, string id, DateTimeOffset at) =>
        $$$"""
            {"schema":1,"id":"{{{id}}}","type":"consent.requested","occurredAt":"{{{at:O}}}",
             "customer":{"id":"{{{customer}}}","email":"{{{email}}}","country":"DE","locale":"en"},
             "request":{"source":"newsletter form","words":"form v3"}}
            """;

    public async Task AskAsync(string customer, string? email = null, string? id = null)
    {
        var json = Json(customer, email ?? $"{customer}@post.linden.shop", id ?? $"evt-{++_events}", World.Clock.Now);
        var received = await World.Product.ReceiveShopEvents.RunAsync(Encoding.UTF8.GetBytes(json));
        received.Single().Findings.ShouldBeEmpty();
        await World.Queue.DeliverDueAsync(World.Product.Handler);
    }

    /// <summary>Sends what is due now.</summary>
    public async Task WorkAsync(TimeSpan later = default)
    {
        World.Clock.Now += later;
        await World.Product.ReviewDue.RunAsync();
        await World.Queue.DeliverDueAsync(World.Product.Handler);
    }

    /// <summary>The link in the newest mail that asks for a confirmation.</summary>
    public TouchRef Link()
    {
        var text = World.Provider.Accepted.Last(s => s.Message.Category == "confirm").Message.Text;
        var token = Token().Match(text).Groups[1].Value;
        new UnsubscribeLinks(World.Secret).TryRead(token, LinkPurpose.Confirm, out var touch).ShouldBeTrue();
        return touch;
    }

    public async Task<Contact> ContactAsync(string customer) => (await World.PartitionAsync(customer)).Contacts().Single();

    public async Task<AddressStanding> StandingAsync(string customer) =>
        await new Suppress(World.Rows).ReadAsync(World.Secret.AddressKeyOf((await ContactAsync(customer)).Email!));

    [GeneratedRegex(@"/c/([\w-]+)")]
    private static partial Regex Token();
}
