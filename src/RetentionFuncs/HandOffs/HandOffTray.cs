using RetentionFuncs.Customers;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.HandOffs;

/// <summary>The references that were handed off and are in no list yet, and the lists made of them. Ids only, nothing personal.</summary>
public sealed class HandOffTray(IRowStore store)
{
    private static readonly PartitionId Batches = new(StoreTable.Control, "handoff-batches");

    /// <returns>False: the store did not confirm; it may be there.</returns>
    public async ValueTask<bool> TryPutAsync(Channel channel, TouchRef touch, string attempt)
    {
        var write = new RowWrite(touch.ToString(), Expectation.Any, new PropertyBag().Set("attemptId", attempt));
        return await store.CommitAsync(TrayOf(channel), [write]) is CommitResult.Applied;
    }

    public async ValueTask<bool> HoldsAsync(Channel channel, TouchRef touch, string attempt) =>
        (await store.ReadRowAsync(TrayOf(channel), touch.ToString()))?.Properties.TextOrNull("attemptId") == attempt;

    /// <summary>The first hundred references in the tray.</summary>
    internal async ValueTask<IReadOnlyList<StoredRow>> FirstAsync(Channel channel) =>
        (await store.ReadAsync(TrayOf(channel), RowRange.All, RowLimits.CommitRows)).Rows;

    public async ValueTask<int> CountAsync(Channel channel)
    {
        var count = 0;
        await foreach (var _ in store.ReadAllAsync(TrayOf(channel), RowRange.All))
        {
            count++;
        }

        return count;
    }

    /// <summary>Moves references into a batch: written there before they leave the tray, so that a crash shows them twice and loses none.</summary>
    internal async ValueTask MoveAsync(string batch, Channel channel, IReadOnlyList<StoredRow> rows)
    {
        await store.WriteAnyAsync(ItemsOf(batch), [.. rows.Select(r => new RowWrite(r.Key, Expectation.Any, r.Properties))]);
        await store.WriteAnyAsync(TrayOf(channel), [.. rows.Select(r => new RowWrite(r.Key, Expectation.Any, null))]);
    }

    /// <summary>The references of one batch, in order.</summary>
    public async IAsyncEnumerable<TouchRef> ItemsAsync(string batch)
    {
        await foreach (var row in store.ReadAllAsync(ItemsOf(batch), RowRange.All))
        {
            if (TouchRef.TryParse(row.Key, out var touch))
            {
                yield return touch;
            }
        }
    }

    internal async ValueTask<bool> IsInAsync(string batch, TouchRef touch, string attempt) =>
        (await store.ReadRowAsync(ItemsOf(batch), touch.ToString()))?.Properties.TextOrNull("attemptId") == attempt;

    /// <summary>All batches, oldest first.</summary>
    public async IAsyncEnumerable<HandOffBatch> BatchesAsync()
    {
        await foreach (var row in store.ReadAllAsync(Batches, RowRange.All))
        {
            yield return HandOffBatch.Read(row.Key, row.Properties);
        }
    }

    /// <returns>False when a batch of that name is there already.</returns>
    internal async ValueTask<bool> TryBeginAsync(HandOffBatch batch) =>
        await store.CommitAsync(Batches, [new RowWrite(batch.Id, Expectation.Absent, batch.ToBag())]) is CommitResult.Applied;

    internal ValueTask CloseAsync(HandOffBatch batch) => store.PutAnyAsync(Batches, batch.Id, batch.ToBag());

    private static PartitionId TrayOf(Channel channel) => new(StoreTable.Control, $"handoff-tray|{HandOffBatch.Word(channel)}");

    private static PartitionId ItemsOf(string batch) => new(StoreTable.Control, $"handoff-batch|{batch}");
}
