using RetentionFuncs.Embedded.Outbox;
using RetentionFuncs.Embedded.Smtp;
using RetentionFuncs.Findings;
using RetentionFuncs.Messages;
using RetentionFuncs.Settings;

namespace RetentionFuncs.Embedded.Home;

/// <summary>The way messages take from this machine, decided once from settings and environment.</summary>
public abstract record MailRoute
{
    private MailRoute() { }

    /// <summary>The way in a sentence; never a password.</summary>
    public abstract Phrase Told { get; }

    /// <summary>Whether messages leave the machine.</summary>
    public virtual bool Leaves => true;

    internal abstract IMessageSender Sender(HomeFolder folder, TimeProvider clock);

    public sealed record Http(HttpSenderOptions Options) : MailRoute
    {
        public override Phrase Told =>
            new($"Messages go to the HTTP provider at {Options.Endpoint.Host}.", $"邮件通过 HTTP 服务商 {Options.Endpoint.Host} 发出。");

        internal override IMessageSender Sender(HomeFolder folder, TimeProvider clock) => new HttpMessageSender(Options, clock);
    }

    public sealed record Smtp(SmtpOptions Options) : MailRoute
    {
        public override Phrase Told
        {
            get
            {
                var line = Options.Security switch
                {
                    MailSecurity.StartTls => "STARTTLS",
                    MailSecurity.Tls => "TLS",
                    _ => "—",
                };
                return new(
                    $"Messages go to the mail server {Options} ({line}); bounces that come back by mail are not read.",
                    $"邮件通过邮件服务器 {Options}（{line}）发出；以邮件形式退回的退信不会自动读取。"
                );
            }
        }

        internal override IMessageSender Sender(HomeFolder folder, TimeProvider clock) => new SmtpSender(Options, clock);
    }

    public sealed record Outbox : MailRoute
    {
        public override Phrase Told =>
            new("Messages become files in outbox/; nothing leaves this machine.", "邮件写成 outbox/ 里的文件，不会离开本机。");

        public override bool Leaves => false;

        internal override IMessageSender Sender(HomeFolder folder, TimeProvider clock) => new OutboxSender(folder.Outbox, clock);
    }

    public sealed record Nowhere : MailRoute
    {
        public override Phrase Told => new("Messages are taken and forgotten.", "邮件只计数，不保存。");

        public override bool Leaves => false;

        internal override IMessageSender Sender(HomeFolder folder, TimeProvider clock) => new ForgettingSender();
    }

    /// <exception cref="HomeRefusedException">The settings ask for what the environment does not give.</exception>
    internal static MailRoute Of(MailSettings settings, HomeOptions options) =>
        options.Throwaway
            ? (options.Http is { } kept ? new Http(kept) : new Nowhere())
            : settings.Via switch
            {
                MailVia.Outbox => new Outbox(),
                MailVia.Smtp => new Smtp(ServerOf(settings, options)),
                _ when options.Http is { } http => new Http(http),
                MailVia.Http => throw new HomeRefusedException(
                    new(
                        "retention.yaml says 'mail: {via: http}', but RETENTION_SEND_URL names no provider.",
                        "retention.yaml 写了 mail: {via: http}，但没有用 RETENTION_SEND_URL 指定服务商。"
                    )
                ),
                _ => new Outbox(),
            };

    private static SmtpOptions ServerOf(MailSettings settings, HomeOptions options)
    {
        var password = settings.User is null ? null : options.SmtpPassword;
        if (settings.User is not null && (string.IsNullOrEmpty(password) || password.Any(char.IsControl)))
        {
            throw new HomeRefusedException(
                new(
                    "retention.yaml names a user for the mail server; set its password in the environment variable RETENTION_SMTP_PASSWORD.",
                    "retention.yaml 填写了邮件服务器的用户；请用环境变量 RETENTION_SMTP_PASSWORD 提供密码。"
                )
            );
        }

        return new SmtpOptions(settings.Host!, settings.Port, settings.Security, settings.User, password)
        {
            AcceptCertificate = options.AcceptCertificate,
        };
    }
}
