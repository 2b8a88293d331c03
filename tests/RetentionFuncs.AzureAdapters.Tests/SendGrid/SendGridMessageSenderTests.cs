using RetentionFuncs.AzureAdapters.SendGrid;
using RetentionFuncs.Messages;
using RetentionFuncs.Tests.Contracts;
using RetentionFuncs.Tests.Loopback;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.AzureAdapters.Tests.SendGrid;

/// <summary>The package's client proves as much, and as little, as our own.</summary>
public sealed class SendGridMessageSenderTests : HttpProviderContract
{
    protected override IMessageSender New(Uri endpoint, TimeSpan timeout) => SenderTo(endpoint, o => o with { Timeout = timeout });

    internal static SendGridMessageSender SenderTo(Uri endpoint, Func<SendGridOptions, SendGridOptions>? change = null)
    {
        var options = new SendGridOptions { ApiKey = "key", Host = endpoint.GetLeftPart(UriPartial.Authority) };
        return new SendGridMessageSender(change?.Invoke(options) ?? options, TimeProvider.System);
    }

    [Fact]
    public async Task A_sandbox_asks_for_a_check_only_and_what_it_takes_is_marked()
    {
        await using var provider = await LoopbackProvider.StartAsync();
        provider.Acts = _ => new ProviderAct.Answer(200);
        using var sender = SenderTo(provider.Endpoint, o => o with { Sandbox = true });

        (await sender.SendAsync(Rendered(Request()))).ShouldBe(new SendResult.Accepted("sandbox"));
        provider
            .Seen.ShouldHaveSingleItem()
            .Json.GetProperty("mail_settings")
            .GetProperty("sandbox_mode")
            .GetProperty("enable")
            .GetBoolean()
            .ShouldBeTrue();
    }

    [Fact]
    public async Task A_refusal_by_a_sandbox_is_a_refusal()
    {
        await using var provider = await LoopbackProvider.StartAsync();
        provider.Acts = _ => new ProviderAct.Answer(400);
        using var sender = SenderTo(provider.Endpoint, o => o with { Sandbox = true });

        (await sender.SendAsync(Rendered(Request()))).ShouldBeOfType<SendResult.Refused>();
    }

    [Fact]
    public async Task The_same_message_twice_is_whole_both_times()
    {
        await using var provider = await LoopbackProvider.StartAsync();
        using var sender = SenderTo(provider.Endpoint);
        var message = Rendered(Request());
        await sender.SendAsync(message);
        await sender.SendAsync(message);

        provider.Accepted.Select(s => s.Json.GetRawText()).Distinct().ShouldHaveSingleItem().ShouldContain("text/html");
    }

    [Fact]
    public async Task Nothing_of_the_reader_stands_outside_the_message_itself()
    {
        await using var provider = await LoopbackProvider.StartAsync();
        using var sender = SenderTo(provider.Endpoint);
        await sender.SendAsync(Rendered(Request()));

        var json = provider.Accepted.Single().Json;
        var beside = string.Concat(
            json.GetProperty("categories").GetRawText(),
            json.GetProperty("personalizations")[0].GetProperty("custom_args").GetRawText(),
            provider.Accepted.Single().Headers.UserAgent.ToString()
        );
        beside.ShouldNotContain("anna", Case.Insensitive);
        json.GetProperty("personalizations")[0].GetProperty("custom_args").EnumerateObject().Count().ShouldBe(3);
    }

    [Theory]
    [InlineData("", "global", null, "SendGrid:ApiKey")]
    [InlineData("key\n", "global", null, "SendGrid:ApiKey")]
    [InlineData("key", "mars", null, "SendGrid:Region")]
    [InlineData("key", "eu", "api.sendgrid.com", "SendGrid:Host")]
    public void A_wrong_setting_is_refused_by_its_name(string key, string region, string? host, string named)
    {
        var options = new SendGridOptions
        {
            ApiKey = key,
            Region = region,
            Host = host,
        };
        Should
            .Throw<InvalidOperationException>(() => new SendGridMessageSender(options, TimeProvider.System))
            .Message.ShouldStartWith(named);
    }

    [Fact]
    public void The_key_stands_in_no_text_about_the_options() =>
        new SendGridOptions { ApiKey = "SG.secret" }
            .ToString()
            .ShouldNotContain("secret");
}

public sealed class SendGridSenderContractTests : MessageSenderContract, IAsyncLifetime
{
    private LoopbackProvider _provider = null!;
    private SendGridMessageSender _sender = null!;

    protected override IMessageSender Sender => _sender;

    protected override IReadOnlyCollection<(string Touch, string Attempt)> Taken =>
        [.. _provider.Accepted.Select(s => (s.Touch, s.Attempt))];

    public async Task InitializeAsync()
    {
        _provider = await LoopbackProvider.StartAsync();
        _sender = SendGridMessageSenderTests.SenderTo(_provider.Endpoint);
    }

    public async Task DisposeAsync()
    {
        _sender.Dispose();
        await _provider.DisposeAsync();
    }

    // Port 9 of loopback answers nobody.
    protected override void Break() => _sender = SendGridMessageSenderTests.SenderTo(new Uri("http://127.0.0.1:9"));
}
