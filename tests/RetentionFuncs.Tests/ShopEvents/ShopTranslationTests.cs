using System.Text;
using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.ShopEvents;
using RetentionFuncs.ShopEvents.Shops;

namespace RetentionFuncs.Tests.ShopEvents;

/// <summary>Bodies of the shape that Shopify and WooCommerce document, with made-up content.</summary>
public sealed class ShopTranslationTests
{
    internal const string ShopifyOrder = """
        {
          "id": 6134457074006, "name": "#1104", "order_number": 1104, "test": false,
          "email": "Ada@Post.Linden.Shop", "phone": null, "currency": "USD", "customer_locale": "en-NL",
          "created_at": "2026-02-24T13:55:18+02:00", "updated_at": "2026-02-25T09:00:00+02:00", "cancelled_at": null,
          "financial_status": "paid", "fulfillment_status": "fulfilled",
          "total_price": "124.36", "current_total_price": "124.36", "total_tax": "0.00",
          "discount_codes": [{"code": "SPRING", "amount": "5.00", "type": "fixed_amount"}],
          "billing_address": {"first_name": "Ada", "last_name": "Winter", "phone": "+31 20 555 0100", "country_code": "NL"},
          "customer": {
            "id": 7817370206550, "email": "ada@post.linden.shop", "first_name": "Ada", "last_name": "Winter",
            "email_marketing_consent": {"state": "subscribed", "opt_in_level": "single_opt_in", "consent_updated_at": "2024-04-10T20:11:12+02:00"},
            "sms_marketing_consent": null
          },
          "line_items": [
            {"id": 1, "sku": "TEA-1", "name": "Green tea", "quantity": 2, "price": "45.00", "total_discount": "0.00",
             "discount_allocations": [{"amount": "5.00", "discount_application_index": 0}]},
            {"id": 2, "sku": null, "name": "Cup - blue", "quantity": 1, "price": "39.36", "total_discount": "0.00", "discount_allocations": []}
          ],
          "refunds": []
        }
        """;

    internal const string WooOrder = """
        {
          "id": 727, "parent_id": 0, "number": "727", "status": "processing", "currency": "EUR",
          "date_created": "2026-02-24T13:28:02", "date_created_gmt": "2026-02-24T12:28:02",
          "date_modified": "2026-02-24T13:28:08", "date_modified_gmt": "2026-02-24T12:28:08",
          "discount_total": "3.00", "total": "29.35", "customer_id": 0,
          "billing": {"first_name": "Ben", "last_name": "Sommer", "company": "", "country": "DE", "email": "ben@post.linden.shop", "phone": "030 555"},
          "line_items": [
            {"id": 315, "name": "Woo Single #1", "product_id": 93, "quantity": 2, "subtotal": "27.00", "total": "24.00", "sku": "S-1", "price": 12},
            {"id": 316, "name": "Ship Your Idea", "product_id": 22, "quantity": 1, "subtotal": "5.35", "total": "5.35", "sku": "", "price": 5.35}
          ],
          "coupon_lines": [{"id": 320, "code": "spring", "discount": "3.00"}],
          "refunds": []
        }
        """;

    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-03-02T10:00:00+01:00", null);

    [Fact]
    public void A_Shopify_order_is_told_whole_under_the_ids_that_its_export_has()
    {
        var events = Events(Shopify("orders/create", ShopifyOrder));

        var (placed, consent) = (events[0], events[1]);
        (placed.Kind, placed.OccurredAt).ShouldBe((ShopEventKind.OrderPlaced, DateTimeOffset.Parse("2026-02-25T09:00:00+02:00", null)));
        var news = placed.News!;
        (news.ExternalId, news.Name, news.Email!.Value, news.Phone, news.Country, news.Locale).ShouldBe(
            ("ada@post.linden.shop", "Ada Winter", "Ada@post.linden.shop", "+31 20 555 0100", "NL", "en-NL")
        );
        var order = placed.Order!;
        (order.ExternalId, order.OccurredAt, order.Total, order.Refunded).ShouldBe(
            ("#1104", DateTimeOffset.Parse("2026-02-24T13:55:18+02:00", null), new Money(124.36m, "USD"), 0m)
        );
        order.Lines.ShouldBe([
            new OrderLine("TEA-1", null, 2, 85, 5, null, "SPRING"),
            new OrderLine("Cup - blue", null, 1, 39.36m, 0, null, null),
        ]);
        order.Coupons.ShouldBe(["SPRING"]);
        consent.News!.EmailConsent.ShouldBe(
            new Consent(
                ConsentState.Granted,
                ConsentBasis.Express,
                "Shopify, single_opt_in",
                DateTimeOffset.Parse("2024-04-10T20:11:12+02:00", null),
                Now
            )
        );
    }

