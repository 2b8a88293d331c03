using RetentionFuncs.Findings;
using RetentionFuncs.YamlFiles;

namespace RetentionFuncs.Settings;

/// <summary>Reads <c>mail:</c>, the way messages leave.</summary>
internal static class MailSettingsReader
{
    private const int StartTlsPort = 587;
    private const int TlsPort = 465;
    private const int PlainPort = 25;

    private static readonly KeyValuePair<string, MailVia>[] Ways =
    [
        KeyValuePair.Create("outbox", MailVia.Outbox),
        KeyValuePair.Create("smtp", MailVia.Smtp),
        KeyValuePair.Create("http", MailVia.Http),
    ];

    private static readonly KeyValuePair<string, MailSecurity>[] Securities =
    [
        KeyValuePair.Create("starttls", MailSecurity.StartTls),
        KeyValuePair.Create("tls", MailSecurity.Tls),
        KeyValuePair.Create("none", MailSecurity.None),
    ];

    public static MailSettings Read(YamlFields fields, FindingList findings)
    {
        if (fields.Fields("mail") is not { } map)
        {
            return MailSettings.Default;
        }

        var mail = new YamlFields(map, findings);
        var settings = mail.Choice("via", Ways, required: true) switch
        {
            MailVia.Smtp => Smtp(mail, findings),
            { } via => MailSettings.Default with { Via = via },
            null => null,
        };
        if (mail.Has("password"))
        {
            NoPassword(mail, findings);
        }

        if (settings is not null)
        {
            mail.Done();
        }

        return settings ?? MailSettings.Default;
    }

    private static MailSettings Smtp(YamlFields mail, FindingList findings)
    {
        var host = Host(mail);
        var port = mail.Value("port", YamlScalars.Whole(1, 65_535));
        var security = mail.Choice("security", Securities) ?? (port == TlsPort ? MailSecurity.Tls : MailSecurity.StartTls);
        var user = mail.Text("user")?.Value.Trim();
        if (security == MailSecurity.None && host is not null && !IsThisMachine(host))
        {
            var at = mail.Text("security")!;
            findings.Error(
                at.Line,
                at.Column,
                new Phrase(
                    $"Mail to '{host}' would cross the network in the clear, customers' addresses and all.",
                    $"发往“{host}”的邮件将以明文经过网络，客户地址也会暴露。"
                ),
                new Phrase(
                    "Write starttls or tls; none is for a mail server on this machine.",
                    "请写 starttls 或 tls；none 只用于本机的邮件服务器。"
                )
            );
        }

        return new MailSettings(MailVia.Smtp, host, port ?? UsualPort(security), security, user is { Length: > 0 } ? user : null);
    }

    private static string? Host(YamlFields mail)
    {
        if (mail.Text("host", required: true) is not { } text)
        {
            return null;
        }

        var host = text.Value.Trim();
        if (Uri.CheckHostName(host) != UriHostNameType.Unknown)
        {
            return host;
        }

        mail.Wrong(
            "host",
            text,
            new Phrase("the mail server's name, such as smtp.your-shop.example", "邮件服务器名，例如 smtp.your-shop.example")
        );
        return null;
    }

    private static void NoPassword(YamlFields mail, FindingList findings)
    {
        var at = mail.Map.Find("password")!;
        findings.Error(
            at.Line,
            at.Column,
            new Phrase(
                "A password does not belong into this file, which is copied and shown.",
                "密码不能写在这个文件里，文件会被复制和显示。"
            ),
            new Phrase(
                "Take it out, and set the environment variable RETENTION_SMTP_PASSWORD.",
                "请删除，并改用环境变量 RETENTION_SMTP_PASSWORD。"
            )
        );
    }

    private static int UsualPort(MailSecurity security) =>
        security switch
        {
            MailSecurity.Tls => TlsPort,
            MailSecurity.None => PlainPort,
            _ => StartTlsPort,
        };

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address));
}
