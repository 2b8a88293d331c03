using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Identity;
using RetentionFuncs.Orders;
using static RetentionFuncs.Imports.ImportColumn;

namespace RetentionFuncs.Imports;

/// <summary>A products file: one row for each sku. The same sku twice with different data refuses both rows.</summary>
internal sealed class ProductRules : RowRules<Product, ProductRow>
{
    private const int MostDays = 3650;

    public override Product Read(RowView row)
    {
        var currency = row.Currency();
        return new Product(
            row.Id(Sku),
            row.Text(Name),
            row.Text(Family),
            row.Choice(Role, ChoiceFields.ProductRoleOf),
            CostOf(row, currency)
        )
        {
            LifeDays = DaysOf(row, LifeDays, least: 1),
            LeadDays = DaysOf(row, LeadDays, least: 0),
        };
    }

    public override string GroupOf(Product row) => row.Sku;

    public override string KeyOf(string group) => Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(group)), 26);

    public override int OrdersIn(ProductRow item) => 0;

    public override ValueTask<ApplyOutcome> ApplyAsync(IImportSink sink, ProductRow item) => sink.ApplyProductAsync(item);

    public override Gathered<ProductRow> Gather(string group, string key, IReadOnlyList<Product> rows)
    {
        if (rows.Distinct().Count() == 1)
        {
            return new Gathered<ProductRow>(new ProductRow(rows[0], rows.Count), new Dictionary<int, RowRefusal>(), []);
        }

        var refusal = new RowRefusal(
            "sku",
            group,
            new("stands in the file more than once with different data", "在文件中出现多次且内容不同")
        );
        return new Gathered<ProductRow>(null, Enumerable.Range(0, rows.Count).ToDictionary(i => i, _ => refusal), []);
    }

    /// <summary>A whole number of days up to ten years; a unit after it is read past.</summary>
    private static int? DaysOf(RowView row, ImportColumn column, int least)
    {
        if (row.Text(column) is not { } text)
        {
            return null;
        }

        var number = text.Replace("days", "", StringComparison.OrdinalIgnoreCase)
            .Replace("day", "", StringComparison.OrdinalIgnoreCase)
            .Replace("天", "", StringComparison.Ordinal)
            .Trim();
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days >= least && days <= MostDays)
        {
            return days;
        }

        row.Refuse(column, new($"is not a whole number of days from {least} to {MostDays}", $"不是 {least} 到 {MostDays} 之间的整天数"));
        return null;
    }

    private static Money? CostOf(RowView row, string currency)
    {
        if (row.Number(Cost, currency) is not { } cost)
        {
            return null;
        }

        if (cost < 0)
        {
            row.Refuse(Cost, new("is negative", "是负数"));
        }

        return new Money(cost, currency);
    }
}
