using System.Text.Json;
using RetentionFuncs.Imports;
using RetentionFuncs.Orders;
using RetentionFuncs.Settings;

namespace RetentionFuncs.ShopEvents;

/// <summary>Reads <c>order</c>: the whole order as it stands after the event.</summary>
internal static class ShopOrderReader
{
    public const int MostLines = 500;
    public const int MostCoupons = 20;

    internal static readonly Wording NoCurrency = new(
        "is not a currency code; write three letters such as EUR or CNY",
        "不是币种代码；请写三位字母，例如 CNY 或 EUR"
    );

    public static Order? Read(EventFields fields, ShopEventKind kind, DateTimeOffset at, DateTimeOffset now)
    {
        var id = fields.Id("id", required: true);
        // Only an order that is just placed was placed when the event happened.
        var placed = fields.Moment("placedAt", now + ShopEventReader.Skew, required: kind != ShopEventKind.OrderPlaced);
        var total = fields.Amount("total", required: true);
        var currency = fields.Text<string>("currency", ReadCurrency, required: true);
        var refunded = fields.Amount("refunded", required: kind == ShopEventKind.OrderRefunded);
        var coupons = CouponsOf(fields);
        var lines = LinesOf(fields);
        if (refunded > total)
        {
            fields.Say("refunded", new("is more than the order's total", "大于订单总额"));
        }

        fields.End();
        return id is null || total is null || currency is null
            ? null
            : new Order(
                id,
                placed ?? at,
                now,
                kind == ShopEventKind.OrderCancelled ? OrderStatus.Cancelled : OrderStatus.Placed,
                new Money(total.Value, currency),
                refunded ?? 0,
                lines,
                coupons
            )
            {
                ToldAt = at,
            };
    }

    private static bool ReadCurrency(string text, out string currency, out Wording problem)
    {
        currency = text;
        problem = NoCurrency;
        return CurrencyCodes.All.Contains(text);
    }

    private static List<string> CouponsOf(EventFields fields)
    {
        var coupons = new List<string>();
        foreach (var (path, value) in fields.List("coupons", MostCoupons) ?? [])
        {
            if (value.ValueKind == JsonValueKind.String && TextField.Clean(value.GetString(), out _) is { Length: > 0 } code)
            {
                coupons.Add(code);
            }
            else
            {
                fields.SayAt(path, new("is not a coupon code", "不是优惠码"));
            }
        }

        return [.. coupons.Distinct(StringComparer.Ordinal)];
    }

    private static List<OrderLine> LinesOf(EventFields fields)
    {
        var lines = new List<OrderLine>();
        foreach (var (path, value) in fields.List("lines", MostLines) ?? [])
        {
            if (value.ValueKind != JsonValueKind.Object)
            {
                fields.SayAt(path, new("is not an object", "不是对象"));
                continue;
            }

            var line = fields.At(value, path);
            var sku = line.Id("sku", required: true);
            var quantity = line.Amount("quantity", required: true);
            var net = line.Amount("net", required: true);
            lines.Add(
                new OrderLine(
                    sku ?? "",
                    line.Words("family"),
                    quantity ?? 0,
                    net ?? 0,
                    line.Amount("discount") ?? 0,
                    line.Amount("cost"),
                    line.Words("coupon")
                )
            );
            line.End();
        }

        return lines;
    }
}
