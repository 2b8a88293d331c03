using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Messages;
using RetentionFuncs.Orders;
using RetentionFuncs.Runs;
using RetentionFuncs.Scoring;
using RetentionFuncs.Settings;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Trips;

/// <summary>A clock that stands where a test puts it.</summary>
public sealed class HandClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}

/// <summary>The whole product on quiet ports, a clock moved by hand, and one shop in Berlin.</summary>
public sealed class TripWorld
{
    /// <param name="sender">Instead of the quiet provider.</param>
    /// <param name="store">Instead of the quiet store.</param>
    public TripWorld(
        string start = "2026-03-02T10:00:00+01:00",
        BusinessSettings? settings = null,
        Func<TimeProvider, IMessageSender>? sender = null,
        RunOptions? runs = null,
        IRowStore? store = null
    )
    {
        Rows = store ?? Store;
        Clock = new HandClock(DateTimeOffset.Parse(start, null));
        Queue = SimQueue.Quiet(Clock);
        Provider = SimProvider.Quiet(Clock);
        Settings = settings ?? Shop;
        Secret = new InstanceSecret(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
        Product = new RetentionProduct(
            Rows,
            Queue,
            sender?.Invoke(Clock) ?? Provider,
            new SendGovernor(SendLimits.Default with { PerSecond = 1e6, Burst = 1_000_000 }),
            Settings,
            Secret,
            new CountedIds(),
            Clock,
            new ProductOptions { Runs = runs ?? new RunOptions() }
        );
    }

    public static BusinessSettings Shop { get; } =
        new(
            "Linden & Co",
            "Europe/Berlin",
            "EUR",
            "en",
            "https://mail.linden.shop",
            LapseRule.Default,
            FrequencyCap.Default,
            QuietHours.Default
        );

    public HandClock Clock { get; }

    /// <summary>The quiet store, unless another was given.</summary>
    public SimRowStore Store { get; } = SimRowStore.Quiet();

    /// <summary>The store that the product works on.</summary>
    public IRowStore Rows { get; }

    public SimQueue Queue { get; }

    public SimProvider Provider { get; }

    public BusinessSettings Settings { get; }

    public InstanceSecret Secret { get; }

    public RetentionProduct Product { get; }

    public CustomerKey KeyOf(string id) => Secret.CustomerKeyOf(id);

    /// <summary>A consenting customer with an address of their own.</summary>
    public async Task<CustomerKey> CustomerAsync(string id, Func<CustomerNews, CustomerNews>? change = null)
    {
        EmailAddress.TryParse($"{id}@post.linden.shop", out var email, out _).ShouldBeTrue();
        var consent = new Consent(ConsentState.Granted, ConsentBasis.Express, "checkout", Clock.Now.AddYears(-1), Clock.Now);
        var news = new CustomerNews(
            id,
            null,
            null,
            null,
            Contact.Primary,
            null,
            "Ada Winter",
            email,
            null,
            "DE",
            "en",
            null,
            null,
            consent
        );
        await Product.RecordCustomer.RunAsync(change?.Invoke(news) ?? news, Clock.Now);
        return KeyOf(id);
    }

    public async Task OrderAsync(string customer, string day, decimal amount = 50, string? id = null)
    {
        var at = DateTimeOffset.Parse(day + "T12:00:00+01:00", null);
        var order = new Order(id ?? $"{customer}-{day}", at, Clock.Now, OrderStatus.Placed, new Money(amount, "EUR"), 0, [], []);
        await Product.RecordOrders.RunAsync(customer, [order], Clock.Now);
    }

    public async Task LaunchAsync(Campaign campaign)
    {
        await Product.LaunchCampaign.ApplyAsync(CampaignWorks.VersionOf(campaign));
        (await Product.LaunchCampaign.LaunchAsync(campaign.Key)).ShouldBeOfType<CampaignCommand.Done>();
    }

    /// <summary>Goes to ten in the morning of a day and does what is due there.</summary>
    public async Task TickAsync(string day)
    {
        Clock.Now = DateTimeOffset.Parse(day + "T10:00:00+01:00", null);
        await Product.ReviewDue.RunAsync();
        await Queue.DeliverDueAsync(Product.Handler);
        await Product.SweepOpenWork.RunAsync();
    }

    /// <summary>Ticks on every day of [from, to], both included.</summary>
    public async Task TickEveryDayAsync(string from, string to)
    {
        for (var day = DateOnly.Parse(from, null); day <= DateOnly.Parse(to, null); day = day.AddDays(1))
        {
            await TickAsync(day.ToString("yyyy-MM-dd"));
        }
    }

    public async Task<CustomerPartition> PartitionAsync(string customer) => await CustomerPartition.LoadAsync(Rows, KeyOf(customer));

    public async Task<Touchpoint[]> TouchesAsync(string customer) =>
        [.. (await PartitionAsync(customer)).Touchpoints().OrderBy(t => t.PlannedAt)];

    public async Task<LedgerLine[]> LedgerAsync(string customer) => [.. DecisionLedger.Of(await PartitionAsync(customer))];

    private sealed class CountedIds : IIdSource
    {
        private int _next;

        public string NewId() => $"attempt{Interlocked.Increment(ref _next) - 1:0000000000000000000}";
    }
}

/// <summary>Campaigns for tests, with real templates.</summary>
public static class CampaignWorks
{
    public static Campaign WinBack(decimal? control = 0) =>
        new(
            "win-back",
            new Dictionary<string, string> { ["en"] = "Win back" },
            CampaignJob.WinBack,
            "stage >= lapsing",
            new CampaignTrigger.StageEntered(LapseStage.Lapsing),
            [
                new JourneyStep.Message("check-in", "hello", Contact.Primary, MessagePurpose.Care, null, null),
                new JourneyStep.Wait("wait-a-week", 7),
                new JourneyStep.Message(
                    "offer",
                    "offer",
                    Contact.Primary,
                    MessagePurpose.Promotion,
                    null,
                    new RetentionFuncs.Offers.PercentOffer(10, 14)
                ),
            ],
            true,
            "shop",
            30,
            control,
            10,
            null,
            null,
            null,
            0
        );

    public static Campaign AfterOrder(int days) =>
        WinBack() with
        {
            Key = "after-order",
            Audience = "everyone",
            Trigger = new CampaignTrigger.DaysAfterOrder(days),
            Steps = [new JourneyStep.Message("ask", "hello", Contact.Primary, MessagePurpose.Care, null, null)],
            Priority = 5,
        };

    public static Campaign Birthday() =>
        AfterOrder(1) with
        {
            Key = "birthday",
            Trigger = new CampaignTrigger.BirthdayCame(),
            Steps = [new JourneyStep.Message("wish", "hello", Contact.Primary, MessagePurpose.Care, null, null)],
        };

    public static CampaignVersion VersionOf(Campaign campaign) =>
        CampaignVersions.Of(
            campaign,
            new SenderProfile(
                "shop",
                new Dictionary<string, string> { ["en"] = "Linden & Co" },
                "hello@linden.shop",
                "hello@linden.shop",
                "Linden & Co, Lindenweg 1, 10115 Berlin"
            ),
            [
                Template("hello", "How are you, {{name}}?", "Hello {{name}}, it has been {{days_silent}} days."),
                Template("offer", "{{offer_percent}} % for you", "Use {{offer_code}} until {{offer_ends}}."),
            ]
        );

    private static MessageTemplate Template(string key, string subject, string text) =>
        new(key, new Dictionary<string, TemplateText> { ["en"] = new(subject, text, $"<p>{text}</p>") });
}
