using System.Globalization;
using RetentionFuncs.Embedded.Outbox;
using RetentionFuncs.Messages;
using RetentionFuncs.Web.Webhooks;

namespace RetentionFuncs.Embedded.Home;

/// <summary>What the environment says about the sender: without <c>RETENTION_SEND_URL</c> messages go to the outbox folder.</summary>
public static class HomeSettings
{
    /// <exception cref="HomeRefusedException">A variable is set and unreadable.</exception>
    public static HomeOptions Options() =>
        new(new MovableClock(TimeProvider.System))
        {
            Http = Provider(),
            SmtpPassword = Environment.GetEnvironmentVariable("RETENTION_SMTP_PASSWORD"),
            Limits = Limits(),
            Webhooks = Webhooks() with
            {
                ShopifySecrets = ShopSecrets("RETENTION_SHOPIFY_SECRET"),
                WooCommerceSecrets = ShopSecrets("RETENTION_WOOCOMMERCE_SECRET"),
            },
        };

    private static HttpSenderOptions? Provider()
    {
        if (Environment.GetEnvironmentVariable("RETENTION_SEND_URL") is not { Length: > 0 } url)
        {
            return null;
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var endpoint) && (endpoint.Scheme is "http" or "https")
            ? new HttpSenderOptions(endpoint, Key())
            : throw new HomeRefusedException(
                new(
                    $"RETENTION_SEND_URL is '{url}'; it must be an absolute http or https address.",
                    $"RETENTION_SEND_URL 为“{url}”；请填写完整的 http 或 https 地址。"
                )
            );
    }

    private static string Key()
    {
        var key = Environment.GetEnvironmentVariable("RETENTION_SEND_KEY") ?? "";
        return key.All(c => c is > ' ' and < '\u007f')
            ? key
            : throw new HomeRefusedException(
                new(
                    "RETENTION_SEND_KEY has characters that no key has, such as a space or a line end; copy it again.",
                    "RETENTION_SEND_KEY 含有密钥中不会出现的字符（如空格或换行），请重新复制。"
                )
            );
    }

    /// <summary><c>RETENTION_SMS_SECRET</c>: what posts to the text message gateway are signed with.</summary>
    /// <exception cref="HomeRefusedException">A gateway is set and no secret for it.</exception>
    internal static string SmsSecret() =>
        Environment.GetEnvironmentVariable("RETENTION_SMS_SECRET") is { Length: >= 16 } secret
            ? secret
            : throw new HomeRefusedException(
                new(
                    "sms_gateway is set in retention.yaml, and RETENTION_SMS_SECRET has fewer than 16 characters. Set it, or take sms_gateway out: text messages then go onto lists.",
                    "retention.yaml 设置了 sms_gateway，但 RETENTION_SMS_SECRET 不足 16 个字符。请设置它，或删去 sms_gateway，短信将改为导出名单。"
                )
            );

    /// <summary><c>RETENTION_WEBHOOK_KEY</c>: the provider's public key; without it nobody's word about deliveries is taken.</summary>
    private static WebhookOptions Webhooks()
    {
        try
        {
            return WebhookOptions.Of(Environment.GetEnvironmentVariable("RETENTION_WEBHOOK_KEY"));
        }
        catch (FormatException error)
        {
            throw new HomeRefusedException(
                new(
                    $"RETENTION_WEBHOOK_KEY {error.Message}; copy the verification key of the signed event webhook again.",
                    "RETENTION_WEBHOOK_KEY 不是有效的公钥；请重新复制事件 Webhook 签名验证所用的公钥（Verification Key）。"
                )
            );
        }
    }

    /// <summary>What a shop system signs its webhooks with; several, parted by spaces, while one is exchanged.</summary>
    private static IReadOnlyList<ShopSecret> ShopSecrets(string variable)
    {
        try
        {
            return ShopSecret.ParseAll(Environment.GetEnvironmentVariable(variable));
        }
        catch (FormatException error)
        {
            throw new HomeRefusedException(
                new(
                    $"{variable} {error.Message}; take the secret that the shop shows for its webhooks.",
                    $"{variable} 太短（至少 {ShopSecret.ShortestText} 个字符）；请填写店铺后台显示的 Webhook 密钥。"
                )
            );
        }
    }

    private static SendLimits Limits() =>
        Environment.GetEnvironmentVariable("RETENTION_SEND_RATE") is not { Length: > 0 } text ? SendLimits.Default
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is >= 0.001 and <= 100_000
            ? SendLimits.Default with
            {
                PerSecond = rate,
                Burst = Math.Max(1, (int)rate),
            }
        : throw new HomeRefusedException(
            new(
                $"RETENTION_SEND_RATE is '{text}'; it must be messages per second, from 0.001 to 100000, such as 10.",
                $"RETENTION_SEND_RATE 为“{text}”；请填写每秒条数，0.001 至 100000，例如 10。"
            )
        );
}
