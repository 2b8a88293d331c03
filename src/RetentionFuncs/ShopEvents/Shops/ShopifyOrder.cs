using System.Text.Json.Nodes;

namespace RetentionFuncs.ShopEvents.Shops;

/// <summary>
/// Reads Shopify's order, which every <c>orders/</c> webhook sends whole: the standing is in it, so that topics may be lost, doubled or
/// out of order. The total is with shipping and tax, as in the order export; what was given back is the sum of its refunds' payments.
/// </summary>
internal static class ShopifyOrder
{
    public static ShopTranslation Read(LooseJson order)
    {
        if (!order["line_items"].IsList)
        {
            return ShopTranslation.None(order["id"].Text is null ? ShopTranslation.Unreadable : ShopTranslation.Partial);
        }

        if (order["test"].IsTrue)
        {
            return ShopTranslation.None(ShopTranslation.Test);
        }

        var phone = order["phone"].Text is null ? order["billing_address"]["phone"] : order["phone"];
        if (ShopifyWebhook.IdOf(order["email"], phone) is not { } id)
        {
            return ShopTranslation.None(ShopTranslation.Nobody);
        }

        var told = Whole(order);
        var isCancelled = order["cancelled_at"].Text is not null || order["financial_status"].Text is "voided" or "expired";
        var type =
            isCancelled ? "order.cancelled"
            : (decimal?)told["refunded"] > 0 ? "order.refunded"
            : "order.placed";
        return ShopTranslation.Of([
            ShopTranslation.Event(type, order["updated_at"].Text, Buyer(id, order, phone), told),
            .. ShopifyWebhook.Answers(id, order["customer"]),
        ]);
    }

    private static JsonObject Buyer(string id, LooseJson order, LooseJson phone) =>
        new()
        {
            ["id"] = id,
            ["name"] = order["customer"].FullName ?? order["billing_address"].FullName,
            ["email"] = order["email"].Email,
            ["phone"] = phone.Text,
            ["country"] = order["billing_address"]["country_code"].Country ?? order["shipping_address"]["country_code"].Country,
            ["locale"] = order["customer_locale"].Locale,
        };

    private static JsonObject Whole(LooseJson order)
    {
        var (total, codes) = (
            order["total_price"].Amount,
            order["discount_codes"].Items.Select(c => c["code"].Text).OfType<string>().ToArray()
        );
        var refunded = order["refunds"].Items.SelectMany(r => r["transactions"].Items).Where(IsPaidBack).Sum(t => t["amount"].Amount ?? 0);
        return new JsonObject
        {
            ["id"] = order["name"].Text ?? order["id"].Text,
            ["placedAt"] = order["created_at"].Text,
            ["total"] = total,
            ["currency"] = order["currency"].Text,
            // A shop may give back more than was paid; an order cannot be worth less than nothing.
            ["refunded"] = refunded > total ? total : refunded,
            ["coupons"] = new JsonArray([.. codes.Select(c => (JsonNode)c)]),
            ["lines"] = new JsonArray([.. order["line_items"].Items.Select(l => LineOf(l, codes.Length == 1 ? codes[0] : null))]),
        };
    }

    private static bool IsPaidBack(LooseJson payment) => payment["kind"].Text == "refund" && payment["status"].Text is "success" or null;

    private static JsonObject LineOf(LooseJson line, string? code)
    {
        var quantity = line["quantity"].Amount ?? 1;
        var allocated = line["discount_allocations"].Items.ToArray();
        var discount = allocated.Length > 0 ? allocated.Sum(d => d["amount"].Amount ?? 0) : line["total_discount"].Amount ?? 0;
        return new JsonObject
        {
            ["sku"] = line["sku"].Text ?? line["name"].Text ?? line["title"].Text,
            ["quantity"] = quantity,
            ["net"] = line["price"].Amount is { } price ? Math.Max(0, (price * quantity) - discount) : null,
            ["discount"] = discount,
            ["coupon"] = discount > 0 ? code : null,
        };
    }
}
