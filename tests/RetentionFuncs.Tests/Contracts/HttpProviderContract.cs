using System.Net;
using System.Net.Sockets;
using RetentionFuncs.Messages;
using RetentionFuncs.Tests.Loopback;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.Tests.Contracts;

/// <summary>What every sender that speaks v3/mail/send over HTTP owes: each answer and each silence proves what it proves, and no more.</summary>
public abstract class HttpProviderContract : IAsyncLifetime
{
    private LoopbackProvider _provider = null!;

    /// <param name="endpoint">The address of the submission, ending in <c>/v3/mail/send</c>.</param>
    protected abstract IMessageSender New(Uri endpoint, TimeSpan timeout);

    public async Task InitializeAsync() => _provider = await LoopbackProvider.StartAsync();

    public async Task DisposeAsync() => await _provider.DisposeAsync();

    private async Task<SendResult> SentAsync(ProviderAct act, TimeSpan? timeout = null, Uri? endpoint = null)
    {
        _provider.Acts = _ => act;
        var sender = New(endpoint ?? _provider.Endpoint, timeout ?? TimeSpan.FromSeconds(30));
        using var own = (IDisposable)sender;
        return await sender.SendAsync(Rendered(Request()));
    }

    [Fact]
    public async Task Each_submission_carries_the_message_our_ids_and_no_tracking()
    {
        (await SentAsync(ProviderAct.Accept)).ShouldBe(new SendResult.Accepted("m-1"));

        var submission = _provider.Accepted.ShouldHaveSingleItem();
        submission.Touch.ShouldBe(Touch.ToString());
        submission.Attempt.ShouldBe("attempt234567abcdefghijklm");
        submission.Instance.ShouldBe(Secret.InstanceId);
        submission.Headers.Authorization.ToString().ShouldBe("Bearer key");
        var json = submission.Json;
        json.GetProperty("subject").GetString().ShouldBe("Anna Lind, we saved 15% for you");
        json.GetProperty("personalizations")[0].GetProperty("to").GetArrayLength().ShouldBe(1);
        json.GetProperty("content").EnumerateArray().Select(c => c.GetProperty("type").GetString()).ShouldBe(["text/plain", "text/html"]);
        json.GetProperty("headers").GetProperty("List-Unsubscribe-Post").GetString().ShouldBe("List-Unsubscribe=One-Click");
        json.GetProperty("categories")[0].GetString().ShouldBe("win-back");
        foreach (var tracking in new[] { "click_tracking", "open_tracking", "subscription_tracking", "ganalytics" })
        {
            json.GetProperty("tracking_settings").GetProperty(tracking).GetProperty("enable").GetBoolean().ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData(null, 60)]
    [InlineData("-3600", 1)]
    [InlineData("100", 100)]
    [InlineData("99999999", 900)]
    [InlineData("soon", 60)]
    public async Task Catalogue_101_429_waits_a_bounded_time_whatever_the_reset_header_says(string? reset, int seconds)
    {
        var header = long.TryParse(reset, out var offset) ? (DateTimeOffset.UtcNow.ToUnixTimeSeconds() + offset).ToString() : reset;
        var act = header is null ? new ProviderAct.Answer(429) : new ProviderAct.Answer(429, ("X-RateLimit-Reset", header));

        var result = (await SentAsync(act)).ShouldBeOfType<SendResult.ProvenNotSent>();

        (result.RetryAt - DateTimeOffset.UtcNow).TotalSeconds.ShouldBe(seconds, 5);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("99999", 900)]
    [InlineData("Thu, 01 Jan 2015 00:00:00 GMT", 1)]
    [InlineData("later", 60)]
    public async Task Catalogue_101_429_without_a_reset_time_waits_as_Retry_After_says(string retryAfter, int seconds)
    {
        var result = (await SentAsync(new ProviderAct.Answer(429, ("Retry-After", retryAfter)))).ShouldBeOfType<SendResult.ProvenNotSent>();

        (result.RetryAt - DateTimeOffset.UtcNow).TotalSeconds.ShouldBe(seconds, 5);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Catalogue_102_112_a_refused_key_or_sender_stops_everything(int status)
    {
        (await SentAsync(new ProviderAct.Answer(status))).ShouldBeOfType<SendResult.SystemicRefusal>();
    }

    [Fact]
    public async Task Catalogue_103_a_refusal_keeps_the_reason_and_no_address()
    {
        var body =
            """{"errors":[{"message":"anna@mail.example does not contain a valid address.","field":"personalizations.0.to.0.email","help":null}]}""";

        (await SentAsync(new ProviderAct.Answer(400) { Body = body }))
            .ShouldBeOfType<SendResult.Refused>()
            .Reason.ShouldBe("The provider answered 400: personalizations.0.to.0.email: … does not contain a valid address.");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task Catalogue_104_other_refusals_concern_this_message_only(int status)
    {
        (await SentAsync(new ProviderAct.Answer(status) { Body = "<html>not json</html>" })).ShouldBe(
            new SendResult.Refused($"The provider answered {status}.")
        );
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Catalogue_105_a_server_error_is_unknown_and_is_not_tried_again(int status)
    {
        (await SentAsync(new ProviderAct.Answer(status))).ShouldBeOfType<SendResult.Unknown>();
        _provider.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Catalogue_106_a_timeout_after_the_body_has_left_is_unknown()
    {
        var result = await SentAsync(new ProviderAct.Slow(TimeSpan.FromSeconds(20), ProviderAct.Accept), TimeSpan.FromMilliseconds(300));

        result.ShouldBeOfType<SendResult.Unknown>();
        _provider.Accepted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Catalogue_106_a_cut_before_or_after_acceptance_is_unknown_alike()
    {
        (await SentAsync(new ProviderAct.CutBefore())).ShouldBeOfType<SendResult.Unknown>();
        _provider.Accepted.Count.ShouldBe(0);
        (await SentAsync(new ProviderAct.CutAfter())).ShouldBeOfType<SendResult.Unknown>();
        _provider.Accepted.Count.ShouldBe(1);
        _provider.Requests.ShouldBe(2);
    }

    [Fact]
    public async Task Catalogue_106_a_status_that_arrived_decides_though_its_body_is_cut()
    {
        (await SentAsync(new ProviderAct.CutInside(400))).ShouldBe(new SendResult.Refused("The provider answered 400."));
        (await SentAsync(new ProviderAct.CutInside(500))).ShouldBeOfType<SendResult.Unknown>();
    }

    [Fact]
    public async Task Catalogue_107_accepted_without_an_id_is_accepted()
    {
        (await SentAsync(new ProviderAct.Answer(202))).ShouldBe(new SendResult.Accepted(null));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(301)]
    [InlineData(307)]
    public async Task Catalogue_108_success_that_is_not_acceptance_is_unknown_and_never_followed(int status)
    {
        (await SentAsync(new ProviderAct.Answer(status, ("Location", "/elsewhere")))).ShouldBeOfType<SendResult.Unknown>();
        _provider.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task Catalogue_109_a_slow_answer_within_the_limit_counts()
    {
        (
            await SentAsync(new ProviderAct.Slow(TimeSpan.FromMilliseconds(400), ProviderAct.Accept), TimeSpan.FromSeconds(10))
        ).ShouldBeOfType<SendResult.Accepted>();
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/v3/mail/send")]
    [InlineData("http://no-such-host.invalid/v3/mail/send")]
    public async Task Catalogue_110_no_connection_is_proven_not_sent(string endpoint)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();

        (await SentAsync(ProviderAct.Accept, endpoint: new Uri(string.Format(endpoint, port)))).ShouldBeOfType<SendResult.ProvenNotSent>();
    }

    [Fact]
    public async Task Catalogue_110_a_failed_TLS_handshake_is_proven_not_sent()
    {
        var tls = new UriBuilder(_provider.Endpoint) { Scheme = "https" }.Uri;

        (await SentAsync(ProviderAct.Accept, endpoint: tls)).ShouldBeOfType<SendResult.ProvenNotSent>();
        _provider.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task A_TLS_handshake_that_never_ends_is_proven_not_sent()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var endpoint = new Uri($"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/v3/mail/send");

        (await SentAsync(ProviderAct.Accept, TimeSpan.FromMilliseconds(300), endpoint)).ShouldBeOfType<SendResult.ProvenNotSent>();
    }

    [Fact]
    public async Task A_server_that_hangs_up_without_a_word_is_unknown()
    {
        using var rude = new TcpListener(IPAddress.Loopback, 0);
        rude.Start();
        var endpoint = new Uri($"http://127.0.0.1:{((IPEndPoint)rude.LocalEndpoint).Port}/v3/mail/send");
        var sending = SentAsync(ProviderAct.Accept, endpoint: endpoint);
        using (var client = await rude.AcceptTcpClientAsync())
        {
            _ = await client.GetStream().ReadAsync(new byte[100_000]);
            await client.GetStream().WriteAsync("HTTP/1.1 2"u8.ToArray());
        }

        (await sending).ShouldBeOfType<SendResult.Unknown>();
    }

    [Fact]
    public async Task Catalogue_113_one_bad_recipient_does_not_touch_the_next()
    {
        _provider.Acts = n => n == 0 ? new ProviderAct.Answer(400) : ProviderAct.Accept;
        var sender = New(_provider.Endpoint, TimeSpan.FromSeconds(30));
        using var own = (IDisposable)sender;

        (await sender.SendAsync(Rendered(Request()))).ShouldBeOfType<SendResult.Refused>();
        (await sender.SendAsync(Rendered(Request()))).ShouldBeOfType<SendResult.Accepted>();
    }

    [Fact]
    public async Task What_the_provider_accepted_is_on_disk_before_it_answers()
    {
        var file = Path.GetTempFileName();
        await using var recording = await LoopbackProvider.StartAsync(file);
        _ = await SentAsync(ProviderAct.Accept, endpoint: recording.Endpoint);

        (await File.ReadAllTextAsync(file)).ShouldBe($"{Touch} attempt234567abcdefghijklm\n");
    }
}
