using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Messages;
using RetentionFuncs.Offers;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Settings;
using RetentionFuncs.Simulation.Scheduling;

namespace RetentionFuncs.Simulation.Worlds;

/// <summary>The shop of a simulated world: three addresses to four customers, and five campaigns that compete for them.</summary>
internal static class SimShop
{
    /// <summary>Of a small world, in which timers and restarts are most of what happens.</summary>
    public const int Few = 120;

    /// <summary>Days in which things happen; after them the world is left to come to rest.</summary>
    public const int ActiveDays = 11;
    public const int RestDays = 6;

    public static BusinessSettings Settings { get; } =
        new(
            "Linden & Co",
            "Europe/Berlin",
            "EUR",
            "en",
            "https://mail.linden.shop",
            new LapseRule.FixedDays(new LapseBands(10, 20, 40, 80)),
            new FrequencyCap(3, 3),
            QuietHours.Default
        );

    /// <summary>A quick provider: the rate is not what is looked at here, the breaker is as it comes.</summary>
    public static SendLimits SendLimits { get; } = SendLimits.Default with { PerSecond = 200, Burst = 200 };

    public static string CustomerId(int number) => $"c{number}";

    /// <summary>Customers beyond the number of addresses share one with a customer before them.</summary>
    public static CustomerNews News(int number, int customers, DateTimeOffset at) =>
        NewsWith(number, AddressOf(number % (customers * 3 / 4)), ConsentState.Granted, at);

    public static CustomerNews NewsWith(int number, EmailAddress? address, ConsentState consent, DateTimeOffset at) =>
        new(
            CustomerId(number),
            null,
            null,
            null,
            Contact.Primary,
            null,
            "Ada Winter",
            address,
            null,
            "DE",
            "en",
            null,
            null,
            new Consent(consent, ConsentBasis.Express, "form", at, at)
        );

    public static EmailAddress AddressOf(int number) =>
        EmailAddress.TryParse($"a{number}@post.linden.shop", out var address, out var problem)
            ? address
            : throw new InvalidOperationException(problem);

    public static Order OrderOf(int number, string id, DateTimeOffset at) =>
        new($"{CustomerId(number)}-{id}", at, at, OrderStatus.Placed, new Money(40, "EUR"), 0, [], []);

    /// <summary>The last purchase: some yesterday, some so long ago that they slip into Lapsing during the active days; none slips while the world comes to rest.</summary>
    public static DateTimeOffset LastPurchase(SimRandom random, DateTimeOffset start) =>
        random.Chance(0.4)
            ? start - random.Between(TimeSpan.FromHours(1), TimeSpan.FromDays(2))
            : start - random.Between(TimeSpan.FromDays(9), TimeSpan.FromDays(20));

    public static IReadOnlyList<CampaignVersion> Campaigns(DateOnly start) =>
        [
            OnDates("news", MessagePurpose.Promotion, 1, 2, start, 1, 3, 5, 7, 9),
            OnDates("tips", MessagePurpose.Care, 1, 2, start, 2, 4, 6, 8),
            OnDates("recall", MessagePurpose.Service, 1, 3, start, 3, 7),
            Version(
                "thanks",
                new CampaignTrigger.DaysAfterOrder(3),
                2,
                [new JourneyStep.Message("thanks", "hello", Contact.Primary, MessagePurpose.Care, 3, null)]
            ),
            Version(
                "win-back",
                new CampaignTrigger.StageEntered(LapseStage.Lapsing),
                2,
                [
                    new JourneyStep.Message("check-in", "hello", Contact.Primary, MessagePurpose.Care, 2, null),
                    new JourneyStep.Wait("pause", 2),
                    new JourneyStep.Message("offer", "offer", Contact.Primary, MessagePurpose.Promotion, 3, new PercentOffer(10, 14)),
                ]
            ),
        ];

    /// <param name="messages">One after the other, all at once.</param>
    internal static CampaignVersion OnDates(
        string key,
        MessagePurpose purpose,
        int messages,
        int validFor,
        DateOnly start,
        params int[] days
    ) =>
        Version(
            key,
            new CampaignTrigger.DateList([.. days.Select(start.AddDays)]),
            1,
            [
                .. Enumerable
                    .Range(1, messages)
                    .Select(i => new JourneyStep.Message(i == 1 ? key : $"{key}-{i}", "hello", Contact.Primary, purpose, validFor, null)),
            ]
        );

    private static CampaignVersion Version(string key, CampaignTrigger trigger, int priority, IReadOnlyList<JourneyStep> steps) =>
        CampaignVersions.Of(
            new Campaign(
                key,
                new Dictionary<string, string> { ["en"] = key },
                CampaignJob.WinBack,
                "everyone",
                trigger,
                steps,
                key == "win-back",
                "shop",
                30,
                0,
                priority,
                null,
                null,
                null,
                0
            ),
            new SenderProfile(
                "shop",
                new Dictionary<string, string> { ["en"] = "Linden & Co" },
                "hello@linden.shop",
                "hello@linden.shop",
                "Linden & Co, Lindenweg 1, 10115 Berlin"
            ),
            [
                Template("hello", "How are you, {{name}}?", "Hello {{name}}, here is our news."),
                Template("offer", "{{offer_percent}} % for you", "Use {{offer_code}} until {{offer_ends}}."),
            ]
        );

    private static MessageTemplate Template(string key, string subject, string text) =>
        new(key, new Dictionary<string, TemplateText> { ["en"] = new(subject, text, $"<p>{text}</p>") });
}
