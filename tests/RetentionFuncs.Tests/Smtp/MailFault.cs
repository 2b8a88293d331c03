namespace RetentionFuncs.Tests.Smtp;

/// <summary>Where in a conversation something goes wrong.</summary>
public enum MailPoint
{
    Greeting,
    Ehlo,
    StartTls,
    Auth,
    Rset,
    Mail,
    Rcpt,
    Data,

    /// <summary>Half of the message has come.</summary>
    Body,

    /// <summary>The whole message has come, and the dot.</summary>
    End,
}

public enum MailTrouble
{
    /// <summary>The line is cut before anything is done.</summary>
    CutBefore,

    /// <summary>It is done, and the line is cut before the answer.</summary>
    CutAfter,

    /// <summary>The answer comes a byte at a time.</summary>
    Drip,

    /// <summary>Bytes come and come, and never the end of the answer.</summary>
    Trickle,

    /// <summary>What comes is no answer.</summary>
    Garbage,

    /// <summary>Nothing comes, and the line stays open until the other side leaves.</summary>
    Silence,

    /// <summary>Another answer than the usual one.</summary>
    Answer,
}

/// <param name="Between">Time that passes before each byte, on the server's clock.</param>
public sealed record MailFault(MailPoint At, MailTrouble Trouble, string? Answer = null, TimeSpan? Between = null);

/// <summary>What a loopback server has taken.</summary>
/// <param name="Text">The message with its dots as they were written by its sender.</param>
public sealed record TakenMail(string From, string To, byte[] Text, bool Protected, string? User);
