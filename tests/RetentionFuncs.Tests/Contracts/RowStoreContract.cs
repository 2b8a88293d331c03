using RetentionFuncs.Storage;

namespace RetentionFuncs.Tests.Contracts;

/// <summary>
/// What every row store does. A subclass opens an empty store; each fact gets its own. No fact starts a thread, so that a store that
/// lives on one scheduler can be held to it too.
/// </summary>
public abstract partial class RowStoreContract : IAsyncLifetime
{
    protected static readonly PartitionId Home = new(StoreTable.Customers, "c1");

    protected IRowStore Store { get; private set; } = null!;

    /// <summary>Opens an empty store.</summary>
    protected abstract ValueTask<IRowStore> OpenAsync();

    /// <summary>Lets go of what <see cref="OpenAsync"/> opened.</summary>
    protected virtual ValueTask CloseAsync() => ValueTask.CompletedTask;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public async Task DisposeAsync() => await CloseAsync();

    protected static PropertyBag Note(string text) => new PropertyBag().Set("note", text);

    protected static RowWrite Insert(string key, string note = "new") => new(key, Expectation.Absent, Note(note));

    protected async Task<IReadOnlyList<RowVersion>> Applied(PartitionId partition, params RowWrite[] writes)
    {
        var result = await Store.CommitAsync(partition, writes);
        return result.ShouldBeOfType<CommitResult.Applied>().Versions;
    }

    protected async Task Conflicts(PartitionId partition, string row, params RowWrite[] writes)
    {
        var result = await Store.CommitAsync(partition, writes);
        result.ShouldBeOfType<CommitResult.Conflict>().RowKey.ShouldBe(row);
    }

    protected async Task<List<StoredRow>> All(PartitionId partition, RowRange range)
    {
        var rows = new List<StoredRow>();
        await foreach (var row in Store.ReadAllAsync(partition, range))
        {
            rows.Add(row);
        }

        return rows;
    }

    protected async Task<string[]> Keys(PartitionId partition, RowRange range) => [.. (await All(partition, range)).Select(r => r.Key)];

    protected async Task<string?> NoteOf(PartitionId partition, string key) =>
        (await Store.ReadRowAsync(partition, key))?.Properties.TextOrNull("note");

    protected async Task Refuses(PartitionId partition, string because, params RowWrite[] writes)
    {
        var refusal = await Should.ThrowAsync<ArgumentException>(async () => await Store.CommitAsync(partition, writes));
        refusal.Message.ShouldContain(because);
    }
}
