using RetentionFuncs.Messages;
using RetentionFuncs.Messages.Submissions;

namespace RetentionFuncs.Embedded.Smtp;

/// <summary>How far a submission has come; the steps in order.</summary>
public enum SmtpStage
{
    Connect,
    Hello,
    StartTls,
    Auth,
    Sender,
    Recipient,
    Data,

    /// <summary>The message's text is leaving; its end is not.</summary>
    Body,

    /// <summary>The end of the message has begun to leave: from here on silence proves nothing.</summary>
    End,
}

/// <summary>
/// What a mail server's reply proves (design S15). Before the message's end is told everything but the word of the server is a proof
/// that nothing was sent. After it only a well-formed refusal is one; a 421 there is the line going down, and may not be the server's own word.
/// </summary>
internal static class SmtpAnswers
{
    /// <summary>Wait after an ordinary "not now".</summary>
    public static readonly TimeSpan ShortWait = TimeSpan.FromMinutes(1);

    /// <summary>Wait after a greylisting or a rate limit: sooner is refused again.</summary>
    public static readonly TimeSpan LongWait = TimeSpan.FromMinutes(5);

    public static SendResult Classify(SmtpStage stage, SmtpReply reply, DateTimeOffset now)
    {
        var said = Said(stage, reply);
        return (stage, reply.Code) switch
        {
            (SmtpStage.End, >= 200 and <= 299) => new SendResult.Accepted(reply.QueueId),
            (SmtpStage.End, 421 or (>= 300 and <= 399)) => new SendResult.Unknown(said),
            (_, >= 400 and <= 499) => NotNow(stage, reply, said, now),
            (_, >= 500 and <= 599) => Never(stage, reply, said),
            // A yes where none belongs, before anything left: the two sides have lost step.
            _ => new SendResult.ProvenNotSent(now + ShortWait, said),
        };
    }

    /// <summary>No reply, or none that can be read.</summary>
    public static SendResult Unanswered(SmtpStage stage, string reason, DateTimeOffset retryAt) =>
        stage == SmtpStage.End ? new SendResult.Unknown(reason) : new SendResult.ProvenNotSent(retryAt, reason);

    private static SendResult.ProvenNotSent NotNow(SmtpStage stage, SmtpReply reply, string said, DateTimeOffset now)
    {
        var slow =
            reply.Enhanced is "4.7.0" or "4.7.1" or "4.7.28" or "4.4.5" or "4.5.3"
            || Mentions(reply, "greylist", "graylist", "rate limit", "too many");
        // One full or greylisted mailbox is no reason to make everybody wait.
        var one = stage is SmtpStage.Recipient or SmtpStage.End && reply.Code is 450 or 451 or 452 && !IsAboutUs(reply);
        return new SendResult.ProvenNotSent(now + (slow ? LongWait : ShortWait), said, one);
    }

    private static SendResult Never(SmtpStage stage, SmtpReply reply, string said) =>
        reply.Code is 530 or 534 or 535 or 538 || IsSystemic(stage, reply)
            ? new SendResult.SystemicRefusal(said + " Check the account, the sender address and the domain's DNS records.")
            : new SendResult.Refused(said);

    private static bool IsSystemic(SmtpStage stage, SmtpReply reply) =>
        stage switch
        {
            < SmtpStage.Sender => true,
            SmtpStage.Sender => !IsAboutThisMessage(reply),
            SmtpStage.Recipient => IsAboutUs(reply) || reply.Code is 500 or 502 or 503 or 504,
            _ => IsAboutUs(reply),
        };

    /// <summary>Too large, or an address the server cannot write: another message may pass.</summary>
    private static bool IsAboutThisMessage(SmtpReply reply) => reply.Code == 552 || reply.Enhanced is "5.3.4" or "5.2.3" or "5.6.7";

    /// <summary>The refusal is for the account, the machine or the sending domain, so every message would meet it.</summary>
    private static bool IsAboutUs(SmtpReply reply) =>
        OurCodes.Contains(reply.Enhanced?[2..] ?? "")
        || (reply.Enhanced?[2..] is { } code && code.StartsWith("7.6", StringComparison.Ordinal) && code.Length == 5)
        || (
            (reply.Enhanced is null || PolicyCodes.Contains(reply.Enhanced[2..]))
            && Mentions(
                reply,
                "relay",
                "client host",
                "blocked using",
                "blocklist",
                "blacklist",
                "block list",
                "spamhaus",
                "not authenticated",
                "authentication required",
                "must authenticate",
                "not verified",
                "account",
                "quota exceeded",
                "sending limit",
                "sender denied",
                "not allowed to send",
                "not owned by user",
                "unauthenticated",
                "dmarc",
                "spf",
                "dkim",
                "reverse dns",
                "ptr record",
                "reputation"
            )
            && !Mentions(
                reply,
                "account that you tried to reach",
                "recipient",
                "mailbox",
                "user unknown",
                "account is disabled",
                "account inactive"
            )
        );

    /// <summary>Subject and detail of enhanced codes about sender, account, machine or domain (RFC 3463, 7372, 7489; providers' own lists).</summary>
    private static readonly HashSet<string> OurCodes =
    [
        "1.7", // bad sender's mailbox address syntax
        "1.8", // bad sender's system address
        "4.5", // daily sending limit
        "7.3", // security conversion not possible, used for failed authentication
        "7.8", // credentials invalid
        "7.9", // mechanism too weak
        "7.14", // trust relationship required, used for "log in by web browser"
        "7.20", // no passing DKIM signature
        "7.21", // no acceptable DKIM signature
        "7.22", // no author-matched DKIM signature
        "7.23", // SPF failed
        "7.24", // SPF error
        "7.25", // reverse DNS failed
        "7.26", // several authentication checks failed
        "7.27", // sender domain has a null MX
        "7.57", // client not authenticated to send
        "7.60", // no permission to send as this sender
        "7.64", // relaying to this tenant refused
        "7.54", // relaying denied
        "7.139", // authentication unsuccessful
        "7.501", // banned sender
        "7.502",
        "7.503",
        "7.509", // DMARC reject
        "7.511", // banned sender address
        "7.515", // unauthenticated bulk sender
        "7.705", // tenant over its threshold
        "7.708", // traffic not accepted from this address
        "7.750", // unregistered domain
    ];

    /// <summary>Codes so general that the words decide.</summary>
    private static readonly HashSet<string> PolicyCodes = ["7.0", "7.1", "7.2", "7.5", "7.7", "7.28", "1.0", "3.0", "5.0", "4.1", "0.0"];

    private static bool Mentions(SmtpReply reply, params ReadOnlySpan<string> words)
    {
        var text = reply.Text;
        foreach (var word in words)
        {
            if (text.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static string Said(SmtpStage stage, SmtpReply reply)
    {
        var code = reply.Enhanced is null ? $"{reply.Code}" : $"{reply.Code} {reply.Enhanced}";
        var text = ErrorDetail.Shown(reply.Text);
        return text.Length == 0
            ? $"The mail server answered {code} {Place(stage)}."
            : $"The mail server answered {code} {Place(stage)}: {text.TrimEnd('.')}.";
    }

    public static string Place(SmtpStage stage) =>
        stage switch
        {
            SmtpStage.Connect => "when connected to",
            SmtpStage.Hello => "to EHLO",
            SmtpStage.StartTls => "to STARTTLS",
            SmtpStage.Auth => "to the login",
            SmtpStage.Sender => "to the sender",
            SmtpStage.Recipient => "to the recipient",
            SmtpStage.Data => "to DATA",
            SmtpStage.Body => "while the message was leaving",
            _ => "to the message",
        };
}
