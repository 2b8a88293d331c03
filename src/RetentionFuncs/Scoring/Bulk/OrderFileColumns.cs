using System.Text;
using RetentionFuncs.Findings;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Scoring.Bulk;

/// <summary>Where the fields of a plain orders file stand, from 0; <paramref name="Order"/> is -1 when the file has no order ids.</summary>
internal sealed record OrderFileColumns(int Count, int Customer, int Order, int Date, int Amount)
{
    private static readonly ImportColumn[] Plain =
    [
        ImportColumn.CustomerId,
        ImportColumn.OrderId,
        ImportColumn.Date,
        ImportColumn.Amount,
        // Not read here and so not checked: they change no day and no amount.
        ImportColumn.Email,
        ImportColumn.Name,
        ImportColumn.Phone,
        ImportColumn.Country,
        ImportColumn.Locale,
        ImportColumn.Consent,
        ImportColumn.Sku,
        ImportColumn.ProductTitle,
        ImportColumn.Family,
        ImportColumn.Discount,
        ImportColumn.Cost,
        ImportColumn.Coupon,
        ImportColumn.Quantity,
    ];

    /// <summary>Reads the header by the names of the import, and only such headers as change nothing but what is read here.</summary>
    public static OrderFileColumns? TryRead(ReadOnlySpan<byte> line, out Phrase problem)
    {
        problem = new("has quotes, which the fast path does not read", "带引号，快速读取不支持");
        if (line.Contains((byte)'"'))
        {
            return null;
        }

        var headers = Encoding.UTF8.GetString(line).Split(',');
        if (
            !ColumnMap.TryMatch(
                headers,
                OrderColumns.Plain,
                OrderColumns.PlainMandatory,
                new Dictionary<string, string>(),
                out var map,
                out var wording
            )
        )
        {
            problem = new(wording.En, wording.Zh);
            return null;
        }

        var other = OrderColumns.Plain.Select(s => s.Column).Except(Plain).Where(map.Has).ToList();
        if (other.Count > 0 || !map.Has(ImportColumn.Amount) || map.OwnFields != headers.Length)
        {
            var name = other.Count > 0 ? headers[map.IndexOf(other[0])] : headers[^1];
            problem = new($"has the column {name}, which the fast path does not read", $"有 {name} 列，快速读取不支持");
            return null;
        }

        return new(
            headers.Length,
            map.IndexOf(ImportColumn.CustomerId),
            map.IndexOf(ImportColumn.OrderId),
            map.IndexOf(ImportColumn.Date),
            map.IndexOf(ImportColumn.Amount)
        );
    }
}
