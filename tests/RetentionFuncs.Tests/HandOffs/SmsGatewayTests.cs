using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using RetentionFuncs.Customers;
using RetentionFuncs.HandOffs;
using RetentionFuncs.Messages;
using RetentionFuncs.Tests.Trips;

namespace RetentionFuncs.Tests.HandOffs;

public sealed class SmsGatewayTests
{
    private const string Secret = "0123456789abcdef";

    [Theory]
    [InlineData(200, typeof(SendResult.Accepted))]
    [InlineData(202, typeof(SendResult.Accepted))]
    [InlineData(204, typeof(SendResult.Accepted))]
    [InlineData(302, typeof(SendResult.Unknown))]
    [InlineData(400, typeof(SendResult.Refused))]
    [InlineData(401, typeof(SendResult.SystemicRefusal))]
    [InlineData(429, typeof(SendResult.ProvenNotSent))]
    [InlineData(500, typeof(SendResult.Unknown))]
    public async Task What_a_gateway_answers_proves_what_any_provider_s_answer_proves(int status, Type expected)
    {
        await using var gateway = await Gateway.StartAsync(status);
        using var sender = new SmsGatewaySender(gateway.Url, Secret, TimeProvider.System);
        (await sender.SendAsync(Message)).ShouldBeOfType(expected);
        gateway.Posts.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_post_is_signed_over_its_moment_and_its_bytes_and_names_the_attempt()
    {
        await using var gateway = await Gateway.StartAsync(200);
        using var sender = new SmsGatewaySender(gateway.Url, Secret, new HandClock(DateTimeOffset.FromUnixTimeSeconds(1_770_000_000)));
        await sender.SendAsync(Message);
        var (headers, body) = gateway.Posts.ShouldHaveSingleItem();
        headers["X-Retention-Timestamp"].ShouldBe("1770000000");
        headers["Idempotency-Key"].ShouldBe("attempt-1");
        using var hmac = new System.Security.Cryptography.HMACSHA256(Encoding.UTF8.GetBytes(Secret));
        var expected = Convert.ToHexStringLower(hmac.ComputeHash([.. "1770000000."u8, .. body]));
        headers["X-Retention-Signature"].ShouldBe(expected);
        using var json = JsonDocument.Parse(body);
        json.RootElement.GetProperty("to").GetString().ShouldBe("+8613812345678");
        json.RootElement.GetProperty("text").GetString().ShouldBe("【山间茶舍】您好！拒收请回复R");
    }

    [Fact]
    public async Task Nobody_listening_proves_that_nothing_was_sent()
    {
        Uri url;
        await using (var gateway = await Gateway.StartAsync(200))
        {
            url = gateway.Url;
        }

        using var sender = new SmsGatewaySender(url, Secret, TimeProvider.System);
        (await sender.SendAsync(Message)).ShouldBeOfType<SendResult.ProvenNotSent>();
    }

    [Fact]
    public void A_short_secret_is_refused() =>
        Should.Throw<ArgumentException>(() => new SmsGatewaySender(new Uri("http://localhost"), "short", TimeProvider.System));

    private static OutboundMessage Message { get; } =
        new(
            new Mailbox("山间茶舍", "a@b.shop"),
            new Mailbox("山间茶舍", "a@b.shop"),
            new Mailbox("王芳", "+8613812345678"),
            "",
            "",
            "【山间茶舍】您好！拒收请回复R",
            "zh-CN",
            [],
            "text",
            "c.t",
            "attempt-1",
            "instance",
            DateTimeOffset.UnixEpoch
        )
        {
            Channel = Channel.Sms,
        };

    private sealed class Gateway(WebApplication app) : IAsyncDisposable
    {
        public List<(Dictionary<string, string> Headers, byte[] Body)> Posts { get; } = [];

        public Uri Url =>
            new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/send");

        public static async Task<Gateway> StartAsync(int status)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var gateway = new Gateway(app);
            app.MapPost(
                "/send",
                async context =>
                {
                    using var body = new MemoryStream();
                    await context.Request.Body.CopyToAsync(body);
                    gateway.Posts.Add((context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), body.ToArray()));
                    context.Response.StatusCode = status;
                    context.Response.Headers.Location = "/elsewhere";
                }
            );
            await app.StartAsync();
            return gateway;
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
