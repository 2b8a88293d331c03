using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Simulation.SecondReading;
using RetentionFuncs.Simulation.Worlds;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Live;

/// <summary>What a live world came to.</summary>
/// <param name="OnFile">Every touch ever planned, by its end state.</param>
/// <param name="Accepted">Submissions that the provider took.</param>
/// <param name="AcceptedAndSent">Touches accepted and on file as Sent.</param>
/// <param name="LostAnswers">Of the faults at the ports; <paramref name="StoreUnknown"/> are the store's own.</param>
public sealed record LiveResult(
    int Planned,
    IReadOnlyDictionary<string, int> OnFile,
    int Accepted,
    int AcceptedAndSent,
    int Crashes,
    int LostAnswers,
    int StoreUnknown,
    int StoreUnavailable,
    IReadOnlyList<Violation> Violations
)
{
    /// <summary>Both worlds together.</summary>
    public LiveResult Plus(LiveResult other) =>
        new(
            Planned + other.Planned,
            OnFile
                .Concat(other.OnFile)
                .GroupBy(s => s.Key, s => s.Value, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Sum(), StringComparer.Ordinal),
            Accepted + other.Accepted,
            AcceptedAndSent + other.AcceptedAndSent,
            Crashes + other.Crashes,
            LostAnswers + other.LostAnswers,
            StoreUnknown + other.StoreUnknown,
            StoreUnavailable + other.StoreUnavailable,
            [.. Violations, .. other.Violations]
        );

    public override string ToString() =>
        $"{Planned} planned: {string.Join(", ", OnFile.Select(s => $"{s.Key} {s.Value}"))}; {Accepted} accepted, {AcceptedAndSent} of them on file as Sent; "
        + $"{Crashes} crashes, {LostAnswers} lost answers at the ports, {StoreUnknown} unknown and {StoreUnavailable} refused by the store; {Violations.Count} violations";
}

/// <summary>Lives through a world on a real store and has the history checked by the same checker that judges the simulated ones.</summary>
public static class LiveRun
{
    /// <param name="store">Empty; with whatever lies on the way to it.</param>
    /// <param name="truth">The same rows by a way on which nothing goes wrong.</param>
    /// <param name="calm">Stops the faults on the way to the store.</param>
    /// <param name="settled">Waits until nothing is on its way to the store any more that was when it is called.</param>
    public static async Task<LiveResult> RunAsync(
        LiveOptions options,
        IRowStore store,
        IRowStore truth,
        Action? calm = null,
        Func<Task>? settled = null
    )
    {
        var world = new LiveWorld(options, store, truth, settled ?? (() => Task.CompletedTask));
        await world.RunAsync(calm ?? (() => { }));
        var checker = new HistoryChecker(SimShop.Settings, clocksHold: true);
        foreach (var happened in world.History.Events)
        {
            checker.Read(happened);
        }

        var touches = await TouchesAsync(world.Store, truth);
        var open = await OpenAsync(world.Store, truth);
        checker.Finish(world.Clock.GetUtcNow(), touches, open);
        var judge = new ProtocolJudge(SimShop.Settings, World.Secret, clocksHold: true);
        foreach (var happened in world.History.Events)
        {
            judge.Read(happened);
        }

        judge.Finish(world.Clock.GetUtcNow(), touches, open);
        return new LiveResult(
            checker.Touches,
            touches.Values.CountBy(t => t.Text("state")).OrderBy(s => s.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal),
            world.Provider.Accepted,
            checker.AcceptedAndSent,
            world.Faults.Crashes,
            world.Faults.LostAnswers,
            world.Store.Unknown,
            world.Store.Unavailable,
            [.. checker.Violations, .. judge.Violations]
        );
    }

    private static async Task<Dictionary<string, PropertyBag>> TouchesAsync(ObservedStore observed, IRowStore truth)
    {
        var touches = new Dictionary<string, PropertyBag>(StringComparer.Ordinal);
        foreach (var partition in observed.Partitions.Where(p => p.Table == StoreTable.Customers))
        {
            await foreach (var row in truth.ReadAllAsync(partition, RowRange.Prefix("touch|")))
            {
                touches[$"{partition.Key}.{row.Key["touch|".Length..]}"] = row.Properties;
            }
        }

        return touches;
    }

    private static async Task<HashSet<string>> OpenAsync(ObservedStore observed, IRowStore truth)
    {
        var open = new HashSet<string>(StringComparer.Ordinal);
        foreach (var partition in observed.Partitions.Where(p => p.Table == StoreTable.OpenWork))
        {
            await foreach (var row in truth.ReadAllAsync(partition, RowRange.All))
            {
                open.Add(row.Key);
            }
        }

        return open;
    }
}
