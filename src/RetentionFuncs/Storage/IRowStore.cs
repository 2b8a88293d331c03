namespace RetentionFuncs.Storage;

/// <summary>
/// The one store port: ordered rows in partitions, read by range, committed conditionally. It is asked nothing that Azure Table
/// Storage cannot answer well. Rows within a partition are ordered by the ordinal order of their keys.
/// </summary>
public interface IRowStore
{
    /// <summary>Reads rows of one partition in key order.</summary>
    /// <param name="limit">1 to 1,000 rows; a page may hold fewer, even none, while <see cref="RowPage.Rest"/> says there is more.</param>
    /// <exception cref="StoreUnavailableException">The store could not answer; nothing is known.</exception>
    ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000);

    /// <summary>
    /// Applies 1 to 100 writes to one partition, all or nothing, each only if its expectation holds. A row may be named once.
    /// Deleting an absent row with <see cref="Expectation.Any"/> is done, not a conflict.
    /// </summary>
    /// <returns>Applied, Conflict with the first row whose expectation failed, or Unknown when the answer was lost: read back to settle it.</returns>
    ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes);
}

/// <summary>The state a row was read in; compared for equality only, never ordered.</summary>
public readonly record struct RowVersion(string Token);

public sealed record StoredRow(string Key, RowVersion Version, PropertyBag Properties);

/// <summary>Row keys from <paramref name="From"/> (included) to <paramref name="To"/> (excluded; null = no end).</summary>
public readonly record struct RowRange(string From, string? To)
{
    public static RowRange All => new("", null);

    /// <summary>All keys that begin with <paramref name="prefix"/>.</summary>
    public static RowRange Prefix(string prefix) => new(prefix, prefix[..^1] + (char)(prefix[^1] + 1));

    /// <summary>Exactly one key.</summary>
    public static RowRange Single(string key) => new(key, key + "\u0001");
}

/// <param name="Rest">The range still to read, or null when the range is exhausted.</param>
public sealed record RowPage(IReadOnlyList<StoredRow> Rows, RowRange? Rest);

/// <summary>What must be true of a row for a write to apply.</summary>
public readonly record struct Expectation
{
    private Expectation(ExpectationKind kind, RowVersion version) => (Kind, Version) = (kind, version);

    public ExpectationKind Kind { get; }

    /// <summary>Meaningful for <see cref="ExpectationKind.Version"/> only.</summary>
    public RowVersion Version { get; }

    /// <summary>The row does not exist.</summary>
    public static Expectation Absent => new(ExpectationKind.Absent, default);

    /// <summary>The row may be in any state, or absent.</summary>
    public static Expectation Any => new(ExpectationKind.Any, default);

    /// <summary>The row exists in exactly this version.</summary>
    public static Expectation At(RowVersion version) => new(ExpectationKind.Version, version);
}

public enum ExpectationKind
{
    Absent,
    Any,
    Version,
}

/// <param name="Properties">The whole new row, or null to delete it.</param>
public sealed record RowWrite(string Key, Expectation Expect, PropertyBag? Properties);

public abstract record CommitResult
{
    private CommitResult() { }

    /// <param name="Versions">The new version of each write, in order; default for a delete.</param>
    public sealed record Applied(IReadOnlyList<RowVersion> Versions) : CommitResult;

    /// <summary>Nothing was applied: this row was not as expected.</summary>
    public sealed record Conflict(string RowKey) : CommitResult;

    /// <summary>Applied or not, the answer was lost.</summary>
    public sealed record Unknown(string Reason) : CommitResult;
}

/// <summary>The store did not answer a read, or refused it for reasons outside the product.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
