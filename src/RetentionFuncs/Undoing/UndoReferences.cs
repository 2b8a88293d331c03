using RetentionFuncs.Storage;

namespace RetentionFuncs.Undoing;

/// <summary>
/// Whom an import may have changed, by keys only: written before it changes them, a thousand keys a row. An undo and the sweep go by
/// this list; a key at which nothing was changed costs them a look.
/// </summary>
public sealed class UndoReferences(IRowStore store)
{
    private const int KeysPerRow = 1000;

    /// <param name="keys">In order, each once.</param>
    public async ValueTask AddAsync(string run, IEnumerable<string> keys)
    {
        foreach (var part in keys.Chunk(KeysPerRow))
        {
            await store.PutAnyAsync(PartitionOf(run), part[0], new PropertyBag().Set("keys", string.Join(' ', part)));
        }
    }

    /// <summary>The rows of keys, in the order of their keys.</summary>
    public async IAsyncEnumerable<(string Row, IReadOnlyList<string> Keys)> ReadAsync(string run)
    {
        await foreach (var row in store.ReadAllAsync(PartitionOf(run), RowRange.All))
        {
            yield return (row.Key, row.Properties.Text("keys").Split(' '));
        }
    }

    public ValueTask RemoveAsync(string run, string row) => store.DeleteAnyAsync(PartitionOf(run), row);

    private static PartitionId PartitionOf(string run) => new(StoreTable.Imports, "undo|" + run);
}
