using System.Diagnostics.Metrics;
using System.Reflection;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Messages;
using RetentionFuncs.Queues;
using RetentionFuncs.Telemetry;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Telemetry;

public sealed class ProductMeterTests
{
    private static async Task<TripWorld> DueWorldAsync()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-03-02", "2026-06-28");
        return world;
    }

    [Fact]
    public void Every_instrument_is_listed_and_has_a_name_of_its_own_a_unit_and_a_description()
    {
        var made = typeof(ProductMeter)
            .GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(p => p.PropertyType.IsAssignableTo(typeof(Instrument)))
            .Select(p => (Instrument)p.GetValue(null)!)
            .ToArray();

        ProductMeter.All.ShouldBe(made, ignoreOrder: true);
        made.Select(i => i.Name).ShouldBeUnique();
        made.ShouldAllBe(i => i.Name.StartsWith("retention.") && i.Unit!.Length > 0 && i.Description!.EndsWith('.'));
    }

    [Fact]
    public async Task A_sent_message_is_one_review_one_decision_and_one_send()
    {
        var world = await DueWorldAsync();
        using var tap = TelemetryTap.OfThisFlow();

        await world.TickAsync("2026-06-29");

        tap.Of("retention.customers.reviewed").Sum(m => m.Value).ShouldBe(1);
        tap.Of("retention.decisions")
            .Select(m => (m.Tag("campaign"), m.Tag("verdict"), m.Tag("gate")))
            .ShouldBe([("win-back", "Send", "none")]);
        tap.Of("retention.sends").Select(m => (m.Tag("campaign"), m.Tag("outcome"))).ShouldBe([("win-back", "Accepted")]);
        tap.Of("retention.touchpoints.unsent").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_held_or_skipped_is_counted_with_its_gate()
    {
        var world = await DueWorldAsync();
        await world.Product.Campaigns.KillAsync(true, "test");
        using var tap = TelemetryTap.OfThisFlow();

        await world.TickAsync("2026-06-29");

        tap.Of("retention.decisions").Select(m => (m.Tag("verdict"), m.Tag("gate"))).ShouldBe([("Hold", "Live")]);
        tap.Of("retention.sends").ShouldBeEmpty();
    }

    public static TheoryData<SendResult, string> Outcomes { get; } =
        new()
        {
            { new SendResult.Accepted("id"), "Accepted" },
            { new SendResult.Refused("no such person@post.linden.shop"), "Refused" },
            { new SendResult.SystemicRefusal("key"), "SystemicRefusal" },
            { new SendResult.ProvenNotSent(DateTimeOffset.Parse("2026-06-29T11:00:00+02:00", null), "429"), "ProvenNotSent" },
            { new SendResult.Unknown("timed out"), "Unknown" },
        };

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Each_call_is_counted_under_its_outcome(SendResult answer, string outcome)
    {
        var world = await DueWorldAsync();
        world.Provider.AnswerNext(answer);
        using var tap = TelemetryTap.OfThisFlow();

        await world.TickAsync("2026-06-29");

        tap.Of("retention.sends").Select(m => m.Tag("outcome")).ShouldBe([outcome]);
        tap.Of("retention.breaker.changes").Select(m => m.Tag("change")).ShouldBe(outcome == "SystemicRefusal" ? ["Opened"] : []);
    }

    [Fact]
    public async Task Seventy_two_silent_hours_are_counted_once()
    {
        var world = await DueWorldAsync();
        await world.TickAsync("2026-06-29");
        using var tap = TelemetryTap.OfThisFlow();

        await world.TickEveryDayAsync("2026-06-30", "2026-07-04");

        tap.Of("retention.touchpoints.unconfirmed").Select(m => (m.Tag("campaign"), m.Value)).ShouldBe([("win-back", 1d)]);
    }

    [Fact]
    public async Task A_claim_that_never_came_back_and_a_lost_message_are_counted_as_mended()
    {
        var world = await DueWorldAsync();
        world.Clock.Now = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);
        await world.Product.ReviewDue.RunAsync();
        using var tap = TelemetryTap.OfThisFlow();

        world.Clock.Now = world.Clock.Now.AddMinutes(20);
        await world.Product.SweepOpenWork.RunAsync();

        tap.Of("retention.touchpoints.mended").Select(m => (m.Tag("kind"), m.Value)).ShouldBe([("Requeued", 1d)]);
    }

    [Fact]
    public async Task A_repeated_event_is_counted_once_and_a_stranger_as_quarantined()
    {
        var world = await DueWorldAsync();
        await world.TickAsync("2026-06-29");
        var touch = (await world.TouchesAsync("c1")).Single();
        var bounce = new DeliveryEvent(
            touch.Reference,
            touch.AttemptId!,
            DeliveryEventKind.Bounced,
            BounceKind.Hard,
            touch.SettledAt!.Value,
            "550 c1@post.linden.shop"
        );
        using var tap = TelemetryTap.OfThisFlow();

        await world.Product.RecordDeliveryEvents.RunAsync([bounce, bounce]);
        await world.Product.RecordDeliveryEvents.RunAsync([bounce, bounce with { AttemptId = "somebody-elses" }]);

        tap.Of("retention.delivery.events").Select(m => (m.Tag("kind"), m.Tag("bounce"))).ShouldBe([("Bounced", "Hard")]);
        tap.Of("retention.delivery.quarantined").Sum(m => m.Value).ShouldBe(1);
    }

    [Fact]
    public async Task A_parked_message_is_counted_under_its_queue_and_a_strange_one_under_none()
    {
        var world = await DueWorldAsync();
        using var tap = TelemetryTap.OfThisFlow();

        await world.Product.Handler.HandleAsync(new QueueMessage(1, "not a reference", Purposes.Send, 1));
        await world.Product.Handler.HandleAsync(new QueueMessage(1, "x", "ada@post.linden.shop", 1));

        tap.Of("retention.messages.parked").Select(m => m.Tag("queue")).ShouldBe(["touchpoints", "none"]);
    }

    [Fact]
    public void A_wait_is_never_less_than_nothing()
    {
        using var tap = TelemetryTap.OfThisFlow();
        ProductMeter.Taken(WorkQueues.Touchpoints, TimeSpan.FromSeconds(-3));
        ProductMeter.Taken(WorkQueues.Touchpoints, TimeSpan.FromMinutes(2));
        tap.Of("retention.queue.age").Select(m => m.Value).ShouldBe([0, 120]);
    }
}
