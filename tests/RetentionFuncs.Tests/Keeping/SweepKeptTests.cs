using RetentionFuncs.Campaigns;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Embedded.Home;
using RetentionFuncs.Embedded.Keeping;
using RetentionFuncs.Keeping;
using RetentionFuncs.Orders;
using RetentionFuncs.Settings;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Contracts;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Tests.Keeping;

/// <summary>What is let go when its time is over, and what never is.</summary>
public sealed class SweepKeptTests
{
    private static readonly KeepSettings Short = new(366, 60, 60, 30, 30, 730);

    [Fact]
    public async Task Finished_messages_decisions_and_evidence_go_when_their_days_are_over_and_not_a_day_before()
    {
        var world = await SentAsync();
        var sweep = new SweepKept(world.Store, Short, world.Clock);
        var sentAt = (await world.TouchesAsync("c1"))[0].SettledAt!.Value;

        world.Clock.Now = sentAt.AddDays(59);
        (await sweep.RunAsync()).ShouldBe(new KeptReport(0, 0, 0, 0));
        world.Clock.Now = sentAt.AddDays(61);
        (await sweep.RunAsync()).ShouldBe(new KeptReport(0, 1, 1, 0));
        (await world.LedgerAsync("c1")).ShouldBeEmpty();
        world.Clock.Now = sentAt.AddDays(365);
        (await sweep.RunAsync()).Touchpoints.ShouldBe(0);
        world.Clock.Now = sentAt.AddDays(367);
        (await sweep.RunAsync()).ShouldBe(new KeptReport(1, 0, 0, 0));
        (await world.TouchesAsync("c1")).ShouldBeEmpty();
        world.Clock.Now = sentAt.AddDays(900);
        (await sweep.RunAsync()).ShouldBe(new KeptReport(0, 0, 0, 1));

        var left = await world.PartitionAsync("c1");
        left.Profile().ShouldNotBeNull();
        left.Summary().Orders.ShouldBe(1, "what was bought is remembered in short");
        JourneyEntry.AllOf(left).ShouldHaveSingleItem("who entered once must not enter again").Status.ShouldBe(EntryStatus.Completed);
    }

    [Fact]
    public async Task What_is_not_finished_is_kept_however_old_it_is()
    {
        var world = await SentAsync(new RetentionFuncs.Messages.SendResult.Unknown("timeout"));
        var sweep = new SweepKept(world.Store, Short, world.Clock);
        world.Clock.Now = world.Clock.Now.AddYears(5);

        (await sweep.RunAsync()).ShouldBe(new KeptReport(0, 1, 0, 1));

        (await world.TouchesAsync("c1")).ShouldHaveSingleItem().State.ShouldBe(TouchpointState.Unknown);
    }

    [Fact]
    public async Task Forever_keeps_everything_and_asks_for_no_pass_at_all()
    {
        var world = await SentAsync();
        world.Clock.Now = world.Clock.Now.AddYears(50);
        world.Store.ResetWork();

        (await new SweepKept(world.Store, new KeepSettings(null, null, null, null, null, null), world.Clock).RunAsync()).ShouldBe(
            new KeptReport(0, 0, 0, 0)
        );

        world.Store.Work.Reads.ShouldBe(0);
    }

    [Fact]
    public void Refused_rows_go_by_the_disk_s_clock_and_written_messages_by_the_day_they_were_written_under()
    {
        using var scratch = new ScratchFolder();
        var folder = new HomeFolder(scratch.Path);
        Directory.CreateDirectory(folder.Refused);
        foreach (var day in (string[])["2026-03-01", "2026-03-02", "kept by hand"])
        {
            Directory.CreateDirectory(Path.Combine(folder.Outbox, day));
            File.WriteAllText(Path.Combine(folder.Outbox, day, "a.eml"), "x");
        }

        File.WriteAllText(Path.Combine(folder.Refused, "old.csv"), "x");
        File.WriteAllText(Path.Combine(folder.Refused, "new.csv"), "x");
        File.SetLastWriteTimeUtc(Path.Combine(folder.Refused, "old.csv"), DateTime.UtcNow.AddDays(-31));

        KeptFiles.Sweep(folder, Short, DateTimeOffset.Parse("2026-04-01T10:00:00Z", null)).ShouldBe(2);

        Directory.GetFiles(folder.Refused).Select(Path.GetFileName).ShouldBe(["new.csv"]);
        Directory.GetDirectories(folder.Outbox).Select(Path.GetFileName).Order().ShouldBe(["2026-03-02", "kept by hand"]);
        KeptFiles.Sweep(folder, Short with { Outbox = null, RefusedFiles = null }, DateTimeOffset.MaxValue.AddDays(-99999)).ShouldBe(0);
    }

    [Theory]
    [InlineData("keep: {orders: 10 years}", 3660)]
    [InlineData("keep: {orders: forever}", null)]
    [InlineData("keep: {orders: 24 months}", 744)]
    [InlineData("keep: {touchpoints: 2 years}", null)]
    [InlineData("keep: {orders: 3年}", 1098)]
    public void Periods_are_read_at_their_longest(string line, int? orders) =>
        SettingsFile.Parse(SettingsFile.Default("Shop", "Europe/Berlin", "EUR") + line + "\n").Settings!.Keep.Orders.ShouldBe(orders);

