using RetentionFuncs.Embedded.Smtp;
using RetentionFuncs.Messages;
using RetentionFuncs.Settings;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.Tests.Smtp;

/// <summary>Every line of the conversation goes wrong in every way, and each outcome says no more than was proved.</summary>
public sealed class SmtpFaultTests
{
    /// <summary>Of the server's clock, which stands still unless the server keeps its client waiting: no test waits for real.</summary>
    private static readonly SmtpLimits Limits = new(
        TimeSpan.FromSeconds(20),
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(60),
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(20)
    );

    /// <summary>Real time, for a sender that has no limit where it needs one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static async Task<(SendResult Result, int Taken)> MeetAsync(params MailFault[] faults)
    {
        await using var server = new LoopbackSetup { User = "shop" }.Start();
        foreach (var fault in faults)
        {
            server.Faults.Enqueue(fault);
        }

        using var sender = new SmtpSender(SmtpSenderTests.To(server, user: "shop") with { Limits = Limits }, server.Clock);
        var result = await sender.SendAsync(Rendered(Request())).AsTask().WaitAsync(Patience);
        server.Faults.ShouldBeEmpty();
        return (result, server.Taken.Count);
    }

    public static TheoryData<MailPoint, MailTrouble> BeforeTheEnd()
    {
        var data = new TheoryData<MailPoint, MailTrouble>();
        foreach (var point in Enum.GetValues<MailPoint>().Where(p => p is not (MailPoint.End or MailPoint.Rset or MailPoint.Body)))
        {
            foreach (var trouble in new[] { MailTrouble.CutBefore, MailTrouble.CutAfter, MailTrouble.Garbage, MailTrouble.Silence })
            {
                data.Add(point, trouble);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(BeforeTheEnd))]
    public async Task Whatever_goes_wrong_before_the_end_of_the_message_is_proven_not_sent(MailPoint point, MailTrouble trouble)
    {
        var (result, taken) = await MeetAsync(new MailFault(point, trouble));

        result.ShouldBeOfType<SendResult.ProvenNotSent>().RetryAt.ShouldBe(MailClock.Start.AddMinutes(1));
        taken.ShouldBe(0);
    }

    [Theory]
    [InlineData(MailPoint.Greeting)]
    [InlineData(MailPoint.Ehlo)]
    [InlineData(MailPoint.Mail)]
    [InlineData(MailPoint.Data)]
    public async Task An_answer_that_drips_in_too_slowly_is_given_up(MailPoint point)
    {
        var (result, taken) = await MeetAsync(new MailFault(point, MailTrouble.Trickle, Between: TimeSpan.FromMilliseconds(500)));

        result.ShouldBeOfType<SendResult.ProvenNotSent>().Reason.ShouldContain("in time");
        taken.ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_that_drips_in_fast_enough_is_read_to_its_end()
    {
        var (result, taken) = await MeetAsync(new MailFault(MailPoint.Rcpt, MailTrouble.Drip, Between: TimeSpan.FromMilliseconds(5)));

        result.ShouldBeOfType<SendResult.Accepted>();
        taken.ShouldBe(1);
    }

    [Fact]
    public async Task A_line_that_is_cut_in_the_middle_of_the_message_proves_that_the_server_has_none()
    {
        await using var server = LoopbackMailServer.Start();
        server.Faults.Enqueue(new MailFault(MailPoint.Body, MailTrouble.CutBefore));
        using var sender = new SmtpSender(SmtpSenderTests.To(server), TimeProvider.System);
        var long_ = Rendered(Request()) with { Html = string.Concat(Enumerable.Repeat("<p>a long message</p>\n", 300_000)) };

        (await sender.SendAsync(long_)).ShouldBeOfType<SendResult.ProvenNotSent>();

        server.Taken.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(MailTrouble.CutBefore, 0)]
    [InlineData(MailTrouble.CutAfter, 1)]
    [InlineData(MailTrouble.Garbage, 1)]
    [InlineData(MailTrouble.Silence, 1)]
    public async Task Catalogue_106_silence_after_the_end_of_the_message_is_unknown_whether_it_was_taken_or_not(
        MailTrouble trouble,
        int taken
    )
    {
        var (result, took) = await MeetAsync(new MailFault(MailPoint.End, trouble));

        result.ShouldBeOfType<SendResult.Unknown>();
        took.ShouldBe(taken);
    }

    [Theory]
    [InlineData(MailPoint.Greeting, "554 5.7.1 Your address is on our block list")]
    [InlineData(MailPoint.Ehlo, "550 5.7.1 Go away")]
    [InlineData(MailPoint.StartTls, "502 5.5.1 not here")]
    [InlineData(MailPoint.Auth, "534 5.7.9 Application-specific password required")]
    public async Task A_refusal_before_the_sender_is_told_stops_everything(MailPoint point, string answer)
    {
        (await MeetAsync(new MailFault(point, MailTrouble.Answer, answer))).Result.ShouldBeOfType<SendResult.SystemicRefusal>();
    }

    [Theory]
    [InlineData(MailPoint.Greeting, "421 4.3.2 try later")]
    [InlineData(MailPoint.Auth, "454 4.7.0 Temporary authentication failure")]
    [InlineData(MailPoint.Mail, "451 4.3.0 disk full")]
    [InlineData(MailPoint.Rcpt, "450 4.2.0 greylisted")]
    [InlineData(MailPoint.Data, "421 4.4.2 timeout")]
    [InlineData(MailPoint.Data, "250 what?")]
    [InlineData(MailPoint.End, "451 4.7.1 greylisted, try again")]
    public async Task Not_now_is_not_sent_and_tried_again(MailPoint point, string answer)
    {
        var (result, taken) = await MeetAsync(new MailFault(point, MailTrouble.Answer, answer));

        result.ShouldBeOfType<SendResult.ProvenNotSent>();
        taken.ShouldBe(0);
    }

    [Fact]
    public async Task The_line_going_down_after_the_end_of_the_message_is_unknown()
    {
        (
            await MeetAsync(new MailFault(MailPoint.End, MailTrouble.Answer, "421 4.4.2 closing"))
        ).Result.ShouldBeOfType<SendResult.Unknown>();
    }

    [Fact]
    public async Task A_reply_without_end_is_cut_off()
    {
        var endless = string.Concat(Enumerable.Repeat("250-more\r\n", 500)) + "250 end";

        (await MeetAsync(new MailFault(MailPoint.Mail, MailTrouble.Answer, endless)))
            .Result.ShouldBeOfType<SendResult.ProvenNotSent>()
            .Reason.ShouldContain("more than 200 lines");
    }

    [Fact]
    public async Task A_line_without_end_is_cut_off()
    {
        (await MeetAsync(new MailFault(MailPoint.Mail, MailTrouble.Answer, "250 " + new string('x', 9000))))
            .Result.ShouldBeOfType<SendResult.ProvenNotSent>()
            .Reason.ShouldContain("4096");
    }
}

public sealed class SmtpSenderContractTests : Contracts.MessageSenderContract, IAsyncLifetime
{
    private LoopbackMailServer _server = null!;
    private SmtpSender _sender = null!;

    protected override IMessageSender Sender => _sender;

    protected override IReadOnlyCollection<(string, string)> Taken =>
        [.. _server.Taken.Select(t => Outbox.EmlReader.Read(t.Text)).Select(m => (m.Header("X-Rf-Touch"), m.Header("X-Rf-Attempt")))];

    public Task InitializeAsync()
    {
        _server = LoopbackMailServer.Start();
        _sender = new SmtpSender(SmtpSenderTests.To(_server), TimeProvider.System);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _sender.Dispose();
        await _server.DisposeAsync();
    }

    protected override void Break() =>
        _sender = new SmtpSender(new SmtpOptions("127.0.0.1", 9, MailSecurity.StartTls), TimeProvider.System);
}
