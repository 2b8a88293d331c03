using System.Net;
using System.Text;
using RetentionFuncs.Deliveries.SendGridEvents;
using RetentionFuncs.Tests.Loopback;
using RetentionFuncs.Tests.Messages;
using RetentionFuncs.Tests.Web;
using Xunit.Abstractions;

namespace RetentionFuncs.Tests.Fuzz;

/// <summary>What is posted as the provider's events, with and without its signature.</summary>
public sealed class WebhookFuzz(ITestOutputHelper output)
{
    private static readonly string[] Pieces =
    [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "null",
        "true",
        "1e999",
        "-0",
        "1772442000",
        "\"\\ud800\"",
        "\\u0000",
        "[[[[[[[[",
        "\"event\":\"bounce\",",
        "\"type\":\"blocked\",",
    ];

    private static byte[] Events(FuzzCase c) =>
        LoopbackEvents.Body([
            .. Enumerable
                .Range(0, c.Random.Next(1, 5))
                .Select(_ =>
                    (object)
                        new Dictionary<string, object?>
                        {
                            ["rf_t"] = c.OneIn(10) ? OddTexts.Whole(c) : MessageSamples.Touch.ToString(),
                            ["rf_a"] = c.OneIn(10) ? 7 : "attempt1",
                            ["rf_i"] = c.OneIn(5) ? "another" : MessageSamples.Secret.InstanceId,
                            ["event"] = c.Of<object?>([
                                "delivered",
                                "bounce",
                                "open",
                                "click",
                                "dropped",
                                "spamreport",
                                "unsubscribe",
                                "processed",
                                "new",
                                null,
                                5,
                            ]),
                            ["timestamp"] = c.Of<object?>([1772442000, "1772442000", -1, long.MaxValue, 1.5, null, "soon"]),
                            ["email"] = c.OneIn(5) ? OddTexts.Whole(c) : "anna@mail.example",
                            ["reason"] = c.OneIn(3) ? OddTexts.Whole(c) : null,
                            ["sg_machine_open"] = c.Of<object?>([true, false, "true", null]),
                        }
                ),
        ]);

    private static byte[] Body(FuzzCase c)
    {
        var body = Events(c);
        return c.Random.Next(4) switch
        {
            0 => body,
            1 => OddTexts.Damage(c, body),
            _ => Encoding.UTF8.GetBytes(OddTexts.Damage(c, Encoding.UTF8.GetString(body), Pieces)),
        };
    }

    [Fact]
    public void No_body_makes_the_reader_throw_and_every_event_is_counted() =>
        FuzzRun.Run(
            output,
            8_000,
            c =>
            {
                var body = Body(c);
                c.Try(Encoding.UTF8.GetString(body));
                var batch = SendGridEventReader.Read(body);
                (batch.OtherMail, batch.UnknownKinds).ShouldSatisfyAllConditions(
                    n => n.OtherMail.ShouldBeGreaterThanOrEqualTo(0),
                    n => n.UnknownKinds.ShouldBeGreaterThanOrEqualTo(0)
                );
                batch.Odd.ShouldAllBe(o => o.Problem.Length > 0);
                batch.Events.ShouldAllBe(e => !e.Raw.Contains("anna@", StringComparison.Ordinal));
            }
        );

    /// <summary>Over HTTP, half of them signed: a signed one is always taken, a bent one never, and nothing is the server's fault.</summary>
    [Fact]
    public async Task No_post_is_answered_with_a_fault_of_ours_and_no_forged_one_writes_a_row()
    {
        await using var world = await WebhookWorld.StartAsync();
        await FuzzRun.RunAsync(
            output,
            800,
            async c =>
            {
                var body = Body(c);
                c.Try(Encoding.UTF8.GetString(body));
                if (c.OneIn(2))
                {
                    (await world.PostAsync(body)).ShouldBe(HttpStatusCode.NoContent);
                    return;
                }

                var before = world.Store.Calls;
                var post = world.Events.Post(world.Webhook, body, world.Trip.Clock.Now);
                (await world.SendAsync(Forged(c, post, body))).ShouldBeOneOf(HttpStatusCode.Unauthorized, HttpStatusCode.BadRequest);
                world.Store.Calls.ShouldBe(before);
            }
        );
    }

    private static HttpRequestMessage Forged(FuzzCase c, HttpRequestMessage post, byte[] body)
    {
        var timestamp = post.Headers.GetValues("X-Twilio-Email-Event-Webhook-Timestamp").Single();
        var signature = post.Headers.GetValues("X-Twilio-Email-Event-Webhook-Signature").Single();
        var to = post.RequestUri!;
        post.Dispose();
        return c.Random.Next(6) switch
        {
            0 => LoopbackEvents.Post(to, [.. body, (byte)' '], timestamp, signature),
            1 => LoopbackEvents.Post(to, body, (long.Parse(timestamp) + c.Random.Next(1, 1000) - 2000).ToString(), signature),
            2 => LoopbackEvents.Post(to, body, timestamp, Flipped(c, signature)),
            3 => LoopbackEvents.Post(to, body, timestamp, null),
            4 => LoopbackEvents.Post(to, body, "00" + timestamp, signature),
            _ => LoopbackEvents.Post(to, body, timestamp, Convert.ToBase64String(new byte[c.Random.Next(0, 90)])),
        };
    }

    private static string Flipped(FuzzCase c, string signature)
    {
        var bytes = Convert.FromBase64String(signature);
        bytes[c.Random.Next(bytes.Length)] ^= (byte)(1 << c.Random.Next(8));
        return Convert.ToBase64String(bytes);
    }
}
