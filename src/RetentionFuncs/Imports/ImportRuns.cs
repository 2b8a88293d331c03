using RetentionFuncs.Storage;

namespace RetentionFuncs.Imports;

/// <summary>The runs, kept in one partition; the counts and reasons only, never a customer's data.</summary>
public sealed class ImportRuns(IRowStore store)
{
    private const int Tries = 3;

    private static readonly PartitionId Partition = new(StoreTable.Imports, "runs");

    public async ValueTask<ImportRun?> FindAsync(string id) =>
        await store.ReadRowAsync(Partition, id) is { } row ? ImportRun.Of(id, row.Properties) : null;

    /// <summary>All runs, by kind and hash.</summary>
    public async IAsyncEnumerable<ImportRun> AllAsync()
    {
        await foreach (var row in store.ReadAllAsync(Partition, RowRange.All))
        {
            yield return ImportRun.Of(row.Key, row.Properties);
        }
    }

    /// <summary>Writes the run as it now is. Two imports of one file at once write the same facts, so the last writer may win.</summary>
    /// <exception cref="StoreUnavailableException">Not written, as far as is known.</exception>
    public async ValueTask WriteAsync(ImportRun run)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (await store.CommitAsync(Partition, [new RowWrite(run.Id, Expectation.Any, run.ToRow())]) is CommitResult.Applied)
            {
                return;
            }
        }

        throw new StoreUnavailableException($"The import run {run.Id} could not be written.");
    }
}
