using RetentionFuncs.Campaigns;
using RetentionFuncs.Orders;
using RetentionFuncs.Reviews;
using RetentionFuncs.Runs;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Runs;

/// <summary>Two timers over one index, and rows that stand for a whole shard.</summary>
public sealed class DueRunsTests
{
    [Fact]
    public async Task Journeys_that_wait_do_not_wait_for_the_nightly_review()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2025-11-10");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickAsync("2026-03-10");
        await world.OrderAsync("c2", "2026-01-16");
        world.Clock.Now = DateTimeOffset.Parse("2026-03-17T10:00:00+01:00", null);

        (await world.RunAsync(RunKind.DecideWaiting)).Tally["Reviewed"].ShouldBe(1);
        (await world.PartitionAsync("c2")).Standing()!.Stage.ShouldBe(LapseStage.New, "its crossing is the nightly review's");
        (await world.RunAsync(RunKind.ReviewDue)).Tally["Reviewed"].ShouldBe(1);
        (await world.PartitionAsync("c2")).Standing()!.Stage.ShouldBe(LapseStage.Cooling);
    }

    [Fact]
    public async Task A_nightly_review_that_walked_on_leaves_no_waiting_journey_behind()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2025-11-10");
        await world.LaunchAsync(CampaignWorks.WinBack());
        await world.TickAsync("2026-03-10");
        for (var day = 11; day < 25; day++)
        {
            world.Clock.Now = DateTimeOffset.Parse($"2026-03-{day}T10:00:00+01:00", null);
            await world.RunAsync(RunKind.ReviewDue);
        }

        (await world.RunAsync(RunKind.DecideWaiting)).Tally["Reviewed"].ShouldBe(1, "due a week ago");
    }

    [Fact]
    public async Task A_launch_is_expanded_in_pages_and_nobody_is_planned_twice_or_forgotten()
    {
        var world = new TripWorld(runs: RunWorks.OneItemAMessage);
        for (var i = 0; i < 40; i++)
        {
            await world.CustomerAsync($"c{i}");
            await world.OrderAsync($"c{i}", "2026-03-01");
        }

        await world.LaunchAsync(CampaignWorks.AfterOrder(14));
        world.Store.Everything(StoreTable.Due).Count(r => r.Row.Key.Contains("|Launch|", StringComparison.Ordinal)).ShouldBe(16);
        await world.RunAsync(RunKind.ReviewDue);

        var planned = world.Store.Everything(StoreTable.Due).Where(r => r.Row.Key.Contains("|Order|", StringComparison.Ordinal)).ToArray();
        planned.Length.ShouldBe(40);
        planned.ShouldAllBe(r => r.Partition.Key.StartsWith("2026-03-15", StringComparison.Ordinal));
        world.Store.Everything(StoreTable.Due).ShouldNotContain(r => r.Row.Key.Contains("|Launch|", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_calendar_date_reaches_everyone_once_however_often_its_pages_are_cut_off()
    {
        var world = new TripWorld(runs: RunWorks.OneItemAMessage);
        for (var i = 0; i < 40; i++)
        {
            await world.CustomerAsync($"c{i}");
            await world.OrderAsync($"c{i}", "2026-03-01");
        }

        await world.LaunchAsync(
            CampaignWorks.AfterOrder(1) with
            {
                Key = "news",
                Trigger = new CampaignTrigger.DateList([new DateOnly(2026, 3, 5)]),
            }
        );
        world.Clock.Now = DateTimeOffset.Parse("2026-03-05T10:00:00+01:00", null);
        var run = await world.RunAsync(RunKind.ReviewDue);

        (run.Tally["Planned"], run.Tally["Reviewed"]).ShouldBe((40, 40));
    }

    [Fact]
    public async Task A_launch_cut_off_before_its_last_row_is_expanded_after_it_is_repeated()
    {
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        var version = CampaignWorks.VersionOf(CampaignWorks.AfterOrder(14));
        await world.Product.LaunchCampaign.ApplyAsync(version);
        world.Store.Committed = (partition, _) =>
        {
            if (partition.Table == StoreTable.Due)
            {
                throw new StoreUnavailableException("the process died");
            }
        };
        await Should.ThrowAsync<StoreUnavailableException>(async () => await world.Product.LaunchCampaign.LaunchAsync("after-order"));
        world.Store.Committed = null;
        await world.RunAsync(RunKind.ReviewDue);
        (await world.Product.LaunchCampaign.LaunchAsync("after-order")).ShouldBeOfType<CampaignCommand.Done>();
        world.Clock.Now = world.Clock.Now.AddHours(1);
        await world.RunAsync(RunKind.ReviewDue);

        world.Store.Everything(StoreTable.Due).Count(r => r.Row.Key.Contains("|Order|", StringComparison.Ordinal)).ShouldBe(1);
    }
}