    [Theory]
    [InlineData("\"cancelled_at\": null", "\"cancelled_at\": \"2026-02-25T09:00:00+02:00\"", ShopEventKind.OrderCancelled)]
    [InlineData("\"financial_status\": \"paid\"", "\"financial_status\": \"voided\"", ShopEventKind.OrderCancelled)]
    [InlineData("\"financial_status\": \"paid\"", "\"financial_status\": \"pending\"", ShopEventKind.OrderPlaced)]
    public void What_became_of_a_Shopify_order_stands_in_its_body_whatever_the_topic_says(string from, string to, ShopEventKind kind)
    {
        foreach (var topic in new[] { "orders/create", "orders/updated", "orders/paid", "orders/cancelled", "orders/fulfilled" })
        {
            Events(Shopify(topic, ShopifyOrder.Replace(from, to, StringComparison.Ordinal)))[0].Kind.ShouldBe(kind, topic);
        }
    }

    [Fact]
    public void What_Shopify_gave_back_is_the_sum_of_the_payments_back_and_at_most_the_total()
    {
        string With(string refunds) => ShopifyOrder.Replace("\"refunds\": []", $"\"refunds\": [{refunds}]", StringComparison.Ordinal);
        string Payment(string amount, string kind = "refund", string status = "success") =>
            $$"""{"id":1,"refund_line_items":[],"transactions":[{"kind":"{{kind}}","status":"{{status}}","amount":"{{amount}}"}]}""";

        var twice = Events(Shopify("orders/updated", With($"{Payment("10.10")},{Payment("4.26")}")))[0];
        (twice.Kind, twice.Order!.Refunded).ShouldBe((ShopEventKind.OrderRefunded, 14.36m));
        Events(Shopify("orders/updated", With($"{Payment("10", "sale")},{Payment("10", status: "failure")}")))[0]
            .Order!.Refunded.ShouldBe(0);
        Events(Shopify("orders/updated", With(Payment("500"))))[0].Order!.Refunded.ShouldBe(124.36m);
    }

    [Fact]
    public void A_refund_alone_is_never_half_an_order()
    {
        var refund = """{"id":509562969,"order_id":450789469,"transactions":[{"kind":"refund","amount":"41.94"}],"refund_line_items":[]}""";
        Shopify("refunds/create", refund).Nothing.ShouldBe(ShopTranslation.Partial);
        Shopify("orders/delete", """{"id":820982911946154508}""").Nothing.ShouldBe(ShopTranslation.Partial);
    }

    [Theory]
    [InlineData("\"test\": false", "\"test\": true", ShopTranslation.Test)]
    [InlineData("\"email\": \"Ada@Post.Linden.Shop\"", "\"email\": \"\"", null)]
    public void A_test_is_no_purchase_and_without_an_address_the_number_is_the_customer(string from, string to, string? nothing)
    {
        var told = Shopify("orders/create", ShopifyOrder.Replace(from, to, StringComparison.Ordinal));
        told.Nothing.ShouldBe(nothing);
        if (nothing is null)
        {
            (Events(told)[0].News!.ExternalId, Events(told)[0].News!.Email).ShouldBe(("+31 20 555 0100", null));
        }
    }

    [Fact]
    public void Nobody_can_be_told_from_an_order_without_address_and_number()
    {
        var order = ShopifyOrder
            .Replace("\"email\": \"Ada@Post.Linden.Shop\"", "\"email\": null", StringComparison.Ordinal)
            .Replace("\"phone\": \"+31 20 555 0100\"", "\"phone\": null", StringComparison.Ordinal);
        Shopify("orders/create", order).Nothing.ShouldBe(ShopTranslation.Nobody);
    }

