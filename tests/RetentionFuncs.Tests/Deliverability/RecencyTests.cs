using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliverability;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Tests.Campaigns;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Deliverability;

public sealed class RecencyTests
{
    private static DecisionContext SilentFor(int days, Func<Consent, Consent>? consent = null)
    {
        var open = Contexts.Open();
        var old = open.Now.AddDays(-days);
        var given = new Consent(ConsentState.Granted, ConsentBasis.Express, "customers.csv", old, old);
        return open with
        {
            Audience = null,
            Summary = open.Summary with { PurchaseDays = [open.Today.AddDays(-days)] },
            Contact = open.Contact! with { EmailConsent = consent?.Invoke(given) ?? given },
        };
    }

    private static GateReason? Skipped(DecisionContext context) =>
        CampaignDecisions.Decide(context, Gates.AtEntry) is CampaignDecision.Skip skip ? skip.Reason : null;

    [Theory]
    [InlineData(364, Rung.Fresh)]
    [InlineData(365, Rung.Long)]
    [InlineData(729, Rung.Long)]
    [InlineData(730, Rung.TooLong)]
    [InlineData(5000, Rung.TooLong)]
    public void The_ladder_counts_days_since_the_last_order(int days, Rung rung) => RecencyGate.RungOf(SilentFor(days)).ShouldBe(rung);

    [Fact]
    public void Two_years_of_silence_are_too_long_unless_the_settings_lift_it()
    {
        Skipped(SilentFor(729)).ShouldBeNull();
        Skipped(SilentFor(730)).ShouldBe(GateReason.TooLongSilent);
        var lifted = SilentFor(5000);
        Skipped(lifted with { Settings = lifted.Settings with { Recency = new RecencySettings(365, null, null) } }).ShouldBeNull();
    }

    [Fact]
    public void A_service_message_and_a_call_are_not_concerned()
    {
        var old = SilentFor(3000);
        Skipped(old with { Step = old.Step with { Purpose = MessagePurpose.Service } }).ShouldBeNull();
        RecencyGate.NotTooLong(old with { Step = old.Step with { Channel = Channel.Phone } }).ShouldBeNull();
    }

    [Fact]
    public void A_later_yes_with_a_date_of_its_own_is_a_sign_of_life_and_the_day_of_an_import_is_none()
    {
        var recent = Contexts.Noon.AddDays(-10);
        Skipped(SilentFor(800, c => c with { OccurredAt = recent, RecordedAt = recent.AddDays(1) })).ShouldBeNull();
        Skipped(SilentFor(800, c => c with { OccurredAt = recent, RecordedAt = recent })).ShouldBe(GateReason.TooLongSilent);
        Skipped(SilentFor(800, c => c with { Basis = ConsentBasis.SoftOptIn, OccurredAt = recent, RecordedAt = recent.AddDays(1) }))
            .ShouldBe(GateReason.TooLongSilent);
    }

    [Fact]
    public void Whoever_has_never_bought_counts_from_their_yes()
    {
        var context = SilentFor(900);
        RecencyGate.RungOf(context with { Summary = context.Summary with { PurchaseDays = [], Orders = 0 } }).ShouldBe(Rung.TooLong);
        var fresh = SilentFor(20);
        RecencyGate.RungOf(fresh with { Summary = fresh.Summary with { PurchaseDays = [], Orders = 0 } }).ShouldBe(Rung.Fresh);
    }

    private static async Task<TripWorld> CanaryAsync(int bounced)
    {
        var world = new TripWorld(settings: TripWorld.Shop with { Recency = new RecencySettings(365, 730, 10) });
        await WarmUpTests.SentOnLaunchAsync(world, 40, "2025-03-01");
        world.Provider.Calls.ShouldBe(10);
        var sent = new List<Touchpoint>();
        for (var i = 1; i <= 40; i++)
        {
            sent.AddRange((await world.TouchesAsync($"c{i}")).Where(t => t.State == TouchpointState.Sent));
        }

        sent.Count.ShouldBe(10);
        await world.Product.RecordDeliveryEvents.RunAsync([
            .. sent.Select(
                (t, i) =>
                    new DeliveryEvent(
                        t.Reference,
                        t.AttemptId!,
                        i < bounced ? DeliveryEventKind.Bounced : DeliveryEventKind.Delivered,
                        i < bounced ? BounceKind.Hard : null,
                        world.Clock.Now,
                        null
                    )
            ),
        ]);
        await world.TickAsync("2026-06-30");
        return world;
    }

    [Fact]
    public async Task A_clean_canary_batch_lets_the_rest_follow_a_day_later()
    {
        (await CanaryAsync(0)).Provider.Calls.ShouldBe(40);
    }

    [Fact]
    public async Task A_canary_batch_that_bounced_stops_the_rest_for_good()
    {
        var world = await CanaryAsync(1);

        world.Provider.Calls.ShouldBe(10);
        var states = new List<(TouchpointState, string?)>();
        for (var i = 1; i <= 40; i++)
        {
            states.AddRange((await world.TouchesAsync($"c{i}")).Select(t => (t.State, t.Reason)));
        }

        states.Count(s => s == (TouchpointState.Skipped, "CanaryBounced")).ShouldBe(30);
    }

    [Fact]
    public async Task Those_heard_of_lately_do_not_wait_for_the_canary()
    {
        var world = new TripWorld(settings: TripWorld.Shop with { Recency = new RecencySettings(365, 730, 10) });
        await WarmUpTests.SentOnLaunchAsync(world, 15, "2026-03-01");
        world.Provider.Calls.ShouldBe(15);
    }
}
