using RetentionFuncs.Identity;
using RetentionFuncs.Stocks;
using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>One product counted at one dealer.</summary>
internal sealed record StockRow(string Customer, StockCount Count);

/// <summary>Dealers' stock: the newest count of a product counts. Two different counts of one product on one day refuse both rows.</summary>
internal sealed class StockRules(InstanceSecret secret) : RowRules<StockRow, ImportedFacts.Stock>
{
    private static readonly Wording Negative = new("is negative", "是负数");
    private static readonly Wording NotBefore = new("does not lie before the day of the count", "必须早于盘点日期");
    private static readonly Wording Twice = new("is counted twice on one day with different figures", "同一天有两次盘点且数字不同");

    public override StockRow Read(RowView row)
    {
        var day = row.Day(Date, isMandatory: true) ?? default;
        var (stock, sold, since) = (row.Number(ImportColumn.Stock, null, isMandatory: true), row.Number(Sold, null), row.Day(Since));
        if (stock < 0)
        {
            row.Refuse(ImportColumn.Stock, Negative);
        }
        else if (sold < 0)
        {
            row.Refuse(Sold, Negative);
        }
        else if (since >= day)
        {
            row.Refuse(Since, NotBefore);
        }

        return new StockRow(row.Id(CustomerId), new StockCount(row.Id(Sku), day, stock ?? 0, sold, since));
    }

    public override string GroupOf(StockRow row) => row.Customer;

    public override string KeyOf(string group) => secret.CustomerKeyOf(group).Value;

    public override int OrdersIn(ImportedFacts.Stock item) => 0;

    public override ValueTask<ApplyOutcome> ApplyAsync(IImportSink sink, ImportedFacts.Stock item) => sink.ApplyFactsAsync(item);

    public override Gathered<ImportedFacts.Stock> Gather(string group, string key, IReadOnlyList<StockRow> rows)
    {
        var refused = new Dictionary<int, RowRefusal>();
        var counts = new List<StockCount>();
        foreach (var same in Enumerable.Range(0, rows.Count).GroupBy(i => (rows[i].Count.Sku, rows[i].Count.On)))
        {
            if (same.Select(i => rows[i].Count).Distinct().Count() == 1)
            {
                counts.Add(rows[same.First()].Count);
                continue;
            }

            foreach (var place in same)
            {
                refused.Add(place, new RowRefusal("sku", same.Key.Sku, Twice));
            }
        }

        var sorted = counts.OrderBy(c => c.On).ThenBy(c => c.Sku, StringComparer.Ordinal).ToList();
        return new(sorted.Count == 0 ? null : new ImportedFacts.Stock(group, sorted, rows.Count - refused.Count), refused, []);
    }
}
