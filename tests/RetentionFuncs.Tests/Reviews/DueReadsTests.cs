using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Reviews;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Reviews;

public sealed class DueReadsTests
{
    /// <summary>The million are customers with a review ahead; those not due today need no rows of their own here, since reading one would be counted.</summary>
    [Fact]
    public async Task Of_a_million_customers_a_tick_reads_the_ten_thousand_that_are_due()
    {
        const int All = 1_000_000;
        const int Due = 10_000;
        var world = new TripWorld();
        var (index, due) = (new CustomerIndex(world.Store), new DueIndex(world.Store));
        var today = new DateOnly(2026, 3, 2);
        for (var i = 0; i < Due; i++)
        {
            await world.OrderAsync("due" + i, "2026-01-01");
        }

        for (var i = Due; i < All; i++)
        {
            var key = world.KeyOf("later" + i);
            await index.AddAsync(key);
            await due.AddAsync(new DueRow(today.AddDays(1 + (i % 365)), DueKind.Stage, key, ""));
        }

        world.Store.ResetWork();
        var report = await world.Product.ReviewDue.RunAsync();

        report.Reviewed.ShouldBe(Due);
        report.Read.ShouldBe(Due);
        world.Store.WorkOn(StoreTable.Due).RowsRead.ShouldBe(Due);
        // Profile and summary of each, and nobody else's.
        world.Store.WorkOn(StoreTable.Customers).RowsRead.ShouldBe(2 * Due);
        world.Store.WorkOn(StoreTable.CustomerIndex).RowsRead.ShouldBe(0);
    }

    [Fact]
    public async Task A_second_tick_of_the_same_day_finds_nothing_due()
    {
        var world = new TripWorld();
        await world.OrderAsync("c1", "2026-01-01");
        (await world.Product.ReviewDue.RunAsync()).Reviewed.ShouldBe(1);

        (await world.Product.ReviewDue.RunAsync()).Read.ShouldBe(0);
    }

    [Fact]
    public async Task A_spare_row_changes_nothing_and_is_gone_afterwards()
    {
        var world = new TripWorld();
        var key = await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        await new DueIndex(world.Store).AddAsync(new DueRow(new DateOnly(2026, 3, 2), DueKind.Stage, key, ""));

        var report = await world.Product.ReviewDue.RunAsync();

        (report.Reviewed, report.Entered.Count).ShouldBe((1, 0));
        (await world.PartitionAsync("c1")).Standing()!.NextReviewOn.ShouldBe(new DateOnly(2026, 4, 30));
        (await world.Product.ReviewDue.RunAsync()).Read.ShouldBe(0);
    }

    [Fact]
    public async Task A_first_tick_long_after_the_import_finds_what_fell_due_meanwhile()
    {
        var world = new TripWorld();
        await world.OrderAsync("c1", "2026-03-01");
        await world.TickAsync("2026-09-01");

        (await world.PartitionAsync("c1")).Standing()!.Stage.ShouldBe(LapseStage.Lapsing);
    }

    [Fact]
    public async Task A_review_cut_off_between_its_parts_finds_the_same_occasions_again()
    {
        const int Campaigns = 20;
        var world = new TripWorld();
        await world.CustomerAsync("c1");
        await world.OrderAsync("c1", "2026-03-01");
        for (var i = 0; i < Campaigns; i++)
        {
            await world.LaunchAsync(CampaignWorks.WinBack() with { Key = "win-back-" + i });
        }

        world.Clock.Now = DateTimeOffset.Parse("2026-06-29T10:00:00+02:00", null);
        world.Store.Committed = (partition, writes) =>
        {
            if (partition.Table == StoreTable.Customers && writes.Any(w => w.Key.StartsWith("entry|", StringComparison.Ordinal)))
            {
                throw new StoreUnavailableException("cut off");
            }
        };
        await Should.ThrowAsync<StoreUnavailableException>(async () => await world.Product.ReviewDue.RunAsync());
        world.Store.Committed = null;
        await world.Product.ReviewDue.RunAsync();

        RetentionFuncs.Campaigns.JourneyEntry.AllOf(await world.PartitionAsync("c1")).Count().ShouldBe(Campaigns);
        (await world.PartitionAsync("c1")).Standing()!.Stage.ShouldBe(LapseStage.Lapsing);
    }

    [Fact]
    public async Task Timers_that_missed_a_week_make_up_for_it()
    {
        var world = new TripWorld();
        await world.OrderAsync("c1", "2026-01-04");
        await world.OrderAsync("c2", "2026-01-06");
        await world.TickAsync("2026-03-02");
        await world.TickAsync("2026-03-10");

        (await world.PartitionAsync("c1")).Standing()!.Stage.ShouldBe(LapseStage.Cooling);
        (await world.PartitionAsync("c2")).Standing()!.Stage.ShouldBe(LapseStage.Cooling);
    }
}
