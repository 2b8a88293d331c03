using RetentionFuncs.Queues;
using RetentionFuncs.Runs;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Runs;

public sealed class StartRunTests
{
    private readonly TripWorld _world = new();

    private IEnumerable<QueueMessage> Waiting => _world.Queue.Waiting.Where(m => m.Purpose == Purposes.RunShard);

    private ValueTask<RunStart> FireAsync(RunKind kind) => _world.Product.StartRun.RunAsync(kind);

    [Fact]
    public async Task A_timer_queues_one_message_a_shard_without_personal_data()
    {
        (await FireAsync(RunKind.ReviewDue)).ShouldBe(new RunStart.Started("2026-03-02T09:00"));

        Waiting
            .Select(m => m.Id)
            .Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 16).Select(i => $"ReviewDue|2026-03-02T09:00|{i:00}:run-shard:0"));
    }

    [Fact]
    public async Task Catalogue_087_a_timer_that_fires_twice_starts_its_run_once()
    {
        await FireAsync(RunKind.ReviewDue);
        (await FireAsync(RunKind.ReviewDue)).ShouldBe(new RunStart.UnderWay("2026-03-02T09:00", 0));
        await _world.DeliverAllAsync();

        (await FireAsync(RunKind.ReviewDue)).ShouldBe(new RunStart.AlreadyStarted("2026-03-02T09:00"));
        Waiting.ShouldBeEmpty();
        _world.Clock.Now = _world.Clock.Now.AddHours(1);
        (await FireAsync(RunKind.ReviewDue)).ShouldBe(new RunStart.Started("2026-03-02T10:00"));
    }

    [Fact]
    public async Task Two_hosts_whose_timers_fire_at_once_start_one_run()
    {
        var first = _world.Product.StartRun;
        var other = new TripWorldTwin(_world).Product.StartRun;
        RunStart? twin = null;
        _world.Store.Committed = (partition, _) =>
        {
            if (partition.Table == StoreTable.Control && twin is null)
            {
                twin = other.RunAsync(RunKind.BuildReport).AsTask().GetAwaiter().GetResult();
            }
        };

        (await first.RunAsync(RunKind.BuildReport)).ShouldBeOfType<RunStart.Started>();
        twin.ShouldBeOfType<RunStart.UnderWay>();
        Waiting.Count().ShouldBe(16);
    }

    [Fact]
    public async Task A_run_under_way_is_not_overtaken_by_the_next_period()
    {
        await FireAsync(RunKind.ReviewDue);
        _world.Clock.Now = _world.Clock.Now.AddMinutes(29);
        (await FireAsync(RunKind.ReviewDue)).ShouldBe(new RunStart.UnderWay("2026-03-02T09:00", 0));
    }

    [Fact]
    public async Task Shards_whose_messages_were_lost_are_queued_again_under_a_new_number()
    {
        await FireAsync(RunKind.RefitScores);
        var lost = Waiting.Take(5).Select(m => m.Ref).ToHashSet();
        await _world.Queue.DeliverDueAsync(new Loses(lost, _world.Product.Handler));
        _world.Clock.Now = _world.Clock.Now.AddMinutes(31);

        // Nobody fires a weekly timer again so soon: the sweep's start looks after it.
        await FireAsync(RunKind.SweepOpenWork);

        Waiting.Where(m => m.Ref.StartsWith("Refit", StringComparison.Ordinal)).Select(m => m.Ref).Order().ShouldBe(lost.Order());
        Waiting.Where(m => m.Ref.StartsWith("Refit", StringComparison.Ordinal)).ShouldAllBe(m => m.Seq == 2);
        await _world.DeliverAllAsync();
        (await _world.Product.Runs.CurrentAsync(RunKind.RefitScores))!.State.ShouldBe(RunState.Done);
    }

    [Fact]
    public async Task What_was_just_queued_again_is_not_queued_once_more()
    {
        await FireAsync(RunKind.RefitScores);
        _world.Clock.Now = _world.Clock.Now.AddMinutes(31);
        (await FireAsync(RunKind.RefitScores)).ShouldBe(new RunStart.UnderWay("2026-03-02", 16));
        (await FireAsync(RunKind.RefitScores)).ShouldBe(new RunStart.UnderWay("2026-03-02", 0));
    }

    [Fact]
    public async Task A_run_that_nobody_could_work_on_for_a_day_is_given_up_and_its_late_messages_do_nothing()
    {
        await FireAsync(RunKind.ReviewDue);
        var late = Waiting.First();
        _world.Clock.Now = _world.Clock.Now.AddHours(25);

        (await FireAsync(RunKind.ReviewDue)).ShouldBe(new RunStart.Started("2026-03-03T10:00"));
        (await _world.Product.Runs.FindAsync(RunKind.ReviewDue, "2026-03-02T09:00"))!.State.ShouldBe(RunState.GivenUp);
        (await _world.Product.Handler.HandleAsync(late)).ShouldBe(HandlerAnswer.Finished);
    }

    [Fact]
    public async Task A_replan_is_started_only_after_the_rule_changed()
    {
        (await FireAsync(RunKind.ReplanReviews)).ShouldBeOfType<RunStart.NotWanted>();
        await _world.Store.PutAnyAsync(
            new PartitionId(StoreTable.Control, "lapse-rule"),
            "planned",
            new PropertyBag().Set("rule", "another")
        );
        (await FireAsync(RunKind.ReplanReviews)).ShouldBeOfType<RunStart.Started>();
        await _world.DeliverAllAsync();

        _world.Clock.Now = _world.Clock.Now.AddDays(1);
        (await FireAsync(RunKind.ReplanReviews)).ShouldBeOfType<RunStart.NotWanted>();
    }

    [Fact]
    public async Task Runs_older_than_a_month_are_dropped()
    {
        await _world.RunAsync(RunKind.BuildReport);
        _world.Clock.Now = _world.Clock.Now.AddDays(31);
        await _world.RunAsync(RunKind.BuildReport);

        _world
            .Store.Everything(StoreTable.Control)
            .Where(r => r.Partition.Key == "runs|BuildReport")
            .Select(r => r.Row.Key)
            .ShouldBe(["2026-04-02", "current"]);
    }

    [Fact]
    public async Task A_kind_that_no_verb_does_is_refused_by_name() =>
        (
            await Should.ThrowAsync<ArgumentException>(async () =>
                await new StartRun(
                    _world.Store,
                    _world.Queue,
                    new Dictionary<RunKind, IShardStep>(),
                    _world.Product.Calendar,
                    new RunOptions(),
                    _world.Clock
                ).RunAsync(RunKind.ReviewDue)
            )
        ).Message.ShouldContain("ReviewDue");

    /// <summary>A second process over the same store and queue.</summary>
    private sealed class TripWorldTwin(TripWorld world)
    {
        public RetentionProduct Product { get; } =
            new(
                world.Store,
                world.Queue,
                world.Provider,
                new RetentionFuncs.Messages.SendGovernor(RetentionFuncs.Messages.SendLimits.Default),
                world.Settings,
                world.Secret,
                world.Product.Ids,
                world.Clock
            );
    }

    private sealed class Loses(IReadOnlySet<string> references, IQueueHandler inner) : IQueueHandler
    {
        public ValueTask<HandlerAnswer> HandleAsync(QueueMessage message) =>
            references.Contains(message.Ref) ? ValueTask.FromResult(HandlerAnswer.Finished) : inner.HandleAsync(message);
    }
}
