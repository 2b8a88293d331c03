using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Worlds;

/// <summary>Names the places where a process may die: what it is busy with, and which call of a port, told by what it writes.</summary>
internal static class CrashPoints
{
    /// <summary>The state a touch is written in, where a commit writes one.</summary>
    public static string Describe(PartitionId partition, IReadOnlyList<RowWrite> writes) =>
        partition.Table == StoreTable.Customers
        && writes.FirstOrDefault(w => w.Key.StartsWith("touch|", StringComparison.Ordinal)) is { Properties: { } touch }
            ? $" ({touch.Text("state")})"
        : writes[0].Properties is null ? " (remove)"
        : "";
}
