using System.Globalization;
using System.Text.Json;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Embedded.Stores;

/// <summary>The row store in <c>retention.db</c>: one SQL table for each <see cref="StoreTable"/>, one JSON body for each row.</summary>
public sealed class SqliteRowStore(SqliteDatabase database) : IGroupingRowStore
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A partition key that breaks <see cref="RowLimits"/>, or a limit outside 1 to 1,000.</exception>
    public ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = RowLimits.PageRows)
    {
        RowLimits.CheckKey(partition.Key, "partition key");
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, RowLimits.PageRows);
        var reading = database.Committer.ReadAsync<PageRead, RawPage>(new PageRead(partition, range, limit));
        return reading.IsCompletedSuccessfully
            ? new ValueTask<RowPage>(Decode(partition, range, reading.Result))
            : FinishAsync(reading, partition, range);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The commit breaks <see cref="RowLimits"/>.</exception>
    public ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes) => Commit(partition, writes, false);

    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitClaimAsync(PartitionId partition, IReadOnlyList<RowWrite> writes) =>
        Commit(partition, writes, true);

    private ValueTask<CommitResult> Commit(PartitionId partition, IReadOnlyList<RowWrite> writes, bool isClaim)
    {
        RowLimits.Check(partition, writes);
        var work = new CommitWork(partition, writes, isClaim);
        database.Committer.Post(work);
        return new ValueTask<CommitResult>(work.Answer);
    }

    private static async ValueTask<RowPage> FinishAsync(ValueTask<RawPage> reading, PartitionId partition, RowRange range) =>
        Decode(partition, range, await reading);

    private static RowPage Decode(PartitionId partition, RowRange range, RawPage page)
    {
        var rows = new StoredRow[page.Rows.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            var (key, version, body) = page.Rows[i];
            rows[i] = new StoredRow(key, new RowVersion(version.ToString(CultureInfo.InvariantCulture)), BagOf(partition, key, body));
        }

        // The next key in order that can exist: no key holds a character this low.
        return new RowPage(rows, page.More ? range with { From = rows[^1].Key + "\u0001" } : null);
    }

    private static PropertyBag BagOf(PartitionId partition, string key, byte[] body)
    {
        try
        {
            return BagJson.Read(body);
        }
        catch (JsonException fault)
        {
            throw new StoreUnavailableException(
                $"The body of row '{key}' of {partition} in retention.db is damaged: {fault.Message}",
                fault
            );
        }
    }
}
