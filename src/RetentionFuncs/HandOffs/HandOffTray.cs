using RetentionFuncs.Customers;
using RetentionFuncs.Storage;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.HandOffs;

/// <summary>The references that were handed off and are in no list yet, and the lists made of them. Ids only, nothing personal.</summary>
public sealed class HandOffTray(IRowStore store)
{
    /// <summary>References moved at once; the list's head goes with them.</summary>
    private const int Lot = RowLimits.CommitRows - 1;

    private readonly BatchRows _batches = new(store);

    /// <returns>False: the store did not confirm; it may be there.</returns>
    public async ValueTask<bool> TryPutAsync(Channel channel, TouchRef touch, string attempt)
    {
        var write = new RowWrite(touch.ToString(), Expectation.Any, new PropertyBag().Set("attemptId", attempt));
        return await store.CommitAsync(TrayOf(channel), [write]) is CommitResult.Applied;
    }

    public async ValueTask<bool> HoldsAsync(Channel channel, TouchRef touch, string attempt) =>
        (await store.ReadRowAsync(TrayOf(channel), touch.ToString()))?.Properties.TextOrNull("attemptId") == attempt;

    public async ValueTask<int> CountAsync(Channel channel)
    {
        var count = 0;
        await foreach (var _ in store.ReadAllAsync(TrayOf(channel), RowRange.All))
        {
            count++;
        }

        return count;
    }

    /// <summary>The first references in the tray, as many as are moved at once; none only when it is empty.</summary>
    internal async ValueTask<IReadOnlyList<StoredRow>> FirstAsync(Channel channel)
    {
        for (RowRange? next = RowRange.All; next is { } range; )
        {
            var page = await store.ReadAsync(TrayOf(channel), range, Lot);
            if (page.Rows.Count > 0)
            {
                return page.Rows;
            }

            next = page.Rest;
        }

        return [];
    }

    /// <summary>What is in a list leaves the tray; it is written there first, so that a crash shows it twice and loses none.</summary>
    internal ValueTask TakeOutAsync(Channel channel, IReadOnlyList<StoredRow> rows) =>
        store.WriteAnyAsync(TrayOf(channel), [.. rows.Select(r => new RowWrite(r.Key, Expectation.Any, null))]);

    /// <summary>The references of one batch, in order.</summary>
    public async IAsyncEnumerable<TouchRef> ItemsAsync(string batch)
    {
        await foreach (var row in _batches.ItemsAsync(batch))
        {
            if (TouchRef.TryParse(row.Key, out var touch))
            {
                yield return touch;
            }
        }
    }

    internal async ValueTask<bool> IsInAsync(string batch, TouchRef touch, string attempt) =>
        (await _batches.ItemAsync(batch, touch.ToString()))?.Properties.TextOrNull("attemptId") == attempt;

    /// <summary>All batches, oldest first; one that is not closed is still being made.</summary>
    public ValueTask<IReadOnlyList<HandOffBatch>> BatchesAsync() => _batches.ReadAsync();

    /// <summary>A finished list; null when there is none of that name.</summary>
    public async ValueTask<HandOffBatch?> ListAsync(string id) =>
        (await _batches.ReadAsync()).FirstOrDefault(b => b.IsClosed && string.Equals(b.Id, id, StringComparison.Ordinal));

    private static PartitionId TrayOf(Channel channel) => new(StoreTable.Control, $"handoff-tray|{HandOffBatch.Word(channel)}");
}
