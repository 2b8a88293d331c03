using RetentionFuncs.Campaigns;
using RetentionFuncs.ContactPolicy;
using RetentionFuncs.Experiments;
using RetentionFuncs.Orders;
using RetentionFuncs.Scoring;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Trips;

public sealed class WinBackTripTests
{
    [Fact]
    public async Task A_customer_who_falls_silent_gets_the_check_in_then_a_week_later_the_offer()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());

        await world.TickEveryDayAsync("2026-03-02", "2026-06-28");
        world.Provider.Accepted.ShouldBeEmpty();
        await world.TickEveryDayAsync("2026-06-29", "2026-07-10");

        var touches = await world.TouchesAsync("c1");
        touches
            .Select(t => (t.Step, t.State, Day: world.Product.Calendar.DayOf(t.PlannedAt)))
            .ShouldBe([
                ("check-in", TouchpointState.Sent, new DateOnly(2026, 6, 29)),
                ("offer", TouchpointState.Sent, new DateOnly(2026, 7, 6)),
            ]);
        world.Provider.Accepted.Count.ShouldBe(2);
        touches[0].Occasion.ShouldBe("2026-03-01");
        touches[1].Coupon!.EndsOn.ShouldBe(new DateOnly(2026, 7, 19));
        world.Provider.Accepted[1].Message.Text.ShouldContain(touches[1].Coupon!.Code);
    }

    [Fact]
    public async Task An_order_after_the_check_in_ends_the_journey()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-03-02", "2026-06-30");
        await world.OrderAsync("c1", "2026-06-30");

        await world.TickEveryDayAsync("2026-07-01", "2026-07-10");

        world.Provider.Accepted.Count.ShouldBe(1);
        var entry = JourneyEntry.AllOf(await world.PartitionAsync("c1")).Single();
        (entry.Status, entry.Reason).ShouldBe((EntryStatus.Exited, "OrderedMeanwhile"));
    }

    [Fact]
    public async Task Catalogue_070_an_order_between_plan_and_send_skips_the_message()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-03-02", "2026-06-28");
        world.Clock.Now = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);
        await world.Product.ReviewDue.RunAsync();
        await world.OrderAsync("c1", "2026-06-29");

        await world.Queue.DeliverDueAsync(world.Product.SendTouchpoint);

        world.Provider.Accepted.ShouldBeEmpty();
        var touch = (await world.TouchesAsync("c1")).Single();
        (touch.State, touch.Reason).ShouldBe((TouchpointState.Skipped, "OrderedMeanwhile"));
    }

    [Fact]
    public async Task A_first_import_of_old_history_mails_no_one()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2025-10-01");
        await world.LaunchAsync(CampaignWorks.WinBack());

        await world.TickEveryDayAsync("2026-03-02", "2026-03-12");

        world.Provider.Accepted.ShouldBeEmpty();
        var standing = (await world.PartitionAsync("c1")).Standing()!;
        standing.Stage.ShouldBe(LapseStage.Lapsing);
        (await world.LedgerAsync("c1")).Single().Reason.ShouldBe(GateReason.CrossedBeforeStart);
    }

    [Fact]
    public async Task A_backlog_lets_so_many_a_day_in()
    {
        var world = new TripWorld();
        for (var i = 0; i < 5; i++)
        {
            await world.CustomerAsync($"c{i}");
            await world.OrderAsync($"c{i}", "2025-10-01");
        }

        await world.LaunchAsync(CampaignWorks.WinBack() with { BacklogPerDay = 2 });
        await world.TickAsync("2026-03-02");
        world.Provider.Accepted.Count.ShouldBe(2);
        await world.TickAsync("2026-03-02");
        world.Provider.Accepted.Count.ShouldBe(2, "the day's places are used");
        await world.TickAsync("2026-03-03");
        world.Provider.Accepted.Count.ShouldBe(4);
        await world.TickAsync("2026-03-04");
        world.Provider.Accepted.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_control_customer_takes_the_cap_slot_and_is_never_written_to()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack(control: 1));

        await world.TickEveryDayAsync("2026-03-02", "2026-07-10");

        world.Provider.Calls.ShouldBe(0);
        (await world.TouchesAsync("c1")).ShouldBeEmpty();
        var partition = await world.PartitionAsync("c1");
        var entry = JourneyEntry.AllOf(partition).Single();
        (entry.Arm, entry.Status).ShouldBe((TestArm.Control, EntryStatus.Completed));
        CustomerGate.Of(partition).Slots.Taken.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_birthday_is_greeted_once_a_year()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1", c => c with { Birthday = new Customers.Birthday(1990, 4, 5) });
        await world.OrderAsync("c1", "2026-02-20");
        await world.LaunchAsync(CampaignWorks.Birthday());

        await world.TickEveryDayAsync("2026-03-02", "2027-04-30");

        (await world.TouchesAsync("c1"))
            .Select(t => (t.Occasion, Day: world.Product.Calendar.DayOf(t.PlannedAt), t.State))
            .ShouldBe([("2026", new DateOnly(2026, 4, 5), TouchpointState.Sent), ("2027", new DateOnly(2027, 4, 5), TouchpointState.Sent)]);
    }

    [Fact]
    public async Task So_many_days_after_an_order_the_customer_is_asked_once()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.LaunchAsync(CampaignWorks.AfterOrder(14));
        await world.OrderAsync("c1", "2026-03-02");
        await world.OrderAsync("c1", "2026-03-02");

        await world.TickEveryDayAsync("2026-03-02", "2026-04-10");

        var touch = (await world.TouchesAsync("c1")).Single();
        (world.Product.Calendar.DayOf(touch.PlannedAt), touch.State).ShouldBe((new DateOnly(2026, 3, 16), TouchpointState.Sent));
    }

    [Fact]
    public async Task At_night_the_message_waits_for_the_morning()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-03-02", "2026-06-28");
        world.Clock.Now = DateTimeOffset.Parse("2026-06-29T05:00:00+02:00", null);
        await world.Product.ReviewDue.RunAsync();

        await world.Queue.DeliverDueAsync(world.Product.SendTouchpoint);
        world.Provider.Accepted.ShouldBeEmpty();
        world.Clock.Now = DateTimeOffset.Parse("2026-06-29T09:00:00+02:00", null);
        await world.Queue.DeliverDueAsync(world.Product.SendTouchpoint);

        world.Provider.Accepted.Count.ShouldBe(1);
        (await world.LedgerAsync("c1")).Select(l => l.Verdict).ShouldContain("Send");
    }
}
