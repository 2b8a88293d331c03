using RetentionFuncs.Embedded.Outbox;
using RetentionFuncs.Messages;
using RetentionFuncs.Simulation.Ports;
using RetentionFuncs.Tests.Loopback;
using RetentionFuncs.Tests.Messages;

namespace RetentionFuncs.Tests.Contracts;

/// <summary>What every sender owes its callers: one call is one submission, told by a value and never by an exception.</summary>
public abstract class MessageSenderContract
{
    /// <summary>A sender whose other side works.</summary>
    protected abstract IMessageSender Sender { get; }

    /// <summary>References (touch and attempt) that the other side has taken, in any order.</summary>
    protected abstract IReadOnlyCollection<(string Touch, string Attempt)> Taken { get; }

    /// <summary>From now on the other side cannot be reached.</summary>
    protected abstract void Break();

    private static OutboundMessage Message(int number) =>
        MessageSamples.Rendered(MessageSamples.Request()) with
        {
            Reference = $"{new string('a', 26)}.{number:00000000000000000000000000}"
                .Replace('0', 'b')
                .Replace('1', 'c')
                .Replace('8', 'd')
                .Replace('9', 'e'),
            AttemptId = "attempt" + number,
        };

    [Fact]
    public async Task A_message_that_is_taken_is_accepted_and_stands_on_the_other_side_once()
    {
        var message = Message(1);
        (await Sender.SendAsync(message)).ShouldBeOfType<SendResult.Accepted>();
        Taken.ShouldHaveSingleItem().ShouldBe((message.Reference, message.AttemptId));
    }

    [Fact]
    public async Task Messages_sent_at_once_are_each_taken_once()
    {
        var messages = Enumerable.Range(20, 40).Select(Message).ToArray();
        var results = await Task.WhenAll(messages.Select(m => Sender.SendAsync(m).AsTask()));

        results.ShouldAllBe(r => r is SendResult.Accepted);
        Taken.Order().ShouldBe(messages.Select(m => (m.Reference, m.AttemptId)).Order());
    }

    [Fact]
    public async Task Chinese_text_and_a_very_long_body_are_taken()
    {
        var message = Message(2) with { Subject = "（广告）好久不见，给您留了一张优惠码", Text = new string('您', 20_000) };
        (await Sender.SendAsync(message)).ShouldBeOfType<SendResult.Accepted>();
    }

    [Fact]
    public async Task When_the_other_side_cannot_be_reached_that_is_a_value_and_nothing_is_taken()
    {
        Break();
        (await Sender.SendAsync(Message(3))).ShouldNotBeOfType<SendResult.Accepted>();
        Taken.ShouldBeEmpty();
    }
}

public sealed class OutboxSenderContractTests : MessageSenderContract, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("outbox").FullName;

    protected override IMessageSender Sender => new OutboxSender(Path.Combine(_folder, "outbox"), TimeProvider.System);

    protected override IReadOnlyCollection<(string, string)> Taken =>
        [.. Directory.GetFiles(_folder, "*.eml", SearchOption.AllDirectories).Select(Parts)];

    protected override void Break() => File.WriteAllText(Path.Combine(_folder, "outbox"), "a file where the folder should be");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (string, string) Parts(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var at = name.LastIndexOf('.');
        return (name[..at], name[(at + 1)..]);
    }
}

public sealed class HttpSenderContractTests : MessageSenderContract, IAsyncLifetime
{
    private LoopbackProvider _provider = null!;
    private HttpMessageSender _sender = null!;

    protected override IMessageSender Sender => _sender;

    protected override IReadOnlyCollection<(string, string)> Taken => [.. _provider.Accepted.Select(s => (s.Touch, s.Attempt))];

    public async Task InitializeAsync()
    {
        _provider = await LoopbackProvider.StartAsync();
        _sender = new HttpMessageSender(new HttpSenderOptions(_provider.Endpoint, "key"), TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        _sender.Dispose();
        await _provider.DisposeAsync();
    }

    // Port 9 of loopback answers nobody.
    protected override void Break() =>
        _sender = new HttpMessageSender(new HttpSenderOptions(new Uri("http://127.0.0.1:9/v3/mail/send"), "key"), TimeProvider.System);
}

public sealed class SimProviderContractTests : MessageSenderContract
{
    private readonly SimProvider _provider = SimProvider.Quiet(TimeProvider.System);

    protected override IMessageSender Sender => _provider;

    protected override IReadOnlyCollection<(string, string)> Taken =>
        [.. _provider.Accepted.Select(s => (s.Message.Reference, s.Message.AttemptId))];

    protected override void Break() => _provider.AnswerNext(new SendResult.ProvenNotSent(DateTimeOffset.UnixEpoch, "no connection"));
}
