using RetentionFuncs.Customers;

namespace RetentionFuncs.Undoing;

/// <summary>The import for which what stood before is kept.</summary>
/// <param name="Run">Its short name; stands in row keys.</param>
/// <param name="At">The moment at which its facts count as known.</param>
public sealed record UndoTrail(string Run, DateTimeOffset At)
{
    /// <summary>How long what stood before is kept after an import has ended.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Begins the keys of all such rows of a partition.</summary>
    public const string Prefix = CustomerPartition.FactPrefix + "undo|";

    public static string PrefixOf(string run) => $"{Prefix}{run}|";
}
