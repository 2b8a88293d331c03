using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Simulation.SecondReading;
using RetentionFuncs.Simulation.Worlds;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Runs;

/// <summary>What one world came to.</summary>
/// <param name="Struck">How often each fault struck at each crash point; index by <see cref="PortFault"/>.</param>
internal sealed record WorldResult(
    ulong Seed,
    int Touches,
    IReadOnlyDictionary<string, int> EndStates,
    int Accepted,
    int AcceptedAndSent,
    TimeSpan Lived,
    ulong Trace,
    IReadOnlyList<KeyValuePair<string, int[]>> Struck,
    IReadOnlyList<Violation> Violations,
    IReadOnlyList<Violation> SecondReading
)
{
    public static WorldResult Of(WorldOptions options)
    {
        var world = new World(options);
        var checker = new HistoryChecker(options.Shop.Settings, !options.WildClocks);
        var judge = new ProtocolJudge(options.Shop.Settings, World.Secret, !options.WildClocks);
        world.History.Told = happened =>
        {
            checker.Read(happened);
            judge.Read(happened);
        };
        world.Run();
        var (onFile, open) = (TouchesOnFile(world.Store), Open(world.Store));
        checker.Finish(world.Scheduler.Now, onFile, open);
        judge.Finish(world.Scheduler.Now, onFile, open);
        return new WorldResult(
            options.Seed,
            checker.Touches,
            checker.EndStates,
            checker.AcceptedTouches,
            checker.AcceptedAndSent,
            world.Scheduler.Elapsed,
            world.Scheduler.Trace.Value,
            [.. world.Faults.Struck],
            checker.Violations,
            judge.Violations
        );
    }

    private static Dictionary<string, PropertyBag> TouchesOnFile(SimRowStore store) =>
        store
            .Everything(StoreTable.Customers)
            .Where(r => r.Row.Key.StartsWith("touch|", StringComparison.Ordinal))
            .ToDictionary(r => r.Partition.Key + "." + r.Row.Key["touch|".Length..], r => r.Row.Properties, StringComparer.Ordinal);

    private static HashSet<string> Open(SimRowStore store) =>
        store.Everything(StoreTable.OpenWork).Select(r => r.Row.Key).ToHashSet(StringComparer.Ordinal);
}
