using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.Scheduling;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.Simulator;

/// <summary>One commit under each fault: what the caller learns and what is on disk afterwards.</summary>
public sealed class PortFaultTests
{
    private static readonly PartitionId Partition = new(StoreTable.Customers, "c1");

    [Theory]
    [InlineData(0.0, 0.0, 0.0, "Applied")]
    [InlineData(1.0, 0.0, 0.0, "")]
    [InlineData(0.0, 1.0, 0.0, "StoreUnavailableException")]
    [InlineData(0.0, 0.0, 1.0, "Unknown")]
    public void The_caller_learns_what_the_fault_allows(double crash, double unavailable, double lost, string learned)
    {
        var world = Run(new FaultRates(crash, unavailable, lost, 0), commits: 1);

        world.Learned.ShouldBe(learned.Length == 0 ? [] : [learned]);
    }

    [Fact]
    public void A_lost_answer_may_mean_applied_or_not_or_not_yet()
    {
        var world = Run(new FaultRates(0, 0, 1, 0), commits: 3);

        world.Learned.ShouldBe(["Unknown", "Unknown", "Unknown"]);
        world.OnDisk.Count.ShouldBe(2, "of the three ways to lose an answer one never lands");
    }

    [Fact]
    public void A_crash_strikes_before_and_after_in_turn()
    {
        var world = Run(new FaultRates(1, 0, 0, 0), commits: 1, lives: 2);

        world.Learned.ShouldBeEmpty();
        world.OnDisk.Count.ShouldBe(1, "the first crash came before the write, the second after it");
        world.Struck.ShouldBe([(PortFault.CrashBefore, 1), (PortFault.CrashAfter, 1)]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_trace()
    {
        var rates = new FaultRates(0.1, 0.1, 0.2, 0.01);

        Run(rates, commits: 50, lives: 9, seed: 7).Trace.ShouldBe(Run(rates, commits: 50, lives: 9, seed: 7).Trace);
        Run(rates, commits: 50, lives: 9, seed: 7).Trace.ShouldNotBe(Run(rates, commits: 50, lives: 9, seed: 8).Trace);
    }

    [Fact]
    public async Task The_world_itself_is_never_disturbed()
    {
        var scheduler = new SimScheduler(1, DateTimeOffset.UnixEpoch);
        var store = new SimRowStore(new PortCalls(scheduler, new FaultPlan(scheduler.Random.Fork(), new FaultRates(1, 0, 0, 0))));

        (await store.CommitAsync(Partition, [Insert("a")])).ShouldBeOfType<CommitResult.Applied>();
    }

    private static (List<string> Learned, List<string> OnDisk, List<(PortFault, int)> Struck, ulong Trace) Run(
        FaultRates rates,
        int commits,
        int lives = 1,
        ulong seed = 1
    )
    {
        var scheduler = new SimScheduler(seed, DateTimeOffset.UnixEpoch);
        var plan = new FaultPlan(scheduler.Random.Fork(), rates);
        var store = new SimRowStore(new PortCalls(scheduler, plan));
        var learned = new List<string>();
        var life = 0;
        _ = new SimProcess(scheduler, "writer", WriteAsync, (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)));
        scheduler.RunUntilIdle();
        scheduler.Failures.ShouldBeEmpty();
        var struck = plan.Struck.Single().Value.Select((count, fault) => ((PortFault)fault, count)).Where(f => f.count > 0).ToList();
        return (learned, [.. store.Everything(StoreTable.Customers).Select(r => r.Row.Key)], struck, scheduler.Trace.Value);

        async Task WriteAsync(SimLife self)
        {
            if (++life > lives)
            {
                return;
            }

            for (var i = 0; i < commits; i++)
            {
                try
                {
                    learned.Add((await store.CommitAsync(Partition, [Insert($"{life}.{i}")])).GetType().Name);
                }
                catch (StoreUnavailableException refused)
                {
                    learned.Add(refused.GetType().Name);
                }
            }
        }
    }

    private static RowWrite Insert(string key) => new(key, Expectation.Absent, new PropertyBag().Set("value", key));
}
