using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using RetentionFuncs.Storage;
using RetentionFuncs.Tests.Loopback;
using RetentionFuncs.Tests.Messages;
using RetentionFuncs.Tests.Trips;
using RetentionFuncs.Web.Webhooks;

namespace RetentionFuncs.Tests.Web;

public sealed class SendGridWebhookTests
{
    /// <summary>The vector that the provider's own library is tested with.</summary>
    private const string KnownKey =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";

    private const string KnownSignature =
        "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=";

    private const string KnownTimestamp = "1600112502";

    private const string KnownBody =
        """[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]"""
        + "\r\n";

    private static Task<WebhookWorld> KnownAsync() =>
        WebhookWorld.StartAsync(new TripWorld("2020-09-14T19:45:00+00:00"), WebhookOptions.Of(KnownKey));

    private static async Task<HttpStatusCode> KnownAsync(string body, string signature, string timestamp = KnownTimestamp)
    {
        await using var world = await KnownAsync();
        return await world.SendAsync(LoopbackEvents.Post(world.Webhook, Encoding.UTF8.GetBytes(body), timestamp, signature));
    }

    private static byte[] OurEvent(string instance = "", string kind = "delivered") =>
        LoopbackEvents.Body(
            new Dictionary<string, object>
            {
                ["rf_t"] = MessageSamples.Touch.ToString(),
                ["rf_a"] = "attempt1",
                ["rf_i"] = instance.Length > 0 ? instance : MessageSamples.Secret.InstanceId,
                ["event"] = kind,
                ["timestamp"] = 1772442000,
                ["email"] = "anna@mail.example",
            }
        );

    [Fact]
    public async Task The_provider_s_known_post_is_taken() =>
        (await KnownAsync(KnownBody, KnownSignature)).ShouldBe(HttpStatusCode.NoContent);

