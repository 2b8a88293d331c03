using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Messages;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Touchpoints;

public sealed class SendTouchpointTests
{
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);

    /// <summary>Customer c1 has the check-in planned for now, not sent yet.</summary>
    private static async Task<TripWorld> PlannedAsync(params string[] customers)
    {
        var world = new TripWorld();
        foreach (var customer in customers.DefaultIfEmpty("c1"))
        {
            await world.CustomerAsync(customer);
            await world.OrderAsync(customer, "2026-03-01");
        }

        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-06-25", "2026-06-28");
        world.Clock.Now = Morning;
        await world.Product.ReviewDue.RunAsync();
        return world;
    }

    private static async Task<Touchpoint> TouchAsync(TripWorld world, string customer = "c1") =>
        (await world.TouchesAsync(customer)).First();

    private static async Task DeliverAsync(TripWorld world, TimeSpan later = default)
    {
        world.Clock.Now += later;
        await world.Queue.DeliverDueAsync(world.Product.SendTouchpoint);
    }

    [Fact]
    public async Task Catalogue_105_a_server_error_is_unknown_and_is_never_sent_again()
    {
        var world = await PlannedAsync();
        world.Provider.AnswerNext(new SendResult.Unknown("500"));
        await DeliverAsync(world);
        for (var day = 0; day < 10; day++)
        {
            await DeliverAsync(world, TimeSpan.FromHours(12));
            await world.Product.SweepOpenWork.RunAsync();
        }

        world.Provider.Calls.ShouldBe(1);
        (await TouchAsync(world)).State.ShouldBe(TouchpointState.Unknown);
    }

    [Fact]
    public async Task Evidence_turns_an_unknown_into_sent()
    {
        var world = await PlannedAsync();
        world.Provider.AnswerNext(new SendResult.Unknown("timeout"), taken: true);
        await DeliverAsync(world);
        var touch = await TouchAsync(world);

        await world.Product.RecordDeliveryEvents.RunAsync([
            new DeliveryEvent(touch.Reference, touch.AttemptId!, DeliveryEventKind.Delivered, null, Morning.AddMinutes(2), null),
        ]);

        var sent = await TouchAsync(world);
        (sent.State, sent.DeliveredAt).ShouldBe((TouchpointState.Sent, Morning.AddMinutes(2)));
    }

    [Fact]
    public async Task Catalogue_101_told_to_come_back_later_it_goes_back_to_planned_and_is_sent_then()
    {
        var world = await PlannedAsync();
        world.Provider.AnswerNext(new SendResult.ProvenNotSent(Morning.AddMinutes(30), "429"));
        await DeliverAsync(world);
        var waiting = await TouchAsync(world);
        (waiting.State, waiting.DueAt).ShouldBe((TouchpointState.Planned, Morning.AddMinutes(30)));
        (await SlotsAsync(world)).ShouldBe(0);

        await DeliverAsync(world, TimeSpan.FromMinutes(31));

        (world.Provider.Calls, (await TouchAsync(world)).State).ShouldBe((2, TouchpointState.Sent));
        (await SlotsAsync(world)).ShouldBe(1);
    }

    [Fact]
    public async Task Catalogue_102_a_systemic_refusal_opens_the_breaker_and_loses_nothing()
    {
        var world = await PlannedAsync("c1", "c2", "c3");
        world.Provider.AnswerNext(new SendResult.SystemicRefusal("401"));
        await DeliverAsync(world);

        world.Provider.Calls.ShouldBe(1);
        foreach (var customer in new[] { "c1", "c2", "c3" })
        {
            (await TouchAsync(world, customer)).State.ShouldBe(TouchpointState.Planned);
        }

        for (var i = 0; i < 12; i++)
        {
            await DeliverAsync(world, TimeSpan.FromMinutes(6));
        }

        world.Provider.Accepted.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Catalogue_103_a_refusal_is_for_good_and_gives_the_slot_back()
    {
        var world = await PlannedAsync();
        world.Provider.AnswerNext(new SendResult.Refused("400: subject"));
        await DeliverAsync(world);

        var touch = await TouchAsync(world);
        (touch.State, touch.Reason).ShouldBe((TouchpointState.Refused, "400: subject"));
        (await SlotsAsync(world)).ShouldBe(0);
    }

    [Fact]
    public async Task Catalogue_148_an_unsubscribe_before_the_claim_stops_the_message()
    {
        var world = await PlannedAsync();
        var touch = await TouchAsync(world);
        await world.Product.ChangePreferences.StopAsync(touch.Reference, "page", Morning);

        await DeliverAsync(world);

        world.Provider.Calls.ShouldBe(0);
        (await TouchAsync(world)).State.ShouldBe(TouchpointState.Skipped);
    }

    [Fact]
    public async Task Catalogue_025_two_customers_with_one_address_get_no_more_than_the_address_may()
    {
        var shop = TripWorld.Shop with { Cap = new FrequencyCap(1, 7) };
        var world = new TripWorld(settings: shop);
        EmailAddress.TryParse("family@post.linden.shop", out var shared, out _).ShouldBeTrue();
        foreach (var customer in new[] { "c1", "c2" })
        {
            await world.CustomerAsync(customer, c => c with { Email = shared });
            await world.OrderAsync(customer, "2026-03-01");
        }

        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-06-25", "2026-06-29");

        world.Provider.Accepted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_kill_switch_stops_what_is_planned_and_lets_it_go_on_afterwards()
    {
        var world = await PlannedAsync();
        await world.Product.Campaigns.KillAsync(true, "ops");
        await DeliverAsync(world, TimeSpan.FromSeconds(1));
        world.Provider.Calls.ShouldBe(0);

        await world.Product.Campaigns.KillAsync(false, "ops");
        await DeliverAsync(world, TimeSpan.FromMinutes(6));
        world.Provider.Accepted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Catalogue_081_a_stopped_campaign_skips_what_it_had_planned()
    {
        var world = await PlannedAsync();
        await world.Product.LaunchCampaign.StopAsync("win-back");
        await DeliverAsync(world);

        (await TouchAsync(world)).Reason.ShouldBe(nameof(GateReason.CampaignNotLive));
    }

    [Fact]
    public async Task Catalogue_094_a_message_that_comes_days_late_finds_it_expired()
    {
        var world = await PlannedAsync();
        await DeliverAsync(world, TimeSpan.FromDays(7));

        world.Provider.Calls.ShouldBe(0);
        (await TouchAsync(world)).State.ShouldBe(TouchpointState.Expired);
    }

    [Fact]
    public async Task Catalogue_093_the_same_message_a_hundred_times_is_one_submission()
    {
        var world = await PlannedAsync();
        var message = world.Queue.Waiting.Single();
        for (var i = 0; i < 100; i++)
        {
            await world.Product.SendTouchpoint.HandleAsync(message);
        }

        world.Provider.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Catalogue_096_a_message_about_an_unknown_touch_is_parked()
    {
        var world = await PlannedAsync();
        var unknown = new Queues.QueueMessage(1, new string('a', 26) + "." + new string('b', 26), "send", 1);
        (await world.Product.SendTouchpoint.HandleAsync(unknown)).ShouldBeOfType<Queues.HandlerAnswer.Park>();
        (await world.Product.SendTouchpoint.HandleAsync(unknown with { Ref = "nonsense" })).ShouldBeOfType<Queues.HandlerAnswer.Park>();
    }

    [Fact]
    public async Task Catalogue_100_a_lost_queue_message_is_made_again_by_the_sweep()
    {
        var world = await PlannedAsync();
        var touch = await TouchAsync(world);
        var fresh = new TripWorldQueueless(world);
        (await fresh.SweepAsync(TimeSpan.FromMinutes(16))).Requeued.ShouldBe(1);
        fresh.Queue.Waiting.Single().ShouldBe(new Queues.QueueMessage(1, touch.Reference.ToString(), "send", 2));
    }

    [Fact]
    public async Task A_claim_that_never_came_back_is_shown_as_unknown()
    {
        var world = await PlannedAsync();
        var partition = await world.PartitionAsync("c1");
        var touch = partition.Touchpoints().Single();
        partition.PutTouchpoint(touch with { State = TouchpointState.Sending, AttemptId = "a1", ClaimedAt = Morning });
        await partition.CommitAsync();

        world.Clock.Now += TimeSpan.FromMinutes(4);
        (await world.Product.SweepOpenWork.RunAsync()).Reaped.ShouldBe(0);
        world.Clock.Now += TimeSpan.FromMinutes(1);
        (await world.Product.SweepOpenWork.RunAsync()).Reaped.ShouldBe(1);
        (await TouchAsync(world)).State.ShouldBe(TouchpointState.Unknown);
    }

    [Fact]
    public async Task What_nobody_confirms_for_three_days_is_marked_unconfirmed()
    {
        var world = await PlannedAsync();
        await DeliverAsync(world);
        world.Clock.Now += TimeSpan.FromHours(72);
        (await world.Product.SweepOpenWork.RunAsync()).Unconfirmed.ShouldBe(1);
        (await TouchAsync(world)).Unconfirmed.ShouldBeTrue();
    }

    private static async Task<int> SlotsAsync(TripWorld world)
    {
        var touch = await TouchAsync(world);
        var address = await new Suppress(world.Store).ReadAsync(touch.Address!.Value);
        var customer = CustomerGate.Of(await world.PartitionAsync("c1")).Slots;
        address.Slots.Taken.Count.ShouldBe(customer.Taken.Count);
        return customer.Taken.Count;
    }

    /// <summary>The same store with a queue that has lost everything.</summary>
    private sealed class TripWorldQueueless(TripWorld world)
    {
        public Simulation.Ports.SimQueue Queue { get; } = Simulation.Ports.SimQueue.Quiet(world.Clock);

        public async Task<SweepReport> SweepAsync(TimeSpan later)
        {
            world.Clock.Now += later;
            return await new SweepOpenWork(world.Store, Queue, world.Clock).RunAsync();
        }
    }

    [Fact]
    public async Task What_a_sandbox_took_is_not_waited_for()
    {
        var world = await PlannedAsync();
        world.Provider.AnswerNext(new SendResult.Accepted(ProviderAnswers.SandboxId));
        await DeliverAsync(world);
        world.Clock.Now += TimeSpan.FromDays(4);

        (await world.Product.SweepOpenWork.RunAsync()).ShouldSatisfyAllConditions(
            r => r.Unconfirmed.ShouldBe(0),
            r => r.Closed.ShouldBe(1)
        );
        (await TouchAsync(world)).Unconfirmed.ShouldBeFalse();
    }
}
