using System.Globalization;
using System.Text;

namespace RetentionFuncs.Embedded.Demo;

/// <summary>Writes the shop as the files a real one would export: UTF-8, comma, LF, and a few rows that an import must refuse.</summary>
internal static class DemoFiles
{
    public const string CustomerHeader = "customer_id,name,email,country,locale,time_zone,birthday,consent,consent_source,consent_at";

    public const string OrderHeader =
        "order_id,customer_id,date,status,currency,order_total,refunded,sku,family,quantity,amount,discount,cost,coupon";

    public const string ProductHeader = "sku,name,family,role,cost,currency";

    public static void Write(DemoShop shop, string folder)
    {
        Directory.CreateDirectory(folder);
        Write(folder, "customers.csv", CustomerHeader, [.. shop.People.Select(p => Row(shop, p)), .. FaultyCustomers]);
        Write(folder, "orders.csv", OrderHeader, [.. shop.History.SelectMany(Rows), .. FaultyOrders(shop)]);
        Write(folder, "products.csv", ProductHeader, [.. DemoProducts.All.Select(Row)]);
    }

    /// <summary>One row for each line, the order's own fields repeated.</summary>
    public static IEnumerable<string> Rows(DemoOrder order) =>
        order.Lines.Select(l =>
            Join(
                order.Id,
                order.CustomerId,
                order.At.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
                order.Cancelled ? "cancelled" : "placed",
                DemoShop.Currency,
                Number(order.Total),
                Number(order.Refunded),
                l.Product.Sku,
                l.Product.Family,
                Number(l.Quantity),
                Number(l.Net),
                Number(l.Discount),
                Number(l.Product.Cost * l.Quantity),
                order.Coupon ?? ""
            )
        );

    private static IReadOnlyList<string> FaultyCustomers =>
        [
            "C90001,Two Signs,two@@example.com,DE,en,Europe/Berlin,,granted,checkout box,2024-05-01T10:00:00+02:00",
            "C90002,No Such Day,c90002@example.com,DE,en,Europe/Berlin,1990-02-30,granted,checkout box,2024-05-01T10:00:00+02:00",
            ",Without Id,c90003@example.com,DE,en,Europe/Berlin,,granted,checkout box,2024-05-01T10:00:00+02:00",
            "C90004,No Such Zone,c90004@example.com,DE,en,Europe/Atlantis,,granted,checkout box,2024-05-01T10:00:00+02:00",
        ];

    private static string[] FaultyOrders(DemoShop shop) =>
        [
            $"O-F1,C00001,{Day(shop.HistoryEnd)}T12:00:00+00:00,placed,EUR,-12.00,0,TEA-001,tea,1,-12.00,0,3.60,",
            "O-F2,C00001,31/31/2025,placed,EUR,12.00,0,TEA-001,tea,1,12.00,0,3.60,",
            $"O-F3,C99999,{Day(shop.HistoryEnd)}T12:00:00+00:00,placed,EUR,7.90,0,TEA-001,tea,1,7.90,0,3.60,",
            $"O-F4,C00002,{Day(shop.HistoryEnd)}T12:00:00+00:00,placed,EUR,twelve,0,TEA-001,tea,1,12.00,0,3.60,",
        ];

    private static string Row(DemoShop shop, DemoCustomer c) =>
        Join(
            c.ExternalId,
            c.Name,
            c.Email,
            c.Country,
            c.Locale,
            c.Zone,
            c.Birthday is { } b ? $"{(b.Year is { } y ? Pad(y, 4) : "-")}-{Pad(b.Month, 2)}-{Pad(b.Day, 2)}" : "",
            c.Consent switch
            {
                true => "granted",
                false => "denied",
                null => "",
            },
            c.Consent is null ? "" : "checkout box",
            c.Consent is null ? "" : $"{Day(c.FirstDay < shop.HistoryEnd ? c.FirstDay : shop.HistoryEnd)}T09:00:00+00:00"
        );

    private static string Row(DemoProduct p) => Join(p.Sku, p.Name, p.Family, p.Role, Number(p.Cost), DemoShop.Currency);

    private static string Join(params string[] fields) =>
        string.Join(
            ',',
            fields.Select(f => f.AsSpan().ContainsAny(",\"\n") ? $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : f)
        );

    private static string Number(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Pad(int value, int digits) => value.ToString("D" + digits, CultureInfo.InvariantCulture);

    private static void Write(string folder, string name, string header, IReadOnlyList<string> rows)
    {
        using var writer = new StreamWriter(Path.Combine(folder, name), append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        writer.WriteLine(header);
        foreach (var row in rows)
        {
            writer.WriteLine(row);
        }
    }
}
