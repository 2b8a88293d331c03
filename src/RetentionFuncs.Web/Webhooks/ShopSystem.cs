using RetentionFuncs.ShopEvents.Shops;

namespace RetentionFuncs.Web.Webhooks;

/// <summary>How one shop system calls: where, with which headers, and how its words are read.</summary>
/// <param name="Read">Topic, body, now.</param>
/// <param name="IsPing">Whether an unsigned body is the greeting that a new webhook sends.</param>
internal sealed record ShopSystem(
    string Name,
    string SignatureHeader,
    string TopicHeader,
    Func<string, ReadOnlyMemory<byte>, DateTimeOffset, ShopTranslation> Read,
    Func<byte[], bool> IsPing
)
{
    public static ShopSystem Shopify { get; } = new("shopify", "X-Shopify-Hmac-Sha256", "X-Shopify-Topic", ShopifyWebhook.Read, _ => false);

    public static ShopSystem WooCommerce { get; } =
        new(
            "woocommerce",
            "X-WC-Webhook-Signature",
            "X-WC-Webhook-Topic",
            (topic, body, _) => WooCommerceWebhook.Read(topic, body),
            body => WooCommerceWebhook.IsPing(body)
        );

    public string Path => "/webhooks/" + Name;
}
