namespace RetentionFuncs.Simulation.Ports;

/// <summary>What a store was asked to do.</summary>
public sealed class StoreWork
{
    /// <summary>Pages read; one page is one round trip.</summary>
    public int Reads { get; set; }

    public int RowsRead { get; set; }

    /// <summary>Commits tried, whether applied or in conflict; one commit is one round trip.</summary>
    public int Commits { get; set; }

    public int Conflicts { get; set; }

    /// <summary>Rows written or deleted by applied commits.</summary>
    public int RowsWritten { get; set; }

    /// <summary>Reads and commits together.</summary>
    public int RoundTrips => Reads + Commits;

    internal void Reset() => Reads = RowsRead = Commits = Conflicts = RowsWritten = 0;

    internal static StoreWork Sum(IReadOnlyCollection<StoreWork> parts) =>
        new()
        {
            Reads = parts.Sum(p => p.Reads),
            RowsRead = parts.Sum(p => p.RowsRead),
            Commits = parts.Sum(p => p.Commits),
            Conflicts = parts.Sum(p => p.Conflicts),
            RowsWritten = parts.Sum(p => p.RowsWritten),
        };
}
