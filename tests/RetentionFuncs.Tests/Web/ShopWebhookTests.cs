using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.ShopEvents;
using RetentionFuncs.Web.Webhooks;

namespace RetentionFuncs.Tests.Web;

/// <summary>The webhooks of shop systems, over a real connection.</summary>
public sealed class ShopWebhookTests
{
    private const string ShopifySecret = "shpss_0123456789abcdef";
    private const string WooSecret = "a-woocommerce-secret-1";

    private static readonly WebhookOptions Options = new()
    {
        ShopifySecrets = ShopSecret.ParseAll($"{ShopifySecret} the-next-one-of-shopify"),
        WooCommerceSecrets = ShopSecret.ParseAll(WooSecret),
    };

    [Theory]
    [InlineData("shopify")]
    [InlineData("woocommerce")]
    public async Task An_order_that_is_told_and_signed_is_kept_first_and_on_file_once(string system)
    {
        await using var world = await WebhookWorld.StartAsync(options: Options);
        (await SendAsync(world, system)).ShouldBe(HttpStatusCode.OK);
        var kept = await WaitingAsync(world);
        kept.ShouldNotBe(0);
        await DeliverAsync(world);

        (await WaitingAsync(world)).ShouldBe(0);
        (await world.Trip.PartitionAsync(IdOf(system))).Summary().Orders.ShouldBe(1);
    }

