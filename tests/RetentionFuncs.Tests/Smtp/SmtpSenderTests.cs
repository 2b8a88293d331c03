using System.Text;
using RetentionFuncs.Embedded.Smtp;
using RetentionFuncs.Messages;
using RetentionFuncs.Settings;
using RetentionFuncs.Tests.Outbox;
using static RetentionFuncs.Tests.Messages.MessageSamples;

namespace RetentionFuncs.Tests.Smtp;

public sealed class SmtpSenderTests
{
    /// <summary>No test here waits for the end of one, so they may be long enough for any machine.</summary>
    private static readonly SmtpLimits Long = new(
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(5)
    );

    internal static SmtpOptions To(LoopbackMailServer server, MailSecurity security = MailSecurity.StartTls, string? user = null) =>
        new("127.0.0.1", server.Port, security, user, "se cret-ü") { Limits = Long, AcceptCertificate = (_, _, _, _) => true };

    private static async Task<SendResult> SentAsync(LoopbackMailServer server, SmtpOptions? options = null, OutboundMessage? message = null)
    {
        using var sender = new SmtpSender(options ?? To(server), TimeProvider.System);
        return await sender.SendAsync(message ?? Rendered(Request()));
    }

    [Fact]
    public async Task A_message_goes_over_an_encrypted_line_as_it_was_written_and_the_queue_id_is_kept()
    {
        await using var server = LoopbackMailServer.Start();
        var message = Rendered(Request(contact: Person("李华", "zh-CN", "SG"))) with { Text = ".\r\n..\n.a line\nFrom me\n" };

        (await SentAsync(server, message: message)).ShouldBe(new SendResult.Accepted("4B7F21A9C3"));

        var taken = server.Taken.ShouldHaveSingleItem();
        taken.Protected.ShouldBeTrue();
        taken.From.ShouldBe("hello@birch.example");
        taken.To.ShouldBe("anna@mail.example");
        var read = EmlReader.Read(taken.Text);
        read.Header("Subject").ShouldBe(message.Subject);
        read.Header("Message-ID").ShouldBe("<234567abcdefghijklmnopqrst.attempt234567abcdefghijklm@birch.example>");
        read.Parts[0].Text.TrimEnd().ShouldBe(message.Text.ReplaceLineEndings("\r\n").TrimEnd());
        read.Parts[1].Text.TrimEnd().ShouldBe(message.Html.ReplaceLineEndings("\r\n").TrimEnd());
    }

    [Theory]
    [InlineData(MailSecurity.StartTls, false, "AUTH PLAIN LOGIN")]
    [InlineData(MailSecurity.StartTls, false, "AUTH LOGIN")]
    [InlineData(MailSecurity.StartTls, false, "AUTH=PLAIN")]
    [InlineData(MailSecurity.Tls, true, "AUTH PLAIN")]
    [InlineData(MailSecurity.None, false, "AUTH LOGIN XOAUTH2")]
    public async Task It_logs_in_by_what_the_server_offers(MailSecurity security, bool implicitTls, string auth)
    {
        await using var server = new LoopbackSetup
        {
            ImplicitTls = implicitTls,
            User = "shop",
            Auth = auth,
        }.Start();

        (await SentAsync(server, To(server, security, "shop"))).ShouldBeOfType<SendResult.Accepted>();

        server.Taken.Single().User.ShouldBe("shop");
        server.Taken.Single().Protected.ShouldBe(security != MailSecurity.None);
        server.Heard.ShouldAllBe(l => !l.Contains("se cret"));
    }

    [Fact]
    public async Task A_wrong_password_stops_everything_and_is_told_without_the_password()
    {
        await using var server = new LoopbackSetup { User = "shop", Auth = "AUTH PLAIN" }.Start();

        var refusal = (
            await SentAsync(server, To(server, user: "shop") with { Password = "wrong" })
        ).ShouldBeOfType<SendResult.SystemicRefusal>();

        refusal.Reason.ShouldContain("535 5.7.8");
        refusal.Reason.ShouldNotContain("wrong");
    }

    [Fact]
    public async Task A_server_that_wants_a_login_and_gets_none_stops_everything()
    {
        await using var server = new LoopbackSetup { User = "shop" }.Start();

        (await SentAsync(server)).ShouldBeOfType<SendResult.SystemicRefusal>().Reason.ShouldContain("530");
    }

