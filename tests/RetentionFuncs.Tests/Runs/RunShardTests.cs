using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Queues;
using RetentionFuncs.Reports;
using RetentionFuncs.Reviews;
using RetentionFuncs.Runs;
using RetentionFuncs.Scoring;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Runs;

public sealed class RunShardTests
{
    private static async Task<TripWorld> LapsedAsync(int customers, RunOptions? options = null)
    {
        var world = new TripWorld(runs: options);
        for (var i = 0; i < customers; i++)
        {
            await world.OrderAsync($"c{i}", "2026-01-01", 10 + (i % 7));
        }

        return world;
    }

    [Fact]
    public async Task A_run_reviews_what_a_tick_would()
    {
        var world = await LapsedAsync(200);
        var run = await world.RunAsync(RunKind.ReviewDue);

        (run.Tally["Read"], run.Tally["Reviewed"], run.Tally["Entered.Cooling"]).ShouldBe((200, 200, 200));
        world.Store.Everything(StoreTable.Due).Count(r => r.Partition.Key.StartsWith("2026-03-02", StringComparison.Ordinal)).ShouldBe(0);
        (await new DayCursor(world.Store, DueIndex.CursorName).StartAsync(new DateOnly(2026, 3, 2))).ShouldBe(new DateOnly(2026, 3, 1));
    }