    [Fact]
    public void A_Shopify_customers_answers_keep_their_own_moments_and_a_yes_without_one_is_not_taken()
    {
        string Customer(string email, string sms) =>
            $$"""
                {"id":706405506930370084,"email":"ada@post.linden.shop","first_name":"Ada","last_name":null,"updated_at":"2026-03-01T00:00:00-05:00",
                 "default_address":{"country_code":"US","phone":null},"email_marketing_consent":{{email}},"sms_marketing_consent":{{sms}} }
                """;
        var both = Events(
            Shopify(
                "customers/update",
                Customer(
                    """{"state":"unsubscribed","opt_in_level":null,"consent_updated_at":"2026-02-01T00:00:00Z"}""",
                    """{"state":"subscribed","opt_in_level":"confirmed_opt_in","consent_updated_at":"2026-02-02T00:00:00Z"}"""
                )
            )
        );
        both.Select(e => e.Kind).ShouldBe([ShopEventKind.CustomerChanged, ShopEventKind.ConsentWithdrawn, ShopEventKind.ConsentGiven]);
        both[1].News!.EmailConsent!.OccurredAt.UtcDateTime.ShouldBe(new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc));
        both[2].News!.SmsConsent!.Source.ShouldBe("Shopify, confirmed_opt_in");

