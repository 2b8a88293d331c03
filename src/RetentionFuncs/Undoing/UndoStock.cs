using RetentionFuncs.Stocks;

namespace RetentionFuncs.Undoing;

/// <summary>Finds anew what is scarce from the counts that stay.</summary>
internal static class UndoStock
{
    public static async ValueTask RefoldAsync(UndoPart part)
    {
        if (!part.Touches(StockRows.Prefix))
        {
            return;
        }

        var counts = new List<StockCount>();
        await foreach (var bag in part.FactsAsync(StockRows.Prefix))
        {
            counts.Add(StockRows.Read(bag));
        }

        part.Partition.PutStock(counts.Count == 0 ? null : StockStanding.Of(counts));
    }
}
