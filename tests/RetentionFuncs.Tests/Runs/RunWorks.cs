using RetentionFuncs.Customers;
using RetentionFuncs.Queues;
using RetentionFuncs.Runs;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.Runs;

/// <summary>What a home does with runs: fires a timer and hands over messages until none is left.</summary>
internal static class RunWorks
{
    /// <summary>A box so short that each message does one item.</summary>
    public static RunOptions OneItemAMessage { get; } = new() { TimeBox = TimeSpan.Zero };

    public static async Task<RunRow> RunAsync(this TripWorld world, RunKind kind)
    {
        (await world.Product.StartRun.RunAsync(kind)).ShouldBeOfType<RunStart.Started>();
        await world.DeliverAllAsync();
        var run = (await world.Product.Runs.CurrentAsync(kind)).ShouldNotBeNull();
        run.State.ShouldBe(RunState.Done);
        return run;
    }

    /// <summary>A message that asks to be called again comes a second later.</summary>
    public static async Task<int> DeliverAllAsync(this TripWorld world)
    {
        var deliveries = 0;
        while (world.Queue.Waiting.Any(m => m.Purpose == Purposes.RunShard))
        {
            deliveries += await world.Queue.DeliverDueAsync(world.Product.Handler);
            world.Clock.Now = world.Clock.Now.AddSeconds(1);
            deliveries.ShouldBeLessThan(100_000, "the run never ends");
        }

        return deliveries;
    }

    /// <summary>Makes a customer's record unreadable and gives back what mends it.</summary>
    public static async Task<Func<Task>> BreakAsync(this TripWorld world, CustomerKey key)
    {
        var partition = CustomerPartition.IdOf(key);
        var good = (await world.Store.ReadRowAsync(partition, CustomerPartition.SummaryRow))!;
        await world.Store.PutAnyAsync(partition, CustomerPartition.SummaryRow, new PropertyBag().Set("days", "yesterday, I think"));
        return async () => await world.Store.PutAnyAsync(partition, CustomerPartition.SummaryRow, good.Properties);
    }

    public static QueueMessage MessageOf(RunKind kind, string period, string shard) => new RunRef(kind, period, shard).Message(0);
}
