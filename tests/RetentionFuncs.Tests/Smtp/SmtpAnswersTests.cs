using RetentionFuncs.Embedded.Smtp;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Tests.Smtp;

/// <summary>Replies as servers and providers write them, and what each proves.</summary>
public sealed class SmtpAnswersTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static SendResult Of(SmtpStage stage, string reply) =>
        SmtpAnswers.Classify(stage, SmtpReply.Read(reply.Split('\n')).ShouldNotBeNull(), Now);

    [Theory]
    [InlineData("250 2.0.0 Ok: queued as 4B7F21A9C3", "4B7F21A9C3")]
    [InlineData("250 2.0.0 Ok: queued as 4WqkVz1Xk8z9sRd", "4WqkVz1Xk8z9sRd")]
    [InlineData("250 OK id=1rXyZa-0003Ab-2C", "1rXyZa-0003Ab-2C")]
    [InlineData(
        "250 Ok 0100018d1f2e3a4b-5c6d7e8f-0000-1111-2222-333344445555-000000",
        "0100018d1f2e3a4b-5c6d7e8f-0000-1111-2222-333344445555-000000"
    )]
    [InlineData("250 2.0.0 OK  1705312345 d9443c01a7336-1d5c5a1b2c3si123.45 - gsmtp", "1705312345")]
    [InlineData(
        "250 2.6.0 <a@b.example> [InternalId=12345678901234, Hostname=X.prod.example] 1 bytes Queued mail for delivery",
        "12345678901234"
    )]
    [InlineData("250 2.0.0 Message accepted for delivery", null)]
    [InlineData("250 OK", null)]
    [InlineData("250", null)]
    public void Accepted(string reply, string? id) => Of(SmtpStage.End, reply).ShouldBe(new SendResult.Accepted(id));

    [Theory]
    [InlineData(SmtpStage.Connect, "554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using zen.spamhaus.org")]
    [InlineData(SmtpStage.Connect, "521 5.3.2 This host does not accept mail")]
    [InlineData(
        SmtpStage.Auth,
        "535 5.7.8 Username and Password not accepted. Learn more at https://support.example/mail/?p=BadCredentials"
    )]
    [InlineData(SmtpStage.Auth, "535 5.7.3 Authentication unsuccessful [FR3P281CA0001.DEUP281.PROD.example]")]
    [InlineData(SmtpStage.Auth, "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.")]
    [InlineData(SmtpStage.Auth, "535 Authentication Credentials Invalid")]
    [InlineData(SmtpStage.Auth, "535 Error: authentication failed, system busy")]
    [InlineData(SmtpStage.Auth, "534-5.7.9 Application-specific password required.\n534 5.7.9 Learn more")]
    [InlineData(SmtpStage.Auth, "534 5.7.14 Please log in via your web browser and then try again.")]
    [InlineData(SmtpStage.Auth, "538 5.7.11 Encryption required for requested authentication mechanism")]
    [InlineData(SmtpStage.Auth, "504 5.7.4 Unrecognized authentication type")]
    [InlineData(SmtpStage.Sender, "530 5.7.0 Must issue a STARTTLS command first.")]
    [InlineData(SmtpStage.Sender, "530 5.7.57 Client not authenticated to send mail.")]
    [InlineData(SmtpStage.Sender, "530 Authentication required")]
    [InlineData(SmtpStage.Sender, "550 5.7.60 SMTP; Client does not have permissions to send as this sender")]
    [InlineData(SmtpStage.Sender, "553 5.7.1 <shop@other.example>: Sender address rejected: not owned by user shop")]
    [InlineData(SmtpStage.Sender, "501 5.1.7 Bad sender address syntax")]
    [InlineData(SmtpStage.Sender, "550 5.1.8 <shop@nowhere.example>: Sender address rejected: Domain not found")]
    [InlineData(SmtpStage.Sender, "501 mail from address must be same as authorization user")]
    [InlineData(SmtpStage.Sender, "553 Mail from must equal authorized user")]
    [InlineData(SmtpStage.Sender, "550 5.4.5 Daily user sending limit exceeded.")]
    [InlineData(SmtpStage.Sender, "550 5.7.501 Service unavailable. Spam abuse detected from your sending domain")]
    [InlineData(SmtpStage.Recipient, "554 5.7.1 <anna@mail.example>: Relay access denied")]
    [InlineData(SmtpStage.Recipient, "550 5.7.1 Unable to relay")]
    [InlineData(SmtpStage.Recipient, "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain")]
    [InlineData(SmtpStage.Recipient, "550 5.7.64 TenantAttribution; Relay Access Denied")]
    [InlineData(SmtpStage.Recipient, "554 5.7.1 Service unavailable; Client host [203.0.113.9] blocked using bl.spamcop.net")]
    [InlineData(SmtpStage.Recipient, "550 relay not permitted")]
    [InlineData(SmtpStage.Recipient, "550 5.7.606 Access denied, banned sending IP [203.0.113.9].")]
    [InlineData(SmtpStage.Recipient, "550 5.7.25 The IP address sending this message does not have a PTR record setup")]
    [InlineData(SmtpStage.Recipient, "503 5.5.1 Bad sequence of commands")]
    [InlineData(SmtpStage.Recipient, "550 5.4.5 Daily sending quota exceeded")]
    [InlineData(
        SmtpStage.End,
        "550-5.7.26 This mail has been blocked because the sender is unauthenticated.\n550 5.7.26 Gmail requires all senders to authenticate"
    )]
    [InlineData(SmtpStage.End, "550 5.7.515 Access denied, sending domain birch.example does not meet the required authentication level.")]
    [InlineData(
        SmtpStage.End,
        "550 5.7.509 Access denied, sending domain does not pass DMARC verification and has a DMARC policy of reject."
    )]
    [InlineData(SmtpStage.End, "550 5.7.23 The message was rejected because of Sender Policy Framework violation")]
    [InlineData(SmtpStage.End, "554 Message rejected: Email address is not verified. The following identities failed the check")]
    [InlineData(SmtpStage.End, "550 5.7.1 Unauthenticated email from birch.example is not accepted due to domain's DMARC policy.")]
    [InlineData(SmtpStage.End, "550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP")]
    [InlineData(SmtpStage.End, "550 5.7.750 Service unavailable. Client blocked from sending from unregistered domains.")]
    public void Every_message_would_meet_it(SmtpStage stage, string reply) => Of(stage, reply).ShouldBeOfType<SendResult.SystemicRefusal>();

    [Theory]
    [InlineData(SmtpStage.Sender, "552 5.3.4 Message size exceeds fixed limit")]
    [InlineData(SmtpStage.Sender, "552 message size exceeds maximum permitted")]
    [InlineData(SmtpStage.Recipient, "550 5.1.1 <anna@mail.example>: Recipient address rejected: User unknown in virtual mailbox table")]
    [InlineData(
        SmtpStage.Recipient,
        "550-5.1.1 The email account that you tried to reach does not exist.\n550 5.1.1 Please try double-checking"
    )]
    [InlineData(SmtpStage.Recipient, "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup")]
    [InlineData(SmtpStage.Recipient, "550 5.2.1 The email account that you tried to reach is disabled.")]
    [InlineData(SmtpStage.Recipient, "552 5.2.2 The email account that you tried to reach is over quota")]
    [InlineData(SmtpStage.Recipient, "550 5.4.1 Recipient address rejected: Access denied.")]
    [InlineData(SmtpStage.Recipient, "550 5.7.1 Recipient not authorized, your IP has been found on a block list")]
    [InlineData(SmtpStage.Recipient, "550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required")]
    [InlineData(SmtpStage.Recipient, "550 5.7.129 RESOLVER.RST.RestrictedToRecipientsPermission")]
    [InlineData(SmtpStage.Recipient, "551 User not local; please try another path")]
    [InlineData(SmtpStage.Recipient, "553 5.1.3 The recipient address is not a valid RFC 5321 address")]
    [InlineData(SmtpStage.Recipient, "550 Requested action not taken: mailbox unavailable")]
    [InlineData(SmtpStage.Recipient, "550 User not found: anna@mail.example")]
    [InlineData(SmtpStage.Recipient, "550 Mailbox not found or access denied")]
    [InlineData(SmtpStage.Recipient, "501 5.1.3 Bad recipient address syntax")]
    [InlineData(SmtpStage.Recipient, "554 5.4.4 Unable to route: no mail hosts for domain")]
    [InlineData(SmtpStage.Recipient, "556 5.1.10 Recipient domain has a null MX")]
    [InlineData(SmtpStage.Data, "554 5.5.1 Error: no valid recipients")]
    [InlineData(SmtpStage.End, "554 5.7.1 Message rejected as spam by content filtering")]
    [InlineData(SmtpStage.End, "550 5.7.1 Our system has detected that this message is likely unsolicited mail.")]
    [InlineData(SmtpStage.End, "552 5.3.4 Message too big")]
    [InlineData(SmtpStage.End, "552-5.7.0 This message was blocked because its content presents a potential\n552 5.7.0 security issue.")]
    [InlineData(SmtpStage.End, "550 5.6.0 Lone CR or LF in body")]
    [InlineData(SmtpStage.End, "554 Transaction failed")]
    [InlineData(SmtpStage.End, "550 DATA contains spam")]
    public void This_message_will_never_be_taken(SmtpStage stage, string reply) => Of(stage, reply).ShouldBeOfType<SendResult.Refused>();

    [Theory]
    [InlineData(SmtpStage.Connect, "421 4.7.0 Too many connections from your IP", 5, false)]
    [InlineData(SmtpStage.Hello, "421 Service not available, closing transmission channel", 1, false)]
    [InlineData(SmtpStage.StartTls, "454 4.7.0 TLS not available due to local problem", 5, false)]
    [InlineData(SmtpStage.Auth, "454 4.7.0 Temporary authentication failure: Connection lost to authentication server", 5, false)]
    [InlineData(SmtpStage.Sender, "452 4.3.1 Insufficient system storage", 1, false)]
    [InlineData(SmtpStage.Sender, "451 4.4.5 Daily message rate limit", 5, false)]
    [InlineData(
        SmtpStage.Recipient,
        "450 4.2.0 <anna@mail.example>: Recipient address rejected: Greylisted, see http://postgrey.example",
        5,
        true
    )]
    [InlineData(SmtpStage.Recipient, "450 4.2.1 The user you are trying to contact is receiving mail too quickly.", 1, true)]
    [InlineData(SmtpStage.Recipient, "452 4.2.2 The recipient's inbox is out of storage space.", 1, true)]
    [InlineData(SmtpStage.Recipient, "451 4.7.1 Greylisting in action, please come back later", 5, true)]
    [InlineData(SmtpStage.Recipient, "421 4.7.0 Try again later, closing connection.", 5, false)]
    [InlineData(SmtpStage.Recipient, "451 4.7.23 SPF check failed temporarily", 1, false)]
    [InlineData(SmtpStage.Data, "451 4.3.0 queue file write error", 1, false)]
    [InlineData(SmtpStage.End, "454 Throttling failure: Maximum sending rate exceeded.", 1, false)]
    [InlineData(SmtpStage.End, "451 4.3.0 Temporary lookup failure", 1, true)]
    [InlineData(SmtpStage.Data, "250 2.0.0 Ok", 1, false)]
    [InlineData(SmtpStage.Sender, "354 go ahead", 1, false)]
    public void It_was_not_sent_and_may_be_tried_again(SmtpStage stage, string reply, int minutes, bool onlyThis)
    {
        var result = Of(stage, reply).ShouldBeOfType<SendResult.ProvenNotSent>();
        result.RetryAt.ShouldBe(Now.AddMinutes(minutes));
        result.OnlyThis.ShouldBe(onlyThis);
    }

    [Theory]
    [InlineData("421 4.4.2 Connection timed out")]
    [InlineData("354 go on")]
    public void After_the_end_it_proves_nothing(string reply) => Of(SmtpStage.End, reply).ShouldBeOfType<SendResult.Unknown>();

    [Theory]
    [InlineData("hello")]
    [InlineData("25")]
    [InlineData("2500 too long")]
    [InlineData("199 too low")]
    [InlineData("600 too high")]
    [InlineData("25a letters")]
    [InlineData("٢٥٠ other digits")]
    public void A_line_that_is_no_reply_is_none(string line) => SmtpReply.GoesOn(line).ShouldBeNull();

    [Fact]
    public void Lines_of_two_replies_are_not_one() => SmtpReply.Read(["250-a", "550 b"]).ShouldBeNull();

    [Fact]
    public void One_slow_mailbox_does_not_make_the_others_wait()
    {
        var governor = new SendGovernor(SendLimits.Default);
        _ = governor.Tell(Of(SmtpStage.Recipient, "450 4.2.0 greylisted"), Now);
        governor.Ask(Now).ShouldBeOfType<SendPermit.Ready>();

        _ = governor.Tell(Of(SmtpStage.Sender, "451 4.3.0 disk full"), Now);
        governor.Ask(Now).ShouldBeOfType<SendPermit.WaitUntil>();
    }
}
