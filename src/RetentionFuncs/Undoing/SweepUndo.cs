using RetentionFuncs.Customers;
using RetentionFuncs.Imports;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Undoing;

/// <summary>Removes, thirty days after an import has ended, what was kept to undo it.</summary>
public sealed class SweepUndo(IRowStore store, TimeProvider clock)
{
    /// <summary>Rows of the list gone through in one call, a thousand customers each.</summary>
    private const int MostRows = 20;

    private readonly ImportRuns _runs = new(store);
    private readonly UndoReferences _references = new(store);

    /// <returns>How many customers, products and addresses were looked at; 0 when there is nothing left to do.</returns>
    public async ValueTask<int> RunAsync()
    {
        var (now, looked) = (clock.GetUtcNow(), 0);
        var old = new List<ImportRun>();
        await foreach (var run in _runs.AllAsync())
        {
            if (!run.IsSwept && run.EndedAt + UndoTrail.Kept <= now)
            {
                old.Add(run);
            }
        }

        var rows = MostRows;
        foreach (var run in old)
        {
            foreach (var name in run.UndoNames)
            {
                await foreach (var (row, keys) in _references.ReadAsync(name))
                {
                    if (rows-- == 0)
                    {
                        return looked;
                    }

                    await SideBySide.ForEachAsync(keys.ToAsyncEnumerable(), 32, key => ForgetAsync(run.Kind, name, key));
                    await _references.RemoveAsync(name, row);
                    looked += keys.Count;
                }
            }

            await _runs.WriteAsync(run with { IsSwept = true });
        }

        return looked;
    }

    private async ValueTask ForgetAsync(string kind, string name, string key)
    {
        if (kind == ImportKinds.Suppressions)
        {
            return;
        }

        if (kind == ImportKinds.Products)
        {
            await ProductRows.ForgetUndoAsync(store, key, name);
            return;
        }

        var partition = CustomerPartition.IdOf(new CustomerKey(key));
        var rows = new List<RowWrite>();
        await foreach (var row in store.ReadAllAsync(partition, RowRange.Prefix(UndoTrail.PrefixOf(name))))
        {
            rows.Add(new RowWrite(row.Key, Expectation.Any, null));
        }

        foreach (var part in rows.Chunk(RowLimits.CommitRows))
        {
            await store.WriteAnyAsync(partition, part);
        }
    }
}
