using System.Text.Json.Nodes;

namespace RetentionFuncs.ShopEvents.Shops;

/// <summary>
/// Translates WooCommerce's webhooks (REST API v2 and v3). The signature covers the body and not the topic, so what happened is told from
/// the body. Its delivery id repeats within a second and is not used: the same words are the same event.
/// </summary>
public static class WooCommerceWebhook
{
    /// <summary>Sent once, unsigned, when a webhook is made: it must be answered 200, or the webhook stays off.</summary>
    public static bool IsPing(ReadOnlySpan<byte> body) =>
        body.StartsWith("webhook_id="u8) && body.Length is > 11 and <= 31 && !body[11..].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <param name="topic"><c>X-WC-Webhook-Topic</c>.</param>
    public static ShopTranslation Read(string topic, ReadOnlyMemory<byte> body) =>
        topic switch
        {
            "order.created" or "order.updated" or "order.restored" => ShopTranslation.Read(body, Order),
            "customer.created" or "customer.updated" => ShopTranslation.Read(body, Customer),
            // Deletions tell the id alone, and ids are not how anybody is known here.
            "order.deleted" or "customer.deleted" => ShopTranslation.None(ShopTranslation.Nobody),
            _ => ShopTranslation.None(ShopTranslation.Topic),
        };

    private static ShopTranslation Customer(LooseJson customer)
    {
        var email = customer["email"].Text is null ? customer["billing"]["email"] : customer["email"];
        return ShopifyWebhook.IdOf(email, customer["billing"]["phone"]) is { } id
            ? ShopTranslation.Of([
                ShopTranslation.Event("customer.changed", Utc(customer["date_modified_gmt"]), Person(id, email, customer)),
            ])
            : ShopTranslation.None(ShopTranslation.Nobody);
    }

    private static ShopTranslation Order(LooseJson order)
    {
        var (email, status) = (order["billing"]["email"], order["status"].Text);
        if (!order["line_items"].IsList)
        {
            return ShopTranslation.None(ShopTranslation.Unreadable);
        }

        if (ShopifyWebhook.IdOf(email, order["billing"]["phone"]) is not { } id)
        {
            return ShopTranslation.None(ShopTranslation.Nobody);
        }

        if (status is "pending" or "checkout-draft" or "auto-draft" or "draft")
        {
            return ShopTranslation.None(ShopTranslation.Unpaid);
        }

        var told = Whole(order, isGivenBack: status == "refunded");
        var type =
            status is "cancelled" or "failed" or "trash" ? "order.cancelled"
            : (decimal?)told["refunded"] > 0 ? "order.refunded"
            : "order.placed";
        return ShopTranslation.Of([ShopTranslation.Event(type, Utc(order["date_modified_gmt"]), Person(id, email, order), told)]);
    }

    private static JsonObject Person(string id, LooseJson email, LooseJson record) =>
        new()
        {
            ["id"] = id,
            ["name"] = record.FullName ?? record["billing"].FullName,
            ["email"] = email.Email,
            ["phone"] = record["billing"]["phone"].Text,
            ["country"] = record["billing"]["country"].Country,
        };

    private static JsonObject Whole(LooseJson order, bool isGivenBack)
    {
        var total = order["total"].Amount;
        var refunded = isGivenBack ? total : order["refunds"].Items.Sum(r => Math.Abs(r["total"].Amount ?? 0));
        return new JsonObject
        {
            ["id"] = order["number"].Text ?? order["id"].Text,
            ["placedAt"] = Utc(order["date_created_gmt"]),
            ["total"] = total,
            ["currency"] = order["currency"].Text,
            ["refunded"] = refunded > total ? total : refunded,
            ["coupons"] = new JsonArray([
                .. order["coupon_lines"].Items.Select(c => c["code"].Text).OfType<string>().Select(c => (JsonNode)c),
            ]),
            ["lines"] = new JsonArray([.. order["line_items"].Items.Select(LineOf)]),
        };
    }

    private static JsonObject LineOf(LooseJson line) =>
        new()
        {
            ["sku"] = line["sku"].Text ?? line["name"].Text,
            ["quantity"] = line["quantity"].Amount,
            ["net"] = line["total"].Amount,
            ["discount"] = Math.Max(0, (line["subtotal"].Amount ?? 0) - (line["total"].Amount ?? 0)),
        };

    /// <summary>The shop writes these in UTC and without saying so.</summary>
    private static string? Utc(LooseJson moment) => moment.Text is { } text ? text.TrimEnd('Z') + "Z" : null;
}
