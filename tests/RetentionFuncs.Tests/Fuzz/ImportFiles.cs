using System.Text;
using RetentionFuncs.Imports;

namespace RetentionFuncs.Tests.Fuzz;

/// <summary>Builds files: headers that mean something, fields of the right and the wrong kind, and damage to the bytes.</summary>
internal static class ImportFiles
{
    private static readonly string[] Dates =
    [
        "2025-01-02",
        "2025-01-03T10:00:00Z",
        "2025/03/04",
        "04.03.2025",
        "03/04/2025",
        "2025-01-02 08:30",
        "20250102",
        "2026-02-28T23:59:59+08:00",
    ];

    private static readonly string[] Amounts = ["5", "12.50", "1,234.56", "1.234,56", "-3", "0", "0.001", "€ 7,25", "¥1,234.00", "USD 4"];

    private static readonly Dictionary<string, string[]> Always = new(StringComparer.Ordinal)
    {
        [ImportKinds.Orders] = ["customer_id", "order_id", "date", "amount"],
        [ImportKinds.Customers] = ["customer_id"],
        [ImportKinds.Products] = ["sku"],
        [ImportKinds.Suppressions] = ["email", "reason"],
        [ImportKinds.Consents] = ["customer_id", "email", "state", "date"],
        [ImportKinds.Receivables] = ["customer_id", "invoice", "due", "amount"],
        [ImportKinds.Deliveries] = ["customer_id", "order_id", "promised", "delivered"],
        [ImportKinds.Stock] = ["customer_id", "sku", "date", "stock"],
        [ImportKinds.Results] = ["touch", "outcome"],
    };

    private static readonly string[] Columns =
    [
        .. Enum.GetNames<ImportColumn>()
            .Select(n =>
                string.Concat(
                    n.Select((ch, i) => char.IsUpper(ch) && i > 0 ? "_" + char.ToLowerInvariant(ch) : char.ToLowerInvariant(ch).ToString())
                )
            ),
    ];

    public static byte[] Make(FuzzCase c, string kind)
    {
        var mark = c.Of([",", ",", ",", ";", "\t", "|"]);
        var end = c.Of(["\n", "\n", "\r\n", "\r"]);
        var columns = Header(c, kind);
        var lines = new StringBuilder(string.Join(mark, columns.Select(h => Quoted(c, h, mark))));
        for (var rows = c.Random.Next(0, 12); rows > 0; rows--)
        {
            lines.Append(c.OneIn(30) ? c.Of(["\n", "\r\n", end + end]) : end);
            lines.Append(string.Join(mark, Row(c, columns).Select(f => Quoted(c, f, mark))));
        }

        lines.Append(c.OneIn(10) ? "" : end);
        var text = lines.ToString();
        return Spoilt(c, c.OneIn(3) ? OddTexts.Damage(c, text, ["\"", mark, end, "\"\"", "\n", "\0", "\uFEFF"]) : text);
    }

    private static List<string> Header(FuzzCase c, string kind)
    {
        var columns = new List<string>(Always.GetValueOrDefault(kind) ?? []);
        for (var more = c.Random.Next(0, 8); more > 0; more--)
        {
            columns.Add(c.OneIn(12) ? OddTexts.Whole(c) : c.Of(Columns));
        }

        if (c.OneIn(15))
        {
            columns.RemoveAt(c.Random.Next(columns.Count));
        }

        for (var i = columns.Count - 1; c.OneIn(2) && i > 0; i--)
        {
            var j = c.Random.Next(i + 1);
            (columns[i], columns[j]) = (columns[j], columns[i]);
        }

        return c.OneIn(20) ? columns : [.. columns.Distinct()];
    }

    private static IEnumerable<string> Row(FuzzCase c, List<string> columns)
    {
        var fields = columns.Select(h => c.OneIn(12) ? OddTexts.Any(c) : Field(c, h));
        return c.OneIn(25) ? fields.Skip(1)
            : c.OneIn(25) ? fields.Append("more")
            : fields;
    }

    private static string Field(FuzzCase c, string column) =>
        column switch
        {
            "customer_id" => c.Of(["c1", "c2", "c3", "007", "张三", "C 4"]),
            "order_id" => c.Of(["o1", "o2", "o3", "o4", "1E+05"]),
            "sku" => c.Of(["S1", "S2", "S3"]),
            "date"
            or "paid_at"
            or "consent_at"
            or "cancelled_at"
            or "due"
            or "promised"
            or "delivered"
            or "issued"
            or "paid"
            or "outcome_at" => c.Of(Dates),
            "amount" or "unit_price" or "order_total" or "refunded" or "discount" or "cost" => c.Of(Amounts),
            "currency" => c.Of(["EUR", "CNY", "", "JPY", "Euro"]),
            "status" => c.Of(["paid", "refunded", "cancelled", "", "交易关闭", "已付款"]),
            "state" => c.Of(["yes", "no", "granted", "denied", "subscribed", "unsubscribed", ""]),
            "reason" => c.Of(["unsubscribed", "bounced", "complaint", "manual", ""]),
            "outcome" => c.Of(["reached", "no answer", "refused", "sent", "failed", "", "接通", "拒接"]),
            "touch" => new string('a', 26) + "." + new string('b', 26),
            "invoice" => c.Of(["i1", "i2", "i3"]),
            "quantity" or "stock" or "ordered_quantity" or "delivered_quantity" => c.Of(["1", "2", "", "-1", "1.5", "999999999999"]),
            "email" => c.Of(["a@b.cn", "ann@shop.com", "", "a+x@b.cn", "A@B.CN"]),
            "phone" => c.Of(["+8613800138000", "", "030 123456"]),
            "country" => c.Of(["DE", "CN", "中国", "Germany", ""]),
            "locale" => c.Of(["en", "zh-CN", "de_AT", ""]),
            "time_zone" => c.Of(["Europe/Berlin", "China Standard Time", "Nowhere/Town", ""]),
            "birthday" => c.Of(["1990-03-05", "02-29", "0001-05-05", ""]),
            "consent" => c.Of(["yes", "no", "true", "", "订阅", "maybe"]),
            "kind" => c.Of(["person", "account", ""]),
            "do_not_profile" => c.Of(["yes", "no", ""]),
            _ => c.Of(OddTexts.Words),
        };

    private static string Quoted(FuzzCase c, string field, string mark) =>
        field.Contains('"', StringComparison.Ordinal)
        || field.Contains(mark, StringComparison.Ordinal)
        || field.AsSpan().ContainsAny('\r', '\n')
        || c.OneIn(8)
            ? c.OneIn(25)
                ? field
                : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : field;

    private static byte[] Spoilt(FuzzCase c, string text)
    {
        var bytes = c.Random.Next(12) switch
        {
            0 => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            1 => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)],
            2 => Encoding.BigEndianUnicode.GetBytes(text),
            3 => Encoding.Latin1.GetBytes(text),
            _ => Encoding.UTF8.GetBytes(text),
        };
        return c.OneIn(6) ? OddTexts.Damage(c, bytes) : bytes;
    }
}
