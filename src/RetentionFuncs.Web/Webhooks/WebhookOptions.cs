namespace RetentionFuncs.Web.Webhooks;

/// <summary>Whose word about deliveries and about the shop is taken, and how old it may be.</summary>
public sealed record WebhookOptions
{
    /// <summary>No webhook at all: the address does not exist.</summary>
    public static WebhookOptions Closed { get; } = new();

    /// <summary>Any of them may have signed; empty: closed. Two while a key is exchanged.</summary>
    public IReadOnlyList<WebhookKey> SendGridKeys { get; init; } = [];

    /// <summary>Any of them may have signed what Shopify tells; empty: closed.</summary>
    public IReadOnlyList<ShopSecret> ShopifySecrets { get; init; } = [];

    /// <summary>Any of them may have signed what WooCommerce tells; empty: closed.</summary>
    public IReadOnlyList<ShopSecret> WooCommerceSecrets { get; init; } = [];

    /// <summary>How old a signed post may be, itself included: SendGrid repeats for a day and is not known to sign again.</summary>
    public TimeSpan LongestAge { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How far ahead of our clock it may be, itself included.</summary>
    public TimeSpan FurthestAhead { get; init; } = TimeSpan.FromMinutes(5);

    /// <param name="publicKeys">One key, or several parted by spaces or commas; null or empty: closed.</param>
    /// <exception cref="FormatException">One of them is no key; the message is a clause such as "is not Base64".</exception>
    public static WebhookOptions Of(string? publicKeys) =>
        new()
        {
            SendGridKeys =
            [
                .. (publicKeys ?? "").Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(WebhookKey.Parse),
            ],
        };
}
