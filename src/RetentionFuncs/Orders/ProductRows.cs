using System.Globalization;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;
using RetentionFuncs.Undoing;

namespace RetentionFuncs.Orders;

/// <summary>The range of goods, one row a product under the key of its sku.</summary>
public sealed class ProductRows(IRowStore store)
{
    private sealed record Answer(Recorded Kind);

    /// <param name="trail">The import that tells of it, so that it can be undone; null: nothing is kept.</param>
    public async ValueTask<Recorded> PutAsync(Product product, UndoTrail? trail = null) =>
        (
            await ContendedCommit.UntilAppliedAsync(async () =>
            {
                var (partition, key) = PlaceOf(product.Sku);
                var row = await store.ReadRowAsync(partition, key);
                if (row is not null && Read(row.Properties) == product)
                {
                    return new Answer(Recorded.Unchanged);
                }

                var expect = row is null ? Expectation.Absent : Expectation.At(row.Version);
                var notes = UndoNotes.For(trail);
                notes?.Note(key, row?.Properties, ToBag(product));
                var writes = notes?.Writes().Prepend(new RowWrite(key, expect, ToBag(product)));
                return
                    await store.CommitAsync(partition, writes?.ToArray() ?? [new RowWrite(key, expect, ToBag(product))])
                    is CommitResult.Applied
                    ? new Answer(row is null ? Recorded.New : Recorded.Changed)
                    : null;
            })
        ).Kind;

    public async ValueTask<Product?> FindAsync(string sku)
    {
        var (partition, key) = PlaceOf(sku);
        return await store.ReadRowAsync(partition, key) is { } row ? Read(row.Properties) : null;
    }

    /// <summary>Takes back what an import did to one product; what is done is marked, so that it may be asked again.</summary>
    internal async ValueTask<UndoAccount> UndoAsync(string key, string run, DateTimeOffset now)
    {
        var account = UndoAccount.None;
        foreach (var note in UndoKeys(key, run))
        {
            account = account.Plus((await ContendedCommit.UntilAppliedAsync(() => TryUndoAsync(key, run, note, now))).Account);
        }

        return account;
    }

    internal static ValueTask ForgetUndoAsync(IRowStore store, string key, string run) =>
        store.WriteAnyAsync(PartitionOf(key), [.. UndoKeys(key, run).Select(note => new RowWrite(note, Expectation.Any, null))]);

    private sealed record Undo(UndoAccount Account);

    private async ValueTask<Undo?> TryUndoAsync(string key, string run, string note, DateTimeOffset now)
    {
        var partition = PartitionOf(key);
        if (await store.ReadRowAsync(partition, note) is not { } found)
        {
            return new Undo(UndoAccount.None);
        }

        var row = UndoRow.Read(found, UndoTrail.PrefixOf(run));
        var there = await store.ReadRowAsync(partition, key);
        if (row.End is { } end)
        {
            var left = end.Changed.Select(_ => new LeftRecord("product", there?.Properties.Text("sku") ?? "", "", UndoLeft.Changed));
            return new Undo(new UndoAccount(end.Undone, end.Changed.Count, 0, 0, 0) { Left = [.. left] });
        }

        var record = row.Records[0];
        var isOurs = there is not null && RowMark.Of(there.Properties) == record.Mark;
        var ended = UndoRow.Ended(new UndoEnd(isOurs ? 1 : 0, isOurs ? [] : [key], [], 0), now);
        var mark = new RowWrite(note, Expectation.At(found.Version), ended);
        var writes = isOurs ? new[] { mark, new RowWrite(key, Expectation.At(there!.Version), record.Before) } : [mark];
        return await store.CommitAsync(partition, writes) is CommitResult.Applied ? await TryUndoAsync(key, run, note, now) : null;
    }

    private static string[] UndoKeys(string key, string run) =>
        [UndoTrail.PrefixOf(run) + UndoRow.Image + key, UndoTrail.PrefixOf(run) + UndoRow.News + key];

    private static (PartitionId, string) PlaceOf(string sku)
    {
        var key = OrderKey.Of(sku).Value;
        return (PartitionOf(key), key);
    }

    private static PartitionId PartitionOf(string key) => new(StoreTable.Products, Shards.Of(new CustomerKey(key)));

    private static PropertyBag ToBag(Product p) =>
        new PropertyBag()
            .Set("sku", p.Sku)
            .Set("name", p.Name)
            .Set("family", p.Family)
            .Set("role", p.Role?.ToString())
            .Set("cost", p.Cost?.Amount.ToString(CultureInfo.InvariantCulture))
            .Set("costCurrency", p.Cost?.Currency)
            .Set("lifeDays", p.LifeDays?.ToString(CultureInfo.InvariantCulture))
            .Set("leadDays", p.LeadDays?.ToString(CultureInfo.InvariantCulture));

    private static Product Read(PropertyBag bag) =>
        new(
            bag.Text("sku"),
            bag.TextOrNull("name"),
            bag.TextOrNull("family"),
            bag.Has("role") ? bag.Choice<ProductRole>("role") : null,
            bag.Has("cost") ? new Money(bag.Amount("cost"), bag.Text("costCurrency")) : null
        )
        {
            LifeDays = bag.Has("lifeDays") ? (int)bag.Amount("lifeDays") : null,
            LeadDays = bag.Has("leadDays") ? (int)bag.Amount("leadDays") : null,
        };
}
