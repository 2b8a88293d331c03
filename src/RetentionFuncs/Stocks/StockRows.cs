using System.Globalization;
using System.Text.Json;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Stocks;

/// <summary>A dealer's stock as rows of the customer's partition: a fact for each product, and one state row of what is scarce.</summary>
public static class StockRows
{
    internal const string StateRow = "stock";
    internal const string Prefix = CustomerPartition.FactPrefix + "stock|";

    public static StockStanding Stock(this CustomerPartition partition) =>
        partition.Find(StateRow) is { } bag
            ? new StockStanding(JsonSerializer.Deserialize<List<ScarceProduct>>(bag.Text("scarce"))!)
            : StockStanding.Unknown;

    /// <param name="standing">Null: nothing is counted any more.</param>
    internal static void PutStock(this CustomerPartition partition, StockStanding? standing)
    {
        if (standing is not null)
        {
            partition.Put(StateRow, new PropertyBag().Set("scarce", JsonSerializer.Serialize(standing.Scarce)));
        }
        else if (partition.Find(StateRow) is not null)
        {
            partition.Delete(StateRow);
        }
    }

    internal static string RowKey(string sku) => Prefix + OrderKey.Of(sku).Value;

    internal static PropertyBag ToBag(StockCount count) =>
        new PropertyBag()
            .Set("sku", count.Sku)
            .Set("on", count.On)
            .Set("stock", count.Stock)
            .Set("sold", count.Sold?.ToString(CultureInfo.InvariantCulture))
            .Set("since", count.Since);

    internal static StockCount Read(PropertyBag bag) =>
        new(bag.Text("sku"), bag.Day("on"), bag.Amount("stock"), bag.Has("sold") ? bag.Amount("sold") : null, bag.DayOrNull("since"));
}