    [Fact]
    public async Task A_message_whose_time_is_up_goes_on_where_it_stopped()
    {
        var world = await LapsedAsync(100, RunWorks.OneItemAMessage);
        (await world.Product.StartRun.RunAsync(RunKind.RefitScores)).ShouldBeOfType<RunStart.Started>();
        world.Store.ResetWork();
        var deliveries = await world.DeliverAllAsync();

        deliveries.ShouldBe(100 + 16, "one a customer, and the last of each shard finds nothing more");
        world.Store.WorkOn(StoreTable.Customers).RowsRead.ShouldBe(100, "nobody is read twice");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_refit_in_parts_with_crashes_finds_the_cut_points_of_one_pass(int seed)
    {
        var world = await LapsedAsync(300, new RunOptions { TimeBox = TimeSpan.Zero });
        await world.Product.StartRun.RunAsync(RunKind.RefitScores);
        var commits = 0;
        world.Store.Committed = (partition, _) =>
        {
            if (partition.Table == StoreTable.Control && ++commits % (3 + seed) == 0)
            {
                throw new StoreUnavailableException("the process died after the commit");
            }
        };
        world.Queue.ThrowsThrough = false;
        for (var i = 0; i < 5000 && world.Queue.Waiting.Any(); i++)
        {
            await world.Queue.DeliverDueAsync(world.Product.Handler);
            world.Clock.Now = world.Clock.Now.AddSeconds(1);
        }

        world.Store.Committed = null;
        if ((await new RefitRows(world.Store).NewestAsync()) is null)
        {
            world.Clock.Now = world.Clock.Now.AddHours(1);
            await world.Product.StartRun.RunAsync(RunKind.RefitScores);
            await world.DeliverAllAsync();
        }

        var inParts = (await new RefitRows(world.Store).NewestAsync())!;
        var atOnce = new RfmTally(inParts.CutPoints.AsOf, "EUR");
        await foreach (var (_, summary) in SummaryScan.AllAsync(world.Store))
        {
            atOnce.Add(summary);
        }

        inParts.CutPoints.ShouldBe(atOnce.ToCutPoints(1));
    }

    [Fact]
    public async Task A_broken_record_is_passed_over_and_named_and_tried_again()
    {
        var world = await LapsedAsync(50);
        var mend = await world.BreakAsync(world.KeyOf("c7"));
        var run = await world.RunAsync(RunKind.ReviewDue);

        run.Tally["Reviewed"].ShouldBe(49);
        run.Tally.Broken.ShouldBe(1);
        var broken = run.Tally.BrokenItems.ShouldHaveSingleItem();
        broken.Key.ShouldEndWith(world.KeyOf("c7").Value);
        broken.Fault.ShouldEndWith("Exception");

        await mend();
        world.Clock.Now = world.Clock.Now.AddDays(3);
        (await world.RunAsync(RunKind.ReviewDue)).Tally["Reviewed"].ShouldBe(1);
        (await world.PartitionAsync("c7")).Standing()!.Stage.ShouldBe(LapseStage.Cooling);
    }

    [Fact]
    public async Task A_broken_record_does_not_stop_a_tick_either()
    {
        var world = await LapsedAsync(20);
        await world.BreakAsync(world.KeyOf("c7"));

        var report = await world.Product.ReviewDue.RunAsync();

        report.Reviewed.ShouldBe(19);
        report.Broken.ShouldHaveSingleItem().Key.ShouldContain(world.KeyOf("c7").Value);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_no_broken_record()
    {
        var world = await LapsedAsync(50);
        await world.Product.StartRun.RunAsync(RunKind.ReviewDue);
        world.Store.Committed = (partition, _) =>
        {
            if (partition.Table == StoreTable.Customers)
            {
                throw new StoreUnavailableException("down");
            }
        };
        await Should.ThrowAsync<StoreUnavailableException>(async () => await world.DeliverAllAsync());
    }

    [Fact]
    public async Task Catalogue_089_a_host_that_goes_down_stops_between_two_items_and_the_next_goes_on()
    {
        using var stop = new CancellationTokenSource();
        var world = await LapsedAsync(60, new RunOptions { Stopping = stop.Token });
        await world.Product.StartRun.RunAsync(RunKind.ReviewDue);
        var seen = 0;
        world.Store.Committed = (partition, _) =>
        {
            if (partition.Table == StoreTable.Customers && ++seen == 3)
            {
                stop.Cancel();
            }
        };
        await world.Queue.DeliverDueAsync(world.Product.Handler);
        seen.ShouldBe(3);
        world.Store.Everything(StoreTable.Due).Count(r => r.Partition.Key.StartsWith("2026-03-02", StringComparison.Ordinal)).ShouldBe(57);
    }

    [Fact]
    public async Task Of_two_copies_of_a_message_one_goes_on_and_nothing_is_counted_twice()
    {
        var world = new TripWorld();
        var step = new TenItems();
        var steps = new Dictionary<RunKind, IShardStep> { [RunKind.RefitScores] = step };
        var slow = new RunShard(world.Store, steps, new RunOptions(), world.Product.Ids, world.Clock);
        var quick = new RunShard(world.Store, steps, RunWorks.OneItemAMessage, world.Product.Ids, world.Clock);
        await new StartRun(world.Store, world.Queue, steps, world.Product.Calendar, new RunOptions(), world.Clock).RunAsync(
            RunKind.RefitScores
        );
        var message = RunWorks.MessageOf(RunKind.RefitScores, "2026-03-02", "03");
        step.AtFirstItem = async () =>
        {
            while (await quick.HandleAsync(message) is HandlerAnswer.RetryAt) { }
        };
        (await slow.HandleAsync(message)).ShouldBe(HandlerAnswer.Finished);
        foreach (var shard in Shards.All)
        {
            await quick.HandleAsync(RunWorks.MessageOf(RunKind.RefitScores, "2026-03-02", shard));
            while (await quick.HandleAsync(RunWorks.MessageOf(RunKind.RefitScores, "2026-03-02", shard)) is HandlerAnswer.RetryAt) { }
        }

        step.Closed.ShouldHaveSingleItem().Parts.Sum(p => p.Length).ShouldBe(160);
        step.Closed[0].Tally["Items"].ShouldBe(160);
    }

    /// <summary>Ten items a shard, each one letter of its part.</summary>
    private sealed class TenItems : IShardStep
    {
        public Func<Task>? AtFirstItem { get; set; }

        public List<FinishedRun> Closed { get; } = [];

        public ValueTask<bool> RunAsync(ShardTurn turn)
        {
            var part = "";
            turn.Part = () =>
            {
                var taken = part;
                part = "";
                return taken.Length == 0 ? null : taken;
            };
            return turn.ForEachAsync(
                Enumerable.Range(0, 10).Select(i => $"{i}").Where(i => string.CompareOrdinal(i, turn.After) > 0).ToAsyncEnumerable(),
                i => i,
                async i =>
                {
                    if (AtFirstItem is { } act)
                    {
                        AtFirstItem = null;
                        await act();
                    }

                    part += i;
                    turn.Tally.Count("Items");
                }
            );
        }

        public ValueTask CloseAsync(FinishedRun run)
        {
            Closed.Add(run);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task A_run_that_lost_its_answer_while_closing_is_closed_once()
    {
        var world = await LapsedAsync(30);
        await world.Product.StartRun.RunAsync(RunKind.RefitScores);
        world.Queue.ThrowsThrough = false;
        world.Store.Committed = (partition, _) =>
        {
            if (partition.Key == "refit")
            {
                world.Store.Committed = null;
                throw new StoreUnavailableException("the process died after the refit was written");
            }
        };
        for (var i = 0; i < 100; i++)
        {
            await world.Queue.DeliverDueAsync(world.Product.Handler);
            world.Clock.Now = world.Clock.Now.AddSeconds(1);
        }

        (await new RefitRows(world.Store).NewestAsync())!.CutPoints.Version.ShouldBe(1);
        (await world.Product.Runs.CurrentAsync(RunKind.RefitScores))!.State.ShouldBe(RunState.Done);
    }

    [Fact]
    public async Task A_message_about_no_run_is_put_aside()
    {
        var world = new TripWorld();
        (
            await world.Product.Handler.HandleAsync(RunWorks.MessageOf(RunKind.ReviewDue, "2026-01-01T10:00", "03"))
        ).ShouldBeOfType<HandlerAnswer.Park>();
        (
            await world.Product.Handler.HandleAsync(new QueueMessage(1, "ReviewDue|x", Purposes.RunShard, 0))
        ).ShouldBeOfType<HandlerAnswer.Park>();
        (
            await world.Product.Handler.HandleAsync(new QueueMessage(1, "17|x|03", Purposes.RunShard, 0))
        ).ShouldBeOfType<HandlerAnswer.Park>();
    }

    [Fact]
    public async Task A_report_is_kept_with_the_stages_of_its_days_and_says_what_a_fresh_one_would()
    {
        var world = await LapsedAsync(40, RunWorks.OneItemAMessage);
        await world.CustomerAsync("c1");
        await world.RunAsync(RunKind.BuildReport);
        var rows = new ReportRows(world.Store);

        var kept = (await rows.NewestAsync()).ShouldNotBeNull();
        kept.AsOf.ShouldBe(new DateOnly(2026, 3, 1), "the last whole day");
        kept.Json.ShouldBe(ReportJson.Write(await world.Product.BuildReport.RunAsync(kept.AsOf)));
        world.Store.ResetWork();
        var days = new List<StageDay>();
        await foreach (var day in rows.DaysAsync(new DateOnly(2026, 2, 1), new DateOnly(2026, 3, 1)))
        {
            days.Add(day);
        }

        days.Count.ShouldBe(29);
        days[^1].Counts.Sum().ShouldBe(40);
        world.Store.WorkOn(StoreTable.Customers).Reads.ShouldBe(0);
    }
}