    [Fact]
    public async Task The_known_post_with_its_last_line_end_taken_off_is_refused() =>
        (await KnownAsync(KnownBody.TrimEnd(), KnownSignature)).ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task The_known_signature_in_the_other_format_is_refused()
    {
        // The two numbers side by side, as IEEE P1363 has them, instead of in DER.
        var der = Convert.FromBase64String(KnownSignature);
        var flat = Convert.ToBase64String([.. der[4..36], .. der[39..71]]);
        (await KnownAsync(KnownBody, flat)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Catalogue_141_no_bent_signature_timestamp_or_body_is_taken_and_nothing_is_written()
    {
        await using var world = await KnownAsync();
        var before = world.Everything();
        var random = new Random(11);
        var body = Encoding.UTF8.GetBytes(KnownBody);
        for (var i = 0; i < 400; i++)
        {
            var (bent, signature, timestamp) = ((byte[])body.Clone(), Convert.FromBase64String(KnownSignature), KnownTimestamp);
            switch (i % 4)
            {
                case 0:
                    bent[random.Next(bent.Length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    signature[random.Next(signature.Length)] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bent = bent[..random.Next(bent.Length)];
                    break;
                default:
                    timestamp = $"{1600112502 + random.Next(1, 100)}";
                    break;
            }

            (await world.SendAsync(LoopbackEvents.Post(world.Webhook, bent, timestamp, Convert.ToBase64String(signature)))).ShouldBe(
                HttpStatusCode.Unauthorized
            );
        }

        world.Everything().ShouldBe(before);
        world.Store.Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData(null, KnownSignature)]
    [InlineData(KnownTimestamp, null)]
    [InlineData("", "")]
    [InlineData(KnownTimestamp, "")]
    [InlineData(KnownTimestamp, "not base64!")]
    [InlineData(KnownTimestamp, "MAYCAQACAQA=")]
    [InlineData(KnownTimestamp, "MAYCAQECAQE=")]
    [InlineData("+1600112502", KnownSignature)]
    [InlineData("16001125020000000", KnownSignature)]
    public async Task Catalogue_141_a_missing_or_malformed_header_is_refused(string? timestamp, string? signature)
    {
        await using var world = await KnownAsync();
        (await world.SendAsync(LoopbackEvents.Post(world.Webhook, Encoding.UTF8.GetBytes(KnownBody), timestamp, signature))).ShouldBe(
            HttpStatusCode.Unauthorized
        );
        world.Store.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Another_key_s_signature_is_refused_and_either_of_two_keys_is_taken()
    {
        await using var world = await KnownAsync();
        (await world.PostAsync(OurEvent())).ShouldBe(HttpStatusCode.Unauthorized);

        using var next = new LoopbackEvents();
        await using var both = await WebhookWorld.StartAsync(options: WebhookOptions.Of($"{KnownKey}, {next.PublicKey}"));
        (await both.SendAsync(next.Post(both.Webhook, OurEvent(), both.Trip.Clock.Now))).ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.NoContent)]
    [InlineData(-86_400, HttpStatusCode.NoContent)]
    [InlineData(-86_401, HttpStatusCode.Unauthorized)]
    [InlineData(300, HttpStatusCode.NoContent)]
    [InlineData(301, HttpStatusCode.Unauthorized)]
    public async Task Catalogue_141_a_true_post_is_taken_for_a_day_and_five_minutes_ahead(int seconds, HttpStatusCode status)
    {
        await using var world = await WebhookWorld.StartAsync();
        (await world.PostAsync(OurEvent(), world.Trip.Clock.Now.AddSeconds(seconds))).ShouldBe(status);
    }

    [Fact]
    public async Task Without_a_key_there_is_no_webhook()
    {
        await using var world = await WebhookWorld.StartAsync(options: WebhookOptions.Closed);
        (await world.PostAsync(OurEvent())).ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("nonsense!")]
    [InlineData("AAAA")]
    [InlineData("MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAE")]
    public void What_is_no_key_is_refused_when_the_program_starts(string key) =>
        Should.Throw<FormatException>(() => WebhookOptions.Of(key));

    [Fact]
    public void A_key_of_another_curve_is_refused()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Should
            .Throw<FormatException>(() => WebhookOptions.Of(Convert.ToBase64String(other.ExportSubjectPublicKeyInfo())))
            .Message.ShouldBe("is not a P-256 key");
    }

    [Fact]
    public async Task Only_a_post_is_answered()
    {
        await using var world = await WebhookWorld.StartAsync();
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
        {
            (await world.SendAsync(new HttpRequestMessage(method, world.Webhook))).ShouldBe(HttpStatusCode.MethodNotAllowed);
        }
    }

    [Fact]
    public async Task Catalogue_142_a_body_over_a_mebibyte_is_cut_off_announced_or_not()
    {
        await using var world = await WebhookWorld.StartAsync();
        var big = new byte[(1024 * 1024) + 1];
        (await world.PostAsync(big)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        var chunked = world.Events.Post(world.Webhook, big, world.Trip.Clock.Now);
        chunked.Headers.TransferEncodingChunked = true;
        (await world.SendAsync(chunked)).ShouldBe(HttpStatusCode.RequestEntityTooLarge);

        // As large as the provider makes them, and more.
        var most = Encoding.UTF8.GetBytes($"[{new string(' ', (1024 * 1024) - 2)}]");
        (await world.PostAsync(most)).ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Catalogue_142_a_packed_body_is_not_unpacked()
    {
        await using var world = await WebhookWorld.StartAsync();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[10_000_000]);
        }

        var post = world.Events.Post(world.Webhook, packed.ToArray(), world.Trip.Clock.Now);
        post.Content!.Headers.ContentEncoding.Add("gzip");
        (await world.SendAsync(post)).ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Catalogue_143_a_store_or_a_queue_that_is_away_asks_to_be_told_again()
    {
        await using var world = await WebhookWorld.StartAsync();
        world.Store.IsAway = true;
        (await world.PostAsync(OurEvent())).ShouldBe(HttpStatusCode.ServiceUnavailable);
        world.Trip.Store.Everything(StoreTable.Inbox).ShouldBeEmpty();

        (world.Store.IsAway, world.Queue.IsAway) = (false, true);
        (await world.PostAsync(OurEvent())).ShouldBe(HttpStatusCode.ServiceUnavailable);
        world.Trip.Store.Everything(StoreTable.Inbox).Count().ShouldBe(1);
        world.Said.Lines.Count(l => l.Level == LogLevel.Error).ShouldBe(2);

        world.Queue.IsAway = false;
        (await world.PostAsync(OurEvent())).ShouldBe(HttpStatusCode.NoContent);
        world.Trip.Queue.Waiting.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Odd_and_other_events_are_taken_so_that_they_are_not_told_for_a_day()
    {
        await using var world = await WebhookWorld.StartAsync();
        foreach (var body in new[] { "", "[]", "nonsense", "{}", "[1]", "[{\"event\":\"open\",\"email\":\"b@mail.example\"}]" })
        {
            (await world.PostAsync(Encoding.UTF8.GetBytes(body))).ShouldBe(HttpStatusCode.NoContent);
        }

        world.Trip.Store.Everything(StoreTable.Inbox).ShouldBeEmpty();
        world.Trip.Queue.Waiting.ShouldBeEmpty();
        world.Everything().ShouldNotContain("b@mail.example");
    }

    [Fact]
    public async Task Another_installation_s_events_are_made_loud()
    {
        await using var world = await WebhookWorld.StartAsync();
        (await world.PostAsync(OurEvent("another"))).ShouldBe(HttpStatusCode.NoContent);

        world.Said.Lines.Count(l => l.Level == LogLevel.Critical).ShouldBe(1);
        world.Trip.Queue.Waiting.ShouldBeEmpty();
    }

    [Fact]
    public async Task Neither_file_nor_log_nor_queue_holds_an_address()
    {
        await using var world = await WebhookWorld.StartAsync();
        _ = await world.PostAsync(OurEvent());
        _ = await world.PostAsync(OurEvent("another"));

        var all = world.Everything() + string.Concat(world.Said.Lines) + string.Concat(world.Trip.Queue.Waiting);
        all.ShouldNotContain("anna@");
        all.ShouldContain("delivered");
    }

    [Fact]
    public async Task Catalogue_138_a_true_post_played_again_changes_nothing_more()
    {
        await using var world = await WebhookWorld.StartAsync();
        _ = await world.PostAsync(OurEvent());
        await world.Trip.Queue.DeliverDueAsync(world.Trip.Product.Handler);
        var before = world.Everything();
        for (var i = 0; i < 20; i++)
        {
            (await world.PostAsync(OurEvent())).ShouldBe(HttpStatusCode.NoContent);
        }

        await world.Trip.Queue.DeliverDueAsync(world.Trip.Product.Handler);
        var rows = world.Everything().Split('\n').Select(l => string.Join(' ', l.Split(' ')[..1]));
        rows.ShouldBe(before.Split('\n').Select(l => l.Split(' ')[0]));
    }
}
