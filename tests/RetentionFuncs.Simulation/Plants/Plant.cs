using RetentionFuncs.Messages;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Plants;

/// <summary>
/// A fault planted to see whether the checker finds it. It wraps the ports that a process works with; the production code is the
/// same with and without it.
/// </summary>
/// <param name="Name">For the command line.</param>
/// <param name="Breaks">A rule that it must be caught breaking.</param>
public abstract record Plant(string Name, Histories.Rule Breaks)
{
    public static IReadOnlyList<Plant> All { get; } =
    [
        new ClaimWithoutVersion(),
        new AssumedClaim(),
        new DeafAddress(),
        new SlotWithoutVersion(),
        new RepeatedCall(),
        new SettledFirst(),
        new SentBackBySweep(),
    ];

    public static Plant? ByName(string name) => All.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.Ordinal));

    public virtual IRowStore Around(IRowStore store) => store;

    public virtual IMessageSender Around(IMessageSender sender, IRowStore store, TimeProvider clock) => sender;

    /// <summary>What a sweeping process does besides sweeping.</summary>
    public virtual ValueTask AfterSweepAsync(IRowStore store, TimeProvider clock) => ValueTask.CompletedTask;
}
