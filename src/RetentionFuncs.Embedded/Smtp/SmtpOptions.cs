using System.Net.Security;
using RetentionFuncs.Settings;

namespace RetentionFuncs.Embedded.Smtp;

/// <summary>The mail server and how to speak to it.</summary>
/// <param name="User">Null: no name is given and none asked for.</param>
/// <param name="Password">From the environment; never from a file.</param>
public sealed record SmtpOptions(string Host, int Port, MailSecurity Security, string? User = null, string? Password = null)
{
    /// <summary>Most connections at a time.</summary>
    public int MostConnections { get; init; } = 4;

    /// <summary>Most messages over one connection, as servers bound it too.</summary>
    public int MostPerConnection { get; init; } = 100;

    public SmtpLimits Limits { get; init; } = SmtpLimits.Default;

    /// <summary>Tests accept the certificate of their own server by this; null: the system's judgement.</summary>
    internal RemoteCertificateValidationCallback? AcceptCertificate { get; init; }

    /// <summary>Name and password never stand in a log.</summary>
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>
/// How long each part may take. All together stay under the five minutes after which a claim without an answer counts as unknown.
/// </summary>
/// <param name="Place">Wait for a free connection.</param>
/// <param name="Step">One command and its reply, the connect, a handshake.</param>
/// <param name="Handover">Everything before the end of the message is told.</param>
/// <param name="Answer">From the end of the message to the server's answer to it.</param>
/// <param name="Idle">A connection unused for longer is not used again.</param>
public sealed record SmtpLimits(TimeSpan Place, TimeSpan Step, TimeSpan Handover, TimeSpan Answer, TimeSpan Idle)
{
    public static SmtpLimits Default { get; } =
        new(
            TimeSpan.FromSeconds(20),
            TimeSpan.FromSeconds(30),
            TimeSpan.FromSeconds(90),
            TimeSpan.FromSeconds(120),
            TimeSpan.FromSeconds(20)
        );
}