    [Theory]
    [InlineData("keep: {orders: 1 year}", "at least 730 days")]
    [InlineData("keep: {touchpoints: 30 days}", "at least 366 days")]
    [InlineData("keep: {orders: soon}", "such as 30 days")]
    [InlineData("keep: {order: 3 years}", "not known here")]
    [InlineData("alerts: {mail: nobody}", "an e-mail address")]
    [InlineData("alerts: {tick_overdue: 1 minute}", "at least 2 minutes")]
    public void A_period_too_short_or_unreadable_is_refused_with_what_to_write(string line, string hint)
    {
        var reading = SettingsFile.Parse(SettingsFile.Default("Shop", "Europe/Berlin", "EUR") + line + "\n");
        reading.Settings.ShouldBeNull();
        reading.Findings.Single(f => f.IsError).Describe("en").ShouldContain(hint);
        reading.Findings.Single(f => f.IsError).Describe("zh").ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Restored_without_a_record_what_late_reviews_plan_is_not_sent_and_says_why()
    {
        var world = await PlannedAsync();
        world.Product.SendTouchpoint.Restored = new RestoreStanding(
            world.Clock.Now.AddDays(-10),
            world.Clock.Now.AddHours(-1),
            "test",
            world.Clock.Now,
            SkipLost: true
        );

        await world.Queue.DeliverDueAsync(world.Product.Handler);

        world.Provider.Calls.ShouldBe(0);
        var touch = (await world.TouchesAsync("c1")).ShouldHaveSingleItem();
        (touch.State, touch.Reason).ShouldBe((TouchpointState.Skipped, RestoreStanding.Reason));
    }

    [Fact]
    public async Task What_nobody_can_vouch_for_is_given_up_as_unknown_and_never_sent()
    {
        var world = await PlannedAsync();
        var standing = new RestoreStanding(world.Clock.Now.AddDays(-10), world.Clock.Now.AddMinutes(5), "test");
        var reconcile = new ReconcileRestored(world.Store, world.Settings.Cap, world.Clock);

        (await reconcile.RunAsync(standing, null)).ShouldBe(new RestoreReport(0, 0, 1));
        (await reconcile.GiveUpAsync(standing)).ShouldBe(1);
        await world.Queue.DeliverDueAsync(world.Product.Handler);

        world.Provider.Calls.ShouldBe(0);
        (await world.TouchesAsync("c1"))[0].State.ShouldBe(TouchpointState.Unknown);
    }

    [Fact]
    public async Task A_delivery_event_about_a_forgotten_sending_is_record_enough()
    {
        var world = await PlannedAsync();
        var touch = (await world.TouchesAsync("c1"))[0];
        await world.Product.RecordDeliveryEvents.RunAsync([
            new DeliveryEvent(touch.Reference, "forgotten-attempt", DeliveryEventKind.Delivered, null, world.Clock.Now, null),
        ]);
        var standing = new RestoreStanding(world.Clock.Now.AddDays(-10), world.Clock.Now.AddMinutes(5), "test");

        (await new ReconcileRestored(world.Store, world.Settings.Cap, world.Clock).RunAsync(standing, null)).Found.ShouldBe(1);
        await world.Queue.DeliverDueAsync(world.Product.Handler);

        world.Provider.Calls.ShouldBe(0);
        (await world.TouchesAsync("c1"))[0].State.ShouldBe(TouchpointState.Sent);
    }

    private static async Task<TripWorld> PlannedAsync()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await world.LaunchAsync(CampaignWorks.AfterOrder(30));
        await world.TickEveryDayAsync("2026-03-29", "2026-03-30");
        world.Clock.Now = DateTimeOffset.Parse("2026-03-31T10:00:00+02:00", null);
        await world.Product.ReviewDue.RunAsync();
        (await world.TouchesAsync("c1")).ShouldHaveSingleItem().State.ShouldBe(TouchpointState.Planned);
        return world;
    }

    /// <summary>One message sent (or whatever the provider answers) and one delivery event about it.</summary>
    private static async Task<TripWorld> SentAsync(RetentionFuncs.Messages.SendResult? answer = null)
    {
        var world = await PlannedAsync();
        if (answer is not null)
        {
            world.Provider.AnswerNext(answer);
        }

        await world.Queue.DeliverDueAsync(world.Product.Handler);
        var touch = (await world.TouchesAsync("c1"))[0];
        if (answer is null)
        {
            await world.Product.RecordDeliveryEvents.RunAsync([
                new DeliveryEvent(touch.Reference, touch.AttemptId!, DeliveryEventKind.Delivered, null, world.Clock.Now, null),
            ]);
            await world.TickEveryDayAsync("2026-04-01", "2026-04-02");
            world.Clock.Now = touch.SettledAt!.Value;
        }

        return world;
    }
}
