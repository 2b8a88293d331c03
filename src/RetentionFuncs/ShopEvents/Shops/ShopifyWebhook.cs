using System.Globalization;
using System.Text.Json.Nodes;

namespace RetentionFuncs.ShopEvents.Shops;

/// <summary>
/// Translates Shopify's webhooks. The signature covers the body and not the topic, so what happened is told from the body alone; the
/// topic only says which shape to look for. Customers and orders have the ids that Shopify's order export gives them here: the e-mail
/// address (else the telephone number) and the order's name, so that file and webhook speak of the same.
/// </summary>
public static class ShopifyWebhook
{
    private const string Order = "orders/";
    private const string Refund = "refunds/";

    private static readonly (string Channel, string Field)[] Channels =
    [
        ("email", "email_marketing_consent"),
        ("sms", "sms_marketing_consent"),
    ];

    /// <param name="topic"><c>X-Shopify-Topic</c>.</param>
    /// <param name="now">For what carries no moment of its own.</param>
    public static ShopTranslation Read(string topic, ReadOnlyMemory<byte> body, DateTimeOffset now) =>
        topic switch
        {
            "customers/create" or "customers/update" or "customers/enable" or "customers/disable" => ShopTranslation.Read(body, Customer),
            "customers_email_marketing_consent/update" or "customers_marketing_consent/update" => ShopTranslation.Read(body, Answer),
            "customers/redact" => ShopTranslation.Read(body, b => Redact(b, now)),
            _ when topic.StartsWith(Order, StringComparison.Ordinal) => ShopTranslation.Read(body, ShopifyOrder.Read),
            // A refund names its order and tells only what it gives back: orders/updated comes with it and tells the order whole.
            _ when topic.StartsWith(Refund, StringComparison.Ordinal) => ShopTranslation.None(ShopTranslation.Partial),
            _ => ShopTranslation.None(ShopTranslation.Topic),
        };

    /// <summary>The e-mail address in lower case, else the first telephone number.</summary>
    internal static string? IdOf(LooseJson email, params ReadOnlySpan<LooseJson> phones)
    {
        var id = email.Text?.ToLowerInvariant();
        foreach (var phone in phones)
        {
            id ??= phone.Text;
        }

        return id;
    }

    private static ShopTranslation Customer(LooseJson customer)
    {
        if (!customer.IsObject || IdOf(customer["email"], customer["phone"]) is not { } id)
        {
            return ShopTranslation.None(customer.IsObject ? ShopTranslation.Nobody : ShopTranslation.Unreadable);
        }

        var changed = new JsonObject
        {
            ["id"] = id,
            ["name"] = customer.FullName,
            ["email"] = customer["email"].Email,
            ["phone"] = customer["phone"].Text ?? customer["default_address"]["phone"].Text,
            ["country"] = customer["default_address"]["country_code"].Country,
        };
        var at = customer["updated_at"].Text;
        return ShopTranslation.Of([ShopTranslation.Event("customer.changed", at, changed), .. Answers(id, customer)]);
    }

    /// <summary>One channel's answer; by text message it names no e-mail address, and customers/update tells that one too.</summary>
    private static ShopTranslation Answer(LooseJson told)
    {
        var phone = told["phone"].Text is null ? told["sms_marketing_consent"]["phone"] : told["phone"];
        return IdOf(told["email_address"], phone) is { } id
            ? ShopTranslation.Of(Answers(id, told)) is { Events.Count: > 0 } answers
                ? answers
                : ShopTranslation.None(ShopTranslation.Topic)
            : ShopTranslation.None(ShopTranslation.Nobody);
    }

    /// <summary>
    /// What the customer answered, each with its own moment. A yes without one is not taken: the moment of the whole record moves with
    /// every change and would outrank a no that came after the yes.
    /// </summary>
    internal static IEnumerable<JsonObject> Answers(string customer, LooseJson record)
    {
        foreach (var (channel, name) in Channels)
        {
            var told = record[name];
            var at = told["consent_updated_at"].Text;
            switch (told["state"].Text)
            {
                case "subscribed" when at is not null:
                    yield return Consent(
                        "consent.given",
                        at,
                        customer,
                        channel,
                        $"Shopify, {told["opt_in_level"].Text ?? "opt-in level unknown"}"
                    );
                    break;
                case "unsubscribed" or "redacted" when (at ?? record["updated_at"].Text) is { } withdrawn:
                    yield return Consent("consent.withdrawn", withdrawn, customer, channel, "Shopify");
                    break;
            }
        }
    }

    /// <summary>The shop must have the person forgotten: until that is done by hand, nothing is written to them and nothing worked out.</summary>
    private static ShopTranslation Redact(LooseJson told, DateTimeOffset now)
    {
        if (IdOf(told["customer"]["email"], told["customer"]["phone"]) is not { } id || !told["orders_to_redact"].IsList)
        {
            return ShopTranslation.None(ShopTranslation.Nobody);
        }

        var at = now.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        var profile = new JsonObject { ["id"] = id, ["doNotProfile"] = true };
        return ShopTranslation.Of([
            ShopTranslation.Event("customer.changed", at, profile),
            .. new[] { "email", "sms", "phone" }.Select(c => Consent("consent.withdrawn", at, id, c, "Shopify, redaction asked for")),
        ]);
    }

    private static JsonObject Consent(string type, string at, string customer, string channel, string source) =>
        ShopTranslation.Event(
            type,
            at,
            new JsonObject
            {
                ["id"] = customer,
                ["consent"] = new JsonObject { ["channel"] = channel, ["source"] = source },
            }
        );
}
