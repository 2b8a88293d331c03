using System.Net;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Tests.Commands;
using RetentionFuncs.Tests.Kills;
using RetentionFuncs.Tests.Loopback;

namespace RetentionFuncs.Tests.Serving;

/// <summary>The running program takes a provider's word only with the key it was given.</summary>
public sealed class WebhookServedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static async Task<HttpStatusCode> PostAsync(LoopbackEvents by, string line)
    {
        using var http = new HttpClient();
        var to = new Uri(new Uri(System.Text.RegularExpressions.Regex.Match(line, @"http://127\.0\.0\.1:\d+").Value), "/webhooks/sendgrid");
        using var answer = await http.SendAsync(by.Post(to, "[]"u8.ToArray(), DateTimeOffset.UtcNow));
        return answer.StatusCode;
    }

    [Fact]
    public async Task With_a_key_its_posts_are_taken_and_no_other_s()
    {
        using var shop = await Shop.OpenAsync();
        using var provider = new LoopbackEvents();
        using var stranger = new LoopbackEvents();
        using var program = RunningProgram.Retention(
            new Dictionary<string, string> { ["RETENTION_WEBHOOK_KEY"] = provider.PublicKey },
            shop.Directory,
            "serve",
            "--port",
            "0"
        );
        var line = await program.SaysAsync("http://", Patience);

        (await PostAsync(provider, line)).ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync(stranger, line)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_is_no_key_stops_the_program_with_the_setting_s_name()
    {
        using var shop = await Shop.OpenAsync();
        using var program = RunningProgram.Retention(
            new Dictionary<string, string> { ["RETENTION_WEBHOOK_KEY"] = "nonsense!" },
            shop.Directory,
            "serve",
            "--port",
            "0"
        );
        (await program.EndAsync(Patience)).ShouldNotBe(Exit.Done);
        program.Err.ShouldContain("RETENTION_WEBHOOK_KEY is not Base64");
    }
}
