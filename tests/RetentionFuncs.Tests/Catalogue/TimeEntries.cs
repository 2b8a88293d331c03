using RetentionFuncs.Campaigns;
using RetentionFuncs.Imports;
using RetentionFuncs.Messages;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Tests.Imports;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Catalogue;

/// <summary>Entries about clocks, hosts and queues that stand still, jump or vanish.</summary>
public sealed class TimeEntries
{
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);

    private static async Task<TripWorld> PlannedAsync(int customers = 1, Func<TimeProvider, IMessageSender>? sender = null)
    {
        var world = new TripWorld(sender: sender);
        for (var i = 1; i <= customers; i++)
        {
            await world.CustomerAsync($"c{i}");
            await world.OrderAsync($"c{i}", "2026-03-01");
        }

        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-06-25", "2026-06-28");
        world.Clock.Now = Morning;
        await world.Product.ReviewDue.RunAsync();
        return world;
    }

    private static async Task RunAllAsync(TripWorld world)
    {
        await world.Product.ReviewDue.RunAsync();
        await world.Queue.DeliverDueAsync(world.Product.Handler);
        await world.Product.SweepOpenWork.RunAsync();
        await world.Queue.DeliverDueAsync(world.Product.Handler);
    }

    [Theory]
    [InlineData(-3650)]
    [InlineData(3650)]
    [InlineData(-1.0 / 24)]
    [InlineData(0)]
    public async Task Catalogue_085_no_jump_of_the_clock_sends_anything_twice(double days)
    {
        var world = await PlannedAsync();
        await world.Queue.DeliverDueAsync(world.Product.Handler);
        world.Provider.Accepted.Count.ShouldBe(1);

        foreach (var at in new[] { Morning.AddDays(days), Morning, Morning.AddDays(days), Morning.AddHours(1) })
        {
            world.Clock.Now = at;
            await RunAllAsync(world);
        }

        world.Provider.Accepted.Count(s => s.Message.Reference == world.Provider.Accepted[0].Message.Reference).ShouldBe(1);
        world.Provider.Calls.ShouldBe(world.Provider.Accepted.Count);
    }

    [Fact]
    public async Task Catalogue_085_what_is_past_its_use_after_a_jump_ahead_is_not_sent()
    {
        var world = await PlannedAsync();
        world.Clock.Now = Morning.AddYears(10);
        await RunAllAsync(world);

        world.Provider.Calls.ShouldBe(0);
        (await world.TouchesAsync("c1"))[0].State.ShouldBe(TouchpointState.Expired);
    }

    [Theory]
    [InlineData("2026-07-02", 1)]
    [InlineData("2026-07-06", 1)]
    [InlineData("2026-07-07", 0)]
    public async Task Catalogue_086_days_without_a_timer_are_made_up_for_as_long_as_the_crossing_is_news(string next, int messages)
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickEveryDayAsync("2026-06-25", "2026-06-28");

        await world.TickAsync(next);

        world.Provider.Accepted.Count.ShouldBe(messages);
        if (messages == 0)
        {
            (await world.LedgerAsync("c1")).ShouldContain(l => l.Reason == GateReason.CrossedBeforeStart);
        }
    }

    [Fact]
    public async Task Catalogue_090_no_room_for_temporary_files_applies_nothing()
    {
        using var world = new ImportWorld();
        var blocked = Path.Combine(world.Folder, "a-file");
        await File.WriteAllTextAsync(blocked, "");

        await Should.ThrowAsync<IOException>(() =>
            world.OrdersAsync("customer_id,order_id,date,amount\nc1,o1,2025-01-02,5\n", o => o with { TempFolder = blocked })
        );

        world.Sink.Orders.ShouldBeEmpty();
        await world.OrdersAsync("customer_id,order_id,date,amount\nc1,o1,2025-01-02,5\n").Report();
        world.Sink.Orders.Count.ShouldBe(1);
    }

    /// <summary>The machine sleeps in the middle of the call; others sweep; then the answer arrives after all, or never.</summary>
    [Theory]
    [InlineData(true, TouchpointState.Sent)]
    [InlineData(false, TouchpointState.Unknown)]
    public async Task Catalogue_092_a_call_that_slept_for_eight_hours_is_never_made_again(bool answered, TouchpointState end)
    {
        TripWorld? world = null;
        var calls = 0;
        var sleeper = new Sleeper(async () =>
        {
            calls++;
            world!.Clock.Now += TimeSpan.FromHours(8);
            (await world.Product.SweepOpenWork.RunAsync()).Reaped.ShouldBe(1);
            (await world.TouchesAsync("c1")).Single().State.ShouldBe(TouchpointState.Unknown);
            return answered ? new SendResult.Accepted("m1") : new SendResult.Unknown("cut off");
        });
        world = await PlannedAsync(sender: _ => sleeper);

        for (var i = 0; i < 10; i++)
        {
            await world.Queue.DeliverDueAsync(world.Product.SendTouchpoint);
            await world.Product.SweepOpenWork.RunAsync();
            world.Clock.Now += TimeSpan.FromHours(1);
        }

        calls.ShouldBe(1);
        (await world.TouchesAsync("c1")).Single().State.ShouldBe(end);
    }

    private sealed class Sleeper(Func<Task<SendResult>> call) : IMessageSender
    {
        public async ValueTask<SendResult> SendAsync(OutboundMessage message) => await call();
    }

    [Fact]
    public async Task Catalogue_098_a_queue_that_was_deleted_is_made_again_from_the_rows()
    {
        var world = await PlannedAsync(customers: 5);
        var fresh = SimQueue.Quiet(world.Clock);
        world.Clock.Now += TimeSpan.FromMinutes(16);

        (await new SweepOpenWork(world.Store, fresh, world.Clock).RunAsync()).Requeued.ShouldBe(5);
        await fresh.DeliverDueAsync(world.Product.Handler);

        world.Provider.Accepted.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Catalogue_111_an_account_that_refuses_everything_stops_at_the_first_and_loses_nothing()
    {
        var world = await PlannedAsync(customers: 5);
        for (var i = 0; i < 5; i++)
        {
            world.Provider.AnswerNext(new SendResult.SystemicRefusal("403"));
        }

        await world.Queue.DeliverDueAsync(world.Product.Handler);

        world.Provider.Calls.ShouldBe(1);
        (await world.Product.ObserveHome.RunAsync()).StoppedBecause.ShouldNotBeNull().ShouldContain("403");
        for (var i = 1; i <= 5; i++)
        {
            (await world.TouchesAsync($"c{i}")).Single().State.ShouldBe(TouchpointState.Planned);
        }
    }

    [Fact]
    public async Task Catalogue_111_an_account_that_takes_everything_and_says_nothing_shows_as_unconfirmed()
    {
        var world = await PlannedAsync(customers: 5);
        await world.Queue.DeliverDueAsync(world.Product.Handler);
        world.Provider.Accepted.Count.ShouldBe(5);

        world.Clock.Now += SweepOpenWork.UnconfirmedAfter;
        (await world.Product.SweepOpenWork.RunAsync()).Unconfirmed.ShouldBe(5);
    }
}
