using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Worlds;

/// <summary>Names the places where a process may die: what it is busy with, and which call of a port, told by what it writes.</summary>
internal static class CrashPoints
{
    /// <summary>
    /// Every point at which production code passes a port in these worlds; each must be struck before, with its answer lost, and after.
    /// A point that is not listed fails the build: print the list with <c>--points</c> and put it here, once it is covered.
    /// </summary>
    public static IReadOnlyList<string> Listed { get; } =
    [
        "audit > store.commit CampaignLog",
        "audit > store.read CampaignLog",
        "audit > store.read CustomerIndex",
        "audit > store.read Customers",
        "audit > store.read OpenWork",
        "command > store.commit Campaigns",
        "command > store.read Campaigns",
        "evidence > store.commit Addresses",
        "evidence > store.commit Control",
        "evidence > store.commit Customers",
        "evidence > store.commit Customers (Sent)",
        "evidence > store.commit OpenWork (remove)",
        "evidence > store.read Addresses",
        "evidence > store.read Control",
        "evidence > store.read Customers",
        "news > store.commit Customers",
        "news > store.read Customers",
        "order > store.commit Control",
        "order > store.commit Customers",
        "order > store.commit Due",
        "order > store.commit Due (remove)",
        "order > store.read Campaigns",
        "order > store.read Customers",
        "preferences > store.commit Addresses",
        "preferences > store.commit Customers",
        "preferences > store.read Addresses",
        "preferences > store.read Customers",
        "review > queue.enqueue",
        "review > store.commit CampaignLog",
        "review > store.commit Control",
        "review > store.commit Customers",
        "review > store.commit Customers (Planned)",
        "review > store.commit Due",
        "review > store.commit Due (remove)",
        "review > store.commit OpenWork",
        "review > store.read Addresses",
        "review > store.read Campaigns",
        "review > store.read Control",
        "review > store.read CustomerIndex",
        "review > store.read Customers",
        "review > store.read Due",
        "run > queue.complete",
        "run > queue.enqueue",
        "run > store.commit CampaignLog",
        "run > store.commit Control",
        "run > store.commit Control (remove)",
        "run > store.commit Customers",
        "run > store.commit Customers (Planned)",
        "run > store.commit Customers (Sent)",
        "run > store.commit Customers (Unknown)",
        "run > store.commit Due",
        "run > store.commit Due (remove)",
        "run > store.commit OpenWork",
        "run > store.commit OpenWork (remove)",
        "run > store.read Addresses",
        "run > store.read CampaignLog",
        "run > store.read Campaigns",
        "run > store.read Control",
        "run > store.read CustomerIndex",
        "run > store.read Customers",
        "run > store.read Due",
        "run > store.read OpenWork",
        "send > queue.complete",
        "send > queue.enqueue",
        "send > sender.send",
        "send > store.commit Addresses",
        "send > store.commit Control",
        "send > store.commit Customers (Expired)",
        "send > store.commit Customers (Planned)",
        "send > store.commit Customers (Refused)",
        "send > store.commit Customers (Sending)",
        "send > store.commit Customers (Sent)",
        "send > store.commit Customers (Skipped)",
        "send > store.commit Customers (Unknown)",
        "send > store.commit OpenWork (remove)",
        "send > store.read Addresses",
        "send > store.read Campaigns",
        "send > store.read Control",
        "send > store.read Customers",
        "sweep > queue.enqueue",
        "sweep > store.commit Control",
        "sweep > store.commit Customers (Planned)",
        "sweep > store.commit Customers (Sent)",
        "sweep > store.commit Customers (Unknown)",
        "sweep > store.commit OpenWork (remove)",
        "sweep > store.read Control",
        "sweep > store.read Customers",
        "sweep > store.read OpenWork",
        "timer > queue.enqueue",
        "timer > store.commit Control",
        "timer > store.read Control",
    ];

    /// <summary>Points that are passed too seldom to be struck in every way in one run: repairs of what hardly ever breaks.</summary>
    public static IReadOnlyList<string> Seldom { get; } =
    [
        "audit > store.commit Control",
        "audit > store.commit OpenWork",
        "audit > store.read Control",
        "run > store.commit Addresses",
        "run > store.commit Customers (Expired)",
        "send > store.commit Customers (Parked)",
        "sweep > store.commit Addresses",
        "sweep > store.commit Customers (Expired)",
        "sweep > store.read Addresses",
        "timer > store.commit Control (remove)",
    ];

    /// <summary>The state a touch is written in, where a commit writes one.</summary>
    public static string Describe(PartitionId partition, IReadOnlyList<RowWrite> writes) =>
        partition.Table == StoreTable.Customers
        && writes.FirstOrDefault(w => w.Key.StartsWith("touch|", StringComparison.Ordinal)) is { Properties: { } touch }
            ? $" ({touch.Text("state")})"
        : writes[0].Properties is null ? " (remove)"
        : "";
}