    [Fact]
    public async Task Without_STARTTLS_nothing_is_sent_and_no_password_is_told()
    {
        await using var server = new LoopbackSetup { Offers = ["SIZE 1000000", "AUTH PLAIN"], User = "shop" }.Start();

        (await SentAsync(server, To(server, user: "shop"))).ShouldBeOfType<SendResult.SystemicRefusal>().Reason.ShouldContain("STARTTLS");

        server.Heard.ShouldAllBe(l => l.StartsWith("EHLO") || l == "QUIT");
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_not_trusted()
    {
        await using var server = LoopbackMailServer.Start();

        (await SentAsync(server, To(server) with { AcceptCertificate = null }))
            .ShouldBeOfType<SendResult.ProvenNotSent>()
            .Reason.ShouldContain("encryption failed");

        server.Taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_said_between_the_go_ahead_and_the_handshake_is_not_believed()
    {
        await using var server = LoopbackMailServer.Start();
        server.Faults.Enqueue(new MailFault(MailPoint.StartTls, MailTrouble.Answer, "220 go ahead\r\n250 injected"));

        (await SentAsync(server)).ShouldBeOfType<SendResult.ProvenNotSent>();

        server.Taken.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_connection_carries_several_messages_one_after_another()
    {
        await using var server = LoopbackMailServer.Start();
        using var sender = new SmtpSender(To(server), TimeProvider.System);
        for (var i = 0; i < 5; i++)
        {
            (await sender.SendAsync(Rendered(Request()) with { AttemptId = $"attempt{i}" })).ShouldBeOfType<SendResult.Accepted>();
        }

        server.Connections.ShouldBe(1);
        server.Taken.Count.ShouldBe(5);
        server.Heard.Count(l => l == "RSET").ShouldBe(4);
        server.Heard.Count(l => l == "STARTTLS").ShouldBe(1);
    }

    [Fact]
    public async Task At_most_so_many_connections_and_messages_on_each_as_are_allowed()
    {
        await using var server = LoopbackMailServer.Start();
        using var sender = new SmtpSender(To(server) with { MostConnections = 3, MostPerConnection = 4 }, TimeProvider.System);

        var results = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(i => sender.SendAsync(Rendered(Request()) with { AttemptId = $"attempt{i}" }).AsTask())
        );

        results.ShouldAllBe(r => r is SendResult.Accepted);
        server.Taken.Count.ShouldBe(30);
        server.Connections.ShouldBeInRange(8, 12);
    }

    [Fact]
    public async Task A_connection_the_server_has_dropped_meanwhile_is_replaced_before_anything_is_at_stake()
    {
        await using var server = LoopbackMailServer.Start();
        using var sender = new SmtpSender(To(server), TimeProvider.System);
        _ = await sender.SendAsync(Rendered(Request()));
        server.Faults.Enqueue(new MailFault(MailPoint.Rset, MailTrouble.CutBefore));

        (await sender.SendAsync(Rendered(Request()))).ShouldBeOfType<SendResult.Accepted>();

        (server.Connections, server.Taken.Count).ShouldBe((2, 2));
    }

    [Fact]
    public async Task A_refused_recipient_leaves_the_connection_for_the_next()
    {
        await using var server = LoopbackMailServer.Start();
        using var sender = new SmtpSender(To(server), TimeProvider.System);
        server.Faults.Enqueue(new MailFault(MailPoint.Rcpt, MailTrouble.Answer, "550 5.1.1 <anna@mail.example>: user unknown"));

        var refused = (await sender.SendAsync(Rendered(Request()))).ShouldBeOfType<SendResult.Refused>();
        refused.Reason.ShouldBe("The mail server answered 550 5.1.1 to the recipient: … user unknown.");
        (await sender.SendAsync(Rendered(Request()))).ShouldBeOfType<SendResult.Accepted>();

        (server.Connections, server.Taken.Count).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_message_larger_than_the_server_takes_is_refused_before_it_is_told()
    {
        await using var server = new LoopbackSetup { Offers = ["SIZE 500", "STARTTLS"] }.Start();

        (await SentAsync(server)).ShouldBeOfType<SendResult.Refused>().Reason.ShouldContain("at most 500");

        server.Heard.ShouldNotContain("DATA");
    }

    [Theory]
    [InlineData("a@b.example>\r\nRCPT TO:<c@d.example")]
    [InlineData("a@b.example\0")]
    [InlineData("a@b.example> SIZE=1")]
    [InlineData("")]
    public async Task S10_an_address_with_more_than_an_address_in_it_never_leaves(string address)
    {
        await using var server = LoopbackMailServer.Start();
        var message = Rendered(Request());

        (await SentAsync(server, message: message with { To = new Mailbox(null, address) })).ShouldBeOfType<SendResult.Refused>();
        (await SentAsync(server, message: message with { From = new Mailbox(null, address) })).ShouldBeOfType<SendResult.Refused>();

        server.Heard.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Hello\r\n.\r\nMAIL FROM:<x@y.example>\r\n")]
    [InlineData("Hello\n.\nQUIT\n")]
    [InlineData("Hello\r.\rQUIT\r")]
    public async Task S10_a_text_with_commands_in_it_stays_a_text(string text)
    {
        await using var server = LoopbackMailServer.Start();
        var message = Rendered(Request()) with { Text = text, Subject = text };

        (await SentAsync(server, message: message)).ShouldBeOfType<SendResult.Accepted>();

        server.Heard.Count(l => l.StartsWith("MAIL", StringComparison.Ordinal)).ShouldBe(1);
        var read = EmlReader.Read(server.Taken.Single().Text);
        read.Parts[0].Text.TrimEnd().ShouldBe(text.ReplaceLineEndings("\r\n").TrimEnd());
        read.Headers.Select(h => h.Name).Distinct().Count().ShouldBe(read.Headers.Count);
    }

    [Theory]
    [InlineData("a\n.b\r\n..c\rd", "a\r\n..b\r\n...c\r\nd\r\n")]
    [InlineData(".", "..\r\n")]
    [InlineData("", "")]
    [InlineData("x\r\n", "x\r\n")]
    [InlineData("x\r\n\r\n.\r\n", "x\r\n\r\n..\r\n")]
    public void Dots_are_doubled_and_every_line_ends_in_CRLF(string text, string wire) =>
        Encoding.ASCII.GetString(SmtpText.Stuffed(Encoding.ASCII.GetBytes(text))).ShouldBe(wire);

    [Fact]
    public async Task Nobody_there_waits_longer_each_time()
    {
        using var sender = new SmtpSender(new SmtpOptions("127.0.0.1", 9, MailSecurity.StartTls) { Limits = Long }, TimeProvider.System);
        var waits = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            var result = (await sender.SendAsync(Rendered(Request()))).ShouldBeOfType<SendResult.ProvenNotSent>();
            waits.Add(Math.Round((result.RetryAt - DateTimeOffset.UtcNow).TotalMinutes));
        }

        waits.ShouldBe([1, 2, 4, 8, 15, 15]);
    }
}
