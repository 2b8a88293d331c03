using RetentionFuncs.AzureAdapters.SendGrid;
using RetentionFuncs.Customers;
using RetentionFuncs.Deliveries;
using RetentionFuncs.Messages;
using RetentionFuncs.Tests.Contracts;
using RetentionFuncs.Tests.Loopback;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.AzureAdapters.Tests.SendGrid;

public sealed class SendGridEmailLogTests : IAsyncLifetime
{
    private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;
    private LoopbackProvider _provider = null!;
    private SendGridEmailLog _log = null!;

    internal static SendGridEmailLog LogAt(LoopbackProvider provider, TimeProvider clock) =>
        new(new SendGridOptions { ApiKey = "key", Host = provider.Address.ToString() }, clock);

    public async Task InitializeAsync()
    {
        _provider = await LoopbackProvider.StartAsync();
        _log = LogAt(_provider, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        _log.Dispose();
        await _provider.DisposeAsync();
    }

    private static EmailAddress Address(string text) =>
        EmailAddress.TryParse(text, out var address, out var problem) ? address : throw new InvalidOperationException(problem);

    private async Task SendAsync(params string[] attempts)
    {
        using var sender = SendGridMessageSenderTests.SenderTo(_provider.Endpoint);
        foreach (var attempt in attempts)
        {
            (await sender.SendAsync(Rendered(Request()) with { AttemptId = attempt })).ShouldBeOfType<SendResult.Accepted>();
        }
    }

    private LogQuestion About(string attempt, TimeSpan ago = default) =>
        new(Touch, attempt, Address("anna@mail.example"), (_now - ago).ToOffset(TimeSpan.FromHours(8)));

    [Fact]
    public async Task The_attempt_is_told_from_others_to_the_same_address()
    {
        await SendAsync("one", "two", "three");

        var found = (await _log.FindAsync(About("two"))).ShouldBeOfType<LogAnswer.Found>();
        found.Events.ShouldHaveSingleItem().Detail!.ShouldContain("m-2.recvd");
        (await _log.FindAsync(About("four"))).ShouldBeOfType<LogAnswer.NotFound>();
    }

    [Fact]
    public async Task What_was_sent_at_another_time_or_is_not_in_the_log_yet_is_not_found()
    {
        await SendAsync("one");
        (await _log.FindAsync(About("one", TimeSpan.FromHours(5)))).ShouldBeOfType<LogAnswer.NotFound>();
        _provider.LogIsEmpty = true;
        (await _log.FindAsync(About("one"))).ShouldBeOfType<LogAnswer.NotFound>();
    }

    [Fact]
    public async Task Without_an_address_nothing_is_asked()
    {
        (await _log.FindAsync(About("one") with { Address = null })).ShouldBeOfType<LogAnswer.CannotTell>();
        _provider.LogRequests.ShouldBe(0);
    }

    [Fact]
    public async Task Catalogue_101_an_account_that_asks_to_wait_is_left_alone_until_then()
    {
        var reset = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60;
        _provider.LogActs = _ => new ProviderAct.Answer(429, ("X-RateLimit-Reset", $"{reset}"));

        var first = (await _log.FindAsync(About("one"))).ShouldBeOfType<LogAnswer.Unanswered>();
        Math.Abs(first.AskAgainAt.ToUnixTimeSeconds() - reset).ShouldBeLessThanOrEqualTo(1);
        (await _log.FindAsync(About("two"))).ShouldBe(first);
        _provider.LogRequests.ShouldBe(1);
    }

    [Fact]
    public async Task The_last_request_of_a_window_is_used_and_the_next_one_waits()
    {
        var clock = new HandSetClock(_now);
        using var log = LogAt(_provider, clock);
        var reset = _now.ToUnixTimeSeconds() + 30;
        _provider.LogActs = n =>
            n == 0
                ? new ProviderAct.Answer(200, ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", $"{reset}"))
                {
                    Body = "{\"messages\":[]}",
                }
                : null;

        (await log.FindAsync(About("one"))).ShouldBeOfType<LogAnswer.NotFound>();
        (await log.FindAsync(About("one"))).ShouldBeOfType<LogAnswer.Unanswered>();
        clock.Now = _now.AddSeconds(31);
        (await log.FindAsync(About("one"))).ShouldBeOfType<LogAnswer.NotFound>();
        _provider.LogRequests.ShouldBe(2);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(400)]
    [InlineData(500)]
    public async Task A_refusal_is_no_answer_and_is_not_repeated_at_once(int status)
    {
        _provider.LogActs = _ => new ProviderAct.Answer(status);
        (await _log.FindAsync(About("one"))).ShouldBeOfType<LogAnswer.Unanswered>().Why.ShouldContain($"{status}");
        await _log.FindAsync(About("one"));
        _provider.LogRequests.ShouldBe(1);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"messages\":[{\"sg_message_id\":\"\\ud800\"}]}")]
    public async Task An_answer_that_cannot_be_read_is_no_answer(string body)
    {
        _provider.LogActs = _ => new ProviderAct.Answer(200) { Body = body };
        (await _log.FindAsync(About("one"))).ShouldBeOfType<LogAnswer.Unanswered>();
    }

    [Fact]
    public async Task A_server_that_is_gone_is_no_answer()
    {
        await _provider.DisposeAsync();
        (await _log.FindAsync(About("one"))).ShouldBeOfType<LogAnswer.Unanswered>();
        _provider = await LoopbackProvider.StartAsync();
    }

    [Fact]
    public async Task More_mail_to_one_address_than_can_be_opened_is_left_undecided()
    {
        await SendAsync([.. Enumerable.Range(0, 51).Select(i => $"attempt{i}")]);
        (await _log.FindAsync(About("another"))).ShouldBeOfType<LogAnswer.CannotTell>();
    }
}