        var timeless = Customer(
            """{"state":"subscribed","consent_updated_at":null}""",
            """{"state":"unsubscribed","consent_updated_at":null}"""
        );
        Events(Shopify("customers/update", timeless))
            .Select(e => e.Kind)
            .ShouldBe([ShopEventKind.CustomerChanged, ShopEventKind.ConsentWithdrawn]);
        var unasked = Customer("""{"state":"not_subscribed","consent_updated_at":"2026-02-01T00:00:00Z"}""", "null");
        Events(Shopify("customers/update", unasked)).Count.ShouldBe(1);
    }

    [Fact]
    public void The_consent_webhook_tells_one_answer_by_the_address_it_is_about()
    {
        var told = """
            {"customer_id":1,"email_address":"Ada@post.linden.shop","email_marketing_consent":{"state":"unsubscribed","opt_in_level":null,"consent_updated_at":"2026-02-01T00:00:00Z"}}
            """;
        var only = Events(Shopify("customers_email_marketing_consent/update", told)).Single();
        (only.Kind, only.News!.ExternalId).ShouldBe((ShopEventKind.ConsentWithdrawn, "ada@post.linden.shop"));
    }

    [Fact]
    public void A_redaction_stops_everything_until_somebody_erases_the_person()
    {
        var told =
            """{"shop_id":954889,"shop_domain":"s","customer":{"id":1,"email":"ada@post.linden.shop","phone":"1"},"orders_to_redact":[1]}""";
        var events = Events(Shopify("customers/redact", told));
        events[0].News!.DoNotProfile.ShouldBe(true);
        events.Skip(1).ShouldAllBe(e => e.Kind == ShopEventKind.ConsentWithdrawn);
        events.Skip(1).Select(e => (e.News!.EmailConsent ?? e.News.SmsConsent ?? e.News.PhoneConsent)!.State).Count().ShouldBe(3);
        Shopify("customers/redact", """{"customer":{"email":"ada@post.linden.shop"}}""").Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_WooCommerce_order_is_told_whole_and_its_moments_are_UTC()
    {
        var told = Events(WooCommerceWebhook.Read("order.created", Bytes(WooOrder))).Single();

        (told.Kind, told.OccurredAt.UtcDateTime).ShouldBe(
            (ShopEventKind.OrderPlaced, new DateTime(2026, 2, 24, 12, 28, 8, DateTimeKind.Utc))
        );
        (told.News!.ExternalId, told.News.Name, told.News.Country, told.News.Phone).ShouldBe(
            ("ben@post.linden.shop", "Ben Sommer", "DE", "030 555")
        );
        (told.Order!.ExternalId, told.Order.OccurredAt.UtcDateTime.Hour, told.Order.Total).ShouldBe(("727", 12, new Money(29.35m, "EUR")));
        told.Order.Lines.ShouldBe([
            new OrderLine("S-1", null, 2, 24, 3, null, null),
            new OrderLine("Ship Your Idea", null, 1, 5.35m, 0, null, null),
        ]);
        told.Order.Coupons.ShouldBe(["spring"]);
    }

    [Theory]
    [InlineData("processing", ShopEventKind.OrderPlaced, 0)]
    [InlineData("on-hold", ShopEventKind.OrderPlaced, 0)]
    [InlineData("completed", ShopEventKind.OrderPlaced, 0)]
    [InlineData("refunded", ShopEventKind.OrderRefunded, 29.35)]
    [InlineData("cancelled", ShopEventKind.OrderCancelled, 0)]
    [InlineData("failed", ShopEventKind.OrderCancelled, 0)]
    [InlineData("trash", ShopEventKind.OrderCancelled, 0)]
    public void What_became_of_a_WooCommerce_order_is_its_status(string status, ShopEventKind kind, double refunded)
    {
        var told = Events(WooCommerceWebhook.Read("order.updated", Bytes(WooOrder.Replace("processing", status, StringComparison.Ordinal))))
            .Single();
        (told.Kind, told.Order!.Refunded).ShouldBe((kind, (decimal)refunded));
    }

    [Fact]
    public void Refunds_of_WooCommerce_are_negative_and_unpaid_orders_are_no_purchases()
    {
        var refunds = "\"refunds\": [{\"id\":1,\"reason\":\"\",\"total\":\"-10.00\"},{\"id\":2,\"total\":\"-1.50\"}]";
        Events(WooCommerceWebhook.Read("order.updated", Bytes(WooOrder.Replace("\"refunds\": []", refunds, StringComparison.Ordinal))))
            .Single()
            .Order!.Refunded.ShouldBe(11.5m);
        WooCommerceWebhook
            .Read("order.created", Bytes(WooOrder.Replace("processing", "pending", StringComparison.Ordinal)))
            .Nothing.ShouldBe(ShopTranslation.Unpaid);
        WooCommerceWebhook.Read("order.deleted", Bytes("""{"id":727}""")).Nothing.ShouldBe(ShopTranslation.Nobody);
        WooCommerceWebhook.Read("product.updated", Bytes("{}")).Nothing.ShouldBe(ShopTranslation.Topic);
    }

    [Theory]
    [InlineData("total_price")]
    [InlineData("currency")]
    [InlineData("created_at")]
    [InlineData("updated_at")]
    public void Catalogue_140_an_order_that_lacks_what_it_needs_waits_for_a_person_instead_of_being_guessed(string field)
    {
        var half = ShopifyOrder.Replace($"\"{field}\"", "\"other\"", StringComparison.Ordinal);
        var told = Shopify("orders/create", half).Events[0];
        var read = ShopEventReader.Read(told, "e", Now);
        if (field == "created_at")
        {
            // Just placed, as far as anybody knows: then it happened when it was told.
            read.ShouldBeOfType<ShopEventReading.Understood>();
            return;
        }

        read.ShouldBeOfType<ShopEventReading.NotUnderstood>().Findings.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Catalogue_140_no_body_makes_a_translation_throw(int seed)
    {
        var random = new Random(seed);
        foreach (var whole in new[] { ShopifyOrder, WooOrder })
        {
            var bytes = Bytes(whole);
            for (var i = 0; i < 1_500; i++)
            {
                var bent = (byte[])bytes.Clone();
                for (var n = random.Next(1, 6); n > 0; n--)
                {
                    bent[random.Next(bent.Length)] = (byte)"{}[]\",:0-nt\\u"[random.Next(13)];
                }

                foreach (
                    var topic in new[] { "orders/create", "customers/update", "customers/redact", "customers_marketing_consent/update" }
                )
                {
                    ReadAll(ShopifyWebhook.Read(topic, bent, Now));
                }

                ReadAll(WooCommerceWebhook.Read("order.updated", bent));
                ReadAll(WooCommerceWebhook.Read("customer.updated", bent));
            }
        }
    }

    private static void ReadAll(ShopTranslation told)
    {
        foreach (var e in told.Events)
        {
            _ = ShopEventReader.Read(e, "e", Now);
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static ShopTranslation Shopify(string topic, string body) => ShopifyWebhook.Read(topic, Bytes(body), Now);

    private static IReadOnlyList<ShopEvent> Events(ShopTranslation told)
    {
        told.Nothing.ShouldBeNull();
        return [.. told.Events.Select(e => ShopEventReader.Read(e, "e", Now).ShouldBeOfType<ShopEventReading.Understood>(e).Event)];
    }
}