    [Theory]
    [InlineData("shopify")]
    [InlineData("woocommerce")]
    public async Task Catalogue_138_told_many_times_under_every_topic_it_is_one_order(string system)
    {
        await using var world = await WebhookWorld.StartAsync(options: Options);
        string[] topics = system == "shopify" ? ["orders/updated", "orders/create", "orders/paid"] : ["order.updated", "order.created"];
        for (var i = 0; i < 46; i++)
        {
            (await SendAsync(world, system, topic: topics[i % topics.Length])).ShouldBe(HttpStatusCode.OK);
            if (i % 10 == 3)
            {
                await DeliverAsync(world);
            }
        }

        await DeliverAsync(world);
        (await world.Trip.PartitionAsync(IdOf(system))).Summary().Orders.ShouldBe(1);
        world.Trip.Queue.Parked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Catalogue_139_a_cancellation_that_comes_before_the_order_stays()
    {
        await using var world = await WebhookWorld.StartAsync(options: Options);
        var cancelled = ShopTranslationTests
            .ShopifyOrder.Replace("\"cancelled_at\": null", "\"cancelled_at\": \"2026-02-26T09:00:00+02:00\"", StringComparison.Ordinal)
            .Replace("2026-02-25T09:00:00+02:00", "2026-02-26T09:00:00+02:00", StringComparison.Ordinal);
        await SendAsync(world, "shopify", cancelled, "orders/cancelled");
        await DeliverAsync(world);
        await SendAsync(world, "shopify");
        await DeliverAsync(world);

        (await world.Trip.PartitionAsync(IdOf("shopify"))).Summary().Orders.ShouldBe(0);
    }

    [Theory]
    [InlineData("shopify")]
    [InlineData("woocommerce")]
    public async Task Catalogue_141_one_bit_anywhere_in_body_or_signature_is_refused_and_nothing_is_written(string system)
    {
        await using var world = await WebhookWorld.StartAsync(options: Options);
        var before = world.Everything();
        var body = Encoding.UTF8.GetBytes("""{"id":1,"line_items":[],"email":"a@b.shop"}""");
        var signature = Sign(body, SecretOf(system));
        for (var i = 0; i < body.Length; i++)
        {
            var bent = (byte[])body.Clone();
            bent[i] ^= (byte)(1 << (i % 8));
            (await PostAsync(world, system, bent, signature)).ShouldBe(HttpStatusCode.Unauthorized, $"byte {i}");
        }

        for (var i = 0; i < signature.Length; i++)
        {
            var bent = signature.ToCharArray();
            bent[i] = bent[i] == 'A' ? 'B' : 'A';
            (await PostAsync(world, system, body, new string(bent))).ShouldBe(HttpStatusCode.Unauthorized, $"sign {i}");
        }

        (await PostAsync(world, system, body[..^1], signature)).ShouldBe(HttpStatusCode.Unauthorized);
        world.Everything().ShouldBe(before);
        world.Store.Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public async Task Catalogue_141_no_signature_or_none_of_its_form_is_refused(string? signature)
    {
        await using var world = await WebhookWorld.StartAsync(options: Options);
        foreach (var system in new[] { "shopify", "woocommerce" })
        {
            (await PostAsync(world, system, Encoding.UTF8.GetBytes(BodyOf(system)), signature)).ShouldBe(HttpStatusCode.Unauthorized);
        }

        world.Store.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Either_of_two_secrets_is_taken_and_no_shops_secret_opens_the_others_door()
    {
        await using var world = await WebhookWorld.StartAsync(options: Options);
        (await SendAsync(world, "shopify", secret: "the-next-one-of-shopify")).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(world, "shopify", secret: WooSecret)).ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(world, "woocommerce", secret: ShopifySecret)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Without_a_secret_there_is_no_such_address()
    {
        await using var world = await WebhookWorld.StartAsync(
            options: new WebhookOptions { WooCommerceSecrets = Options.WooCommerceSecrets }
        );
        (await SendAsync(world, "shopify")).ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(world, "woocommerce")).ShouldBe(HttpStatusCode.OK);
        Should.Throw<FormatException>(() => ShopSecret.ParseAll("too-short")).Message.ShouldNotContain("too-short");
    }

    [Theory]
    [InlineData("webhook_id=3", HttpStatusCode.OK)]
    [InlineData("webhook_id=12345678901234567890", HttpStatusCode.OK)]
    [InlineData("webhook_id=", HttpStatusCode.Unauthorized)]
    [InlineData("webhook_id=3x", HttpStatusCode.Unauthorized)]
    [InlineData("webhook_id=123456789012345678901", HttpStatusCode.Unauthorized)]
    [InlineData("{}", HttpStatusCode.Unauthorized)]
    public async Task The_greeting_of_a_new_WooCommerce_webhook_is_answered_200_and_does_nothing(string body, HttpStatusCode status)
    {
        await using var world = await WebhookWorld.StartAsync(options: Options);
        (await PostAsync(world, "woocommerce", Encoding.UTF8.GetBytes(body), null)).ShouldBe(status);
        (await PostAsync(world, "shopify", Encoding.UTF8.GetBytes(body), null)).ShouldBe(HttpStatusCode.Unauthorized);
        world.Store.Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData("shopify", "products/update")]
    [InlineData("shopify", "refunds/create")]
    [InlineData("shopify", null)]
    [InlineData("woocommerce", "action.woocommerce_add_to_cart")]
    public async Task Catalogue_140_what_is_not_for_us_is_answered_with_success_and_writes_nothing(string system, string? topic)
    {
        await using var world = await WebhookWorld.StartAsync(options: Options);
        (await SendAsync(world, system, topic: topic ?? "")).ShouldBe(HttpStatusCode.OK);
        (await SendAsync(world, system, "not json at all")).ShouldBe(HttpStatusCode.OK);
        world.Store.Calls.ShouldBe(0);
        world.Said.Lines.ShouldContain(l => l.Level == LogLevel.Warning && l.Text.Contains("another shape"));
    }

    [Fact]
    public async Task Catalogue_140_half_an_order_is_kept_for_a_person_and_told_in_the_log_without_its_words()
    {
        await using var world = await WebhookWorld.StartAsync(options: Options);
        var half = ShopTranslationTests.ShopifyOrder.Replace("\"currency\"", "\"colour\"", StringComparison.Ordinal);
        (await SendAsync(world, "shopify", half)).ShouldBe(HttpStatusCode.OK);
        await DeliverAsync(world);

        world.Trip.Queue.Parked.Single().Reason.ShouldContain("order.currency");
        (await WaitingAsync(world)).ShouldBe(1);
        world.Said.Lines.ShouldContain(l => l.Text.Contains("wait for a person"));
        world.Said.Lines.ShouldAllBe(l => !l.Text.Contains("ada", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Catalogue_142_a_body_over_two_mebibytes_or_packed_is_cut_off()
    {
        await using var world = await WebhookWorld.StartAsync(options: Options);
        var huge = new byte[(2 * 1024 * 1024) + 1];
        (await PostAsync(world, "shopify", huge, Sign(huge, ShopifySecret))).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        using var packed = Post(world, "shopify", [1, 2, 3], Sign([1, 2, 3], ShopifySecret), "orders/create");
        packed.Content!.Headers.ContentEncoding.Add("gzip");
        (await world.SendAsync(packed)).ShouldBe(HttpStatusCode.UnsupportedMediaType);
        world.Store.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Catalogue_143_a_store_or_a_queue_that_is_away_asks_to_be_told_again_and_then_it_is_one_order()
    {
        await using var world = await WebhookWorld.StartAsync(options: Options);
        world.Store.IsAway = true;
        (await SendAsync(world, "woocommerce")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        world.Store.IsAway = false;
        world.Queue.IsAway = true;
        (await SendAsync(world, "woocommerce")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        world.Queue.IsAway = false;
        (await SendAsync(world, "woocommerce")).ShouldBe(HttpStatusCode.OK);
        await DeliverAsync(world);
        (await world.Trip.PartitionAsync(IdOf("woocommerce"))).Summary().Orders.ShouldBe(1);
    }

    private static string SecretOf(string system) => system == "shopify" ? ShopifySecret : WooSecret;

    private static string BodyOf(string system) => system == "shopify" ? ShopTranslationTests.ShopifyOrder : ShopTranslationTests.WooOrder;

    private static string IdOf(string system) => system == "shopify" ? "ada@post.linden.shop" : "ben@post.linden.shop";

    private static string Sign(byte[] body, string secret) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    private static Task<HttpStatusCode> SendAsync(
        WebhookWorld world,
        string system,
        string? body = null,
        string? topic = null,
        string? secret = null
    )
    {
        var bytes = Encoding.UTF8.GetBytes(body ?? BodyOf(system));
        return PostAsync(world, system, bytes, Sign(bytes, secret ?? SecretOf(system)), topic);
    }

    private static Task<HttpStatusCode> PostAsync(
        WebhookWorld world,
        string system,
        byte[] body,
        string? signature,
        string? topic = null
    ) => world.SendAsync(Post(world, system, body, signature, topic ?? (system == "shopify" ? "orders/create" : "order.created")));

    private static HttpRequestMessage Post(WebhookWorld world, string system, byte[] body, string? signature, string topic)
    {
        var (sign, about) =
            system == "shopify" ? ("X-Shopify-Hmac-Sha256", "X-Shopify-Topic") : ("X-WC-Webhook-Signature", "X-WC-Webhook-Topic");
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(world.Webhook, system)) { Content = new ByteArrayContent(body) };
        _ = signature is not null && request.Headers.TryAddWithoutValidation(sign, signature);
        _ = topic.Length > 0 && request.Headers.TryAddWithoutValidation(about, topic);
        return request;
    }

    private static Task DeliverAsync(WebhookWorld world) => world.Trip.Queue.DeliverDueAsync(world.Trip.Product.Handler).AsTask();

    private static async Task<int> WaitingAsync(WebhookWorld world)
    {
        var count = 0;
        foreach (var shard in Shards.All)
        {
            await foreach (var _ in world.Trip.Store.ReadAllAsync(RetentionFuncs.ShopEvents.InboxPlace.PartitionOf(shard), RowRange.All))
            {
                count++;
            }
        }

        return count;
    }
}
