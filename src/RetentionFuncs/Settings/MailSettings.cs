namespace RetentionFuncs.Settings;

/// <summary>The way messages leave.</summary>
public enum MailVia
{
    /// <summary>An HTTP provider when the environment names one, else the outbox folder.</summary>
    Environment,

    /// <summary>Files in the outbox folder; nothing leaves the machine.</summary>
    Outbox,

    /// <summary>A mail server.</summary>
    Smtp,

    /// <summary>The HTTP provider that the environment names.</summary>
    Http,
}

/// <summary>How the line to a mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>Encrypted before anything is said; a server that offers no STARTTLS gets no mail.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte, as on port 465.</summary>
    Tls,

    /// <summary>Not at all: for a server on the same machine.</summary>
    None,
}

/// <summary>The block <c>mail:</c>. Passwords and keys never stand in the file.</summary>
/// <param name="Host">Of the mail server; set when <paramref name="Via"/> is Smtp.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="User">Null: the server asks for no name.</param>
public sealed record MailSettings(MailVia Via, string? Host, int Port, MailSecurity Security, string? User)
{
    public static MailSettings Default { get; } = new(MailVia.Environment, null, 587, MailSecurity.StartTls, null);
}
