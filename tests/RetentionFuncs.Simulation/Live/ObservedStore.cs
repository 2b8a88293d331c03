using System.Collections.Concurrent;
using RetentionFuncs.Simulation.Histories;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Live;

/// <summary>
/// Writes down every commit that took effect, in the order in which it did: one commit or reading of a partition at a time. When the
/// answer of a commit was lost, what is on file afterwards tells.
/// </summary>
/// <param name="store">The store under test, with whatever lies on the way to it.</param>
/// <param name="truth">The same rows by a way on which nothing goes wrong.</param>
/// <param name="settled">Waits until nothing is on its way to the store any more that was when it is called.</param>
public sealed class ObservedStore(IRowStore store, IRowStore truth, LiveHistory history, Func<Task> settled) : IRowStore
{
    private readonly ConcurrentDictionary<PartitionId, SemaphoreSlim> _turns = new();
    private int _unknown;
    private int _unavailable;

    /// <summary>Every partition that was ever written to.</summary>
    public IEnumerable<PartitionId> Partitions => _turns.Keys;

    /// <summary>Commits whose answer the store itself lost.</summary>
    public int Unknown => _unknown;

    /// <summary>Calls that the store itself refused.</summary>
    public int Unavailable => _unavailable;

    public async ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = 1000)
    {
        var turn = await TakeTurnAsync(partition);
        try
        {
            return await store.ReadAsync(partition, range, limit);
        }
        catch (StoreUnavailableException)
        {
            Interlocked.Increment(ref _unavailable);
            throw;
        }
        finally
        {
            turn?.Release();
        }
    }

    public async ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        RowWrite[] kept = [.. writes.Select(w => w with { Properties = w.Properties?.Copy() })];
        var turn = await TakeTurnAsync(partition);
        try
        {
            var result = await store.CommitAsync(partition, writes);
            if (result is CommitResult.Applied || (result is CommitResult.Unknown && await TookEffectAsync(partition, kept)))
            {
                Note(partition, kept);
            }

            return result;
        }
        catch (StoreUnavailableException)
        {
            Interlocked.Increment(ref _unavailable);
            throw;
        }
        finally
        {
            turn?.Release();
        }
    }

    private async ValueTask<SemaphoreSlim?> TakeTurnAsync(PartitionId partition)
    {
        var turn = _turns.GetOrAdd(partition, _ => new SemaphoreSlim(1));
        if (!IsTold(partition))
        {
            return null;
        }

        await turn.WaitAsync();
        return turn;
    }

    private async ValueTask<bool> TookEffectAsync(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        Interlocked.Increment(ref _unknown);
        await settled();
        foreach (var write in writes)
        {
            var row = await truth.ReadRowAsync(partition, write.Key);
            if (row is null ? write.Properties is not null : write.Properties is null || !Same(row.Properties, write.Properties))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Same(PropertyBag left, PropertyBag right) =>
        left.Entries.Count == right.Entries.Count
        && left.Entries.ToDictionary(StringComparer.Ordinal) is var known
        && right.Entries.All(e => known.TryGetValue(e.Key, out var value) && value.Equals(e.Value));

    private void Note(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        if (IsTold(partition))
        {
            history.Add(at => new HistoryEvent.Committed(at, partition, writes));
        }
    }

    /// <summary>The tables a checker reads; the others take no turns.</summary>
    private static bool IsTold(PartitionId partition) =>
        partition.Table is StoreTable.Customers or StoreTable.Addresses or StoreTable.Campaigns;
}
