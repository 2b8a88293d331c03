using System.Globalization;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Orders;

/// <summary>The range of goods, one row a product under the key of its sku.</summary>
public sealed class ProductRows(IRowStore store)
{
    private sealed record Answer(Recorded Kind);

    public async ValueTask<Recorded> PutAsync(Product product) =>
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
                return await store.CommitAsync(partition, [new RowWrite(key, expect, ToBag(product))]) is CommitResult.Applied
                    ? new Answer(row is null ? Recorded.New : Recorded.Changed)
                    : null;
            })
        ).Kind;

    public async ValueTask<Product?> FindAsync(string sku)
    {
        var (partition, key) = PlaceOf(sku);
        return await store.ReadRowAsync(partition, key) is { } row ? Read(row.Properties) : null;
    }

    private static (PartitionId, string) PlaceOf(string sku)
    {
        var key = OrderKey.Of(sku).Value;
        return (new PartitionId(StoreTable.Products, Shards.Of(new CustomerKey(key))), key);
    }

    private static PropertyBag ToBag(Product p) =>
        new PropertyBag()
            .Set("sku", p.Sku)
            .Set("name", p.Name)
            .Set("family", p.Family)
            .Set("role", p.Role?.ToString())
            .Set("cost", p.Cost?.Amount.ToString(CultureInfo.InvariantCulture))
            .Set("costCurrency", p.Cost?.Currency);

    private static Product Read(PropertyBag bag) =>
        new(
            bag.Text("sku"),
            bag.TextOrNull("name"),
            bag.TextOrNull("family"),
            bag.Has("role") ? bag.Choice<ProductRole>("role") : null,
            bag.Has("cost") ? new Money(bag.Amount("cost"), bag.Text("costCurrency")) : null
        );
}
