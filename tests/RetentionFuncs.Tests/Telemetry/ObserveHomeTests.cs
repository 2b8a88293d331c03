using RetentionFuncs.Deliveries;
using RetentionFuncs.Messages;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Telemetry;

public sealed class ObserveHomeTests
{
    private static async Task<TripWorld> SentAsync(SendResult? answer = null)
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.WinBack() with { MessageBudget = 40 });
        await world.TickEveryDayAsync("2026-03-02", "2026-06-28");
        if (answer is not null)
        {
            world.Provider.AnswerNext(answer);
        }

        await world.TickAsync("2026-06-29");
        return world;
    }

    [Fact]
    public async Task A_quiet_home_says_that_nothing_is_due()
    {
        var world = new TripWorld();
        var reading = await world.Product.ObserveHome.RunAsync();
        (reading.DueRows, reading.OldestDue).ShouldBe((0, null));
        (reading.ModelAgeDays, reading.StoppedBecause, reading.Killed).ShouldBe((null, null, false));
    }

    [Fact]
    public async Task Reviews_that_no_timer_did_are_the_backlog_and_the_oldest_gives_its_age()
    {
        var world = new TripWorld();
        await world.OrderAsync("c1", "2026-03-01");
        await world.OrderAsync("c2", "2026-03-02");
        await world.TickAsync("2026-04-01");
        world.Clock.Now = DateTimeOffset.Parse("2026-05-05T10:00:00+02:00", null);
        var (first, last) = (new DateOnly(2026, 4, 30), new DateOnly(2026, 5, 1));
        using var tap = TelemetryTap.OfThisFlow();

        var reading = await world.Product.ObserveHome.RunAsync();

        (reading.DueRows, reading.OldestDue).ShouldBe((2, first));
        tap.Of("retention.due.backlog").Single().Value.ShouldBe(2);
        tap.Of("retention.due.oldest").Single().Value.ShouldBe(5);
        last.ShouldBe(first.AddDays(1));
    }

    private static async Task<(double Open, double Unknown)> SweptAsync(TripWorld world)
    {
        using var tap = TelemetryTap.OfThisFlow();
        await world.Product.SweepOpenWork.RunAsync();
        return (tap.Of("retention.touchpoints.open").Single().Value, tap.Of("retention.unknowns.open").Single().Value);
    }

    [Fact]
    public async Task The_sweep_counts_an_unknown_until_evidence_settles_it()
    {
        var world = await SentAsync(new SendResult.Unknown("timed out"));
        (await SweptAsync(world)).ShouldBe((1, 1));

        var touch = (await world.TouchesAsync("c1")).Single();
        await world.Product.RecordDeliveryEvents.RunAsync([
            new DeliveryEvent(touch.Reference, touch.AttemptId!, DeliveryEventKind.Delivered, null, world.Clock.Now, null),
        ]);

        (await SweptAsync(world)).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_claim_that_the_sweep_reaps_is_an_unknown_too()
    {
        var world = await SentAsync();
        var partition = await world.PartitionAsync("c1");
        partition.PutTouchpoint((await world.TouchesAsync("c1")).Single() with { State = TouchpointState.Sending, SettledAt = null });
        await partition.CommitAsync();
        (await SweptAsync(world)).ShouldBe((1, 0));

        world.Clock.Now = world.Clock.Now.AddMinutes(6);

        (await SweptAsync(world)).ShouldBe((1, 1));
        (await SweptAsync(world)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Budget_model_age_breaker_and_kill_switch_are_told()
    {
        var world = await SentAsync(new SendResult.SystemicRefusal("the key is wrong"));
        await world.Product.RefitScores.RunIfDueAsync();
        await world.Product.Campaigns.KillAsync(true, "test");
        world.Clock.Now = world.Clock.Now.AddDays(3).AddSeconds(10);
        using var tap = TelemetryTap.OfThisFlow();

        var reading = await world.Product.ObserveHome.RunAsync();

        reading.StoppedBecause.ShouldBe("the key is wrong");
        tap.Of("retention.breaker.open").Single().Value.ShouldBe(1);
        tap.Of("retention.sending.stopped").Single().Value.ShouldBe(1);
        tap.Of("retention.model.age").Single().Value.ShouldBe(3, 0.001);
        tap.Of("retention.budget.left").Select(m => (m.Tag("campaign"), m.Value)).ShouldBe([("win-back", 39d)]);
    }

    [Fact]
    public async Task Observing_reads_no_customer()
    {
        var world = await SentAsync();
        world.Store.ResetWork();
        await world.Product.ObserveHome.RunAsync();
        world.Store.WorkOn(StoreTable.Customers).RowsRead.ShouldBe(0);
        world.Store.WorkOn(StoreTable.CustomerIndex).RowsRead.ShouldBe(0);
    }
}
