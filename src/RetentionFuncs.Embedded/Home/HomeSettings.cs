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
            Limits = Limits(),
            Webhooks = Webhooks(),
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
