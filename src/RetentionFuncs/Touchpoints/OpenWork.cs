using RetentionFuncs.Storage;

namespace RetentionFuncs.Touchpoints;

/// <summary>
/// The index of touchpoints that are not finished: planned, sending, unknown, or sent and unconfirmed; by the day they were planned
/// (UTC) and shard. Added before the touchpoint row, removed after it is finished, and verified against it by the sweep.
/// </summary>
public sealed class OpenWork(IRowStore store)
{
    public const string CursorName = "open-work";

    public ValueTask AddAsync(Touchpoint touch) => AddAsync([touch]);

    /// <summary>Adds those of one review, 100 at a time: mostly they are of one customer and day, and one write.</summary>
    public async ValueTask AddAsync(IReadOnlyList<Touchpoint> touches)
    {
        foreach (var day in touches.GroupBy(PartitionOf))
        {
            foreach (var part in day.Chunk(RowLimits.CommitRows))
            {
                await store.WriteAnyAsync(
                    day.Key,
                    [.. part.Select(t => new RowWrite(t.Reference.ToString(), Expectation.Any, new PropertyBag()))]
                );
            }
        }
    }

    public async ValueTask<bool> HoldsAsync(Touchpoint touch) =>
        await store.ReadRowAsync(PartitionOf(touch), touch.Reference.ToString()) is not null;

    public ValueTask RemoveAsync(Touchpoint touch) => RemoveAsync(DayOf(touch), touch.Reference);

    public ValueTask RemoveAsync(DateOnly day, TouchRef reference) =>
        store.DeleteAnyAsync(new PartitionId(StoreTable.OpenWork, Shards.Key(day, Shards.Of(reference.Customer))), reference.ToString());

    /// <summary>Those of one day and shard in order, behind <paramref name="after"/>.</summary>
    public async IAsyncEnumerable<TouchRef> ReadAsync(DateOnly day, string shard, string after = "")
    {
        var range = after.Length == 0 ? RowRange.All : new RowRange(after + "\u0001", null);
        await foreach (var row in store.ReadAllAsync(new PartitionId(StoreTable.OpenWork, Shards.Key(day, shard)), range))
        {
            if (TouchRef.TryParse(row.Key, out var reference))
            {
                yield return reference;
            }
        }
    }

    private static PartitionId PartitionOf(Touchpoint touch) =>
        new(StoreTable.OpenWork, Shards.Key(DayOf(touch), Shards.Of(touch.Customer)));

    /// <summary>The day under which a touchpoint is listed.</summary>
    public static DateOnly DayOf(Touchpoint touch) => DateOnly.FromDateTime(touch.PlannedAt.UtcDateTime);
}
