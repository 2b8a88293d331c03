using System.Globalization;
using RetentionFuncs.Embedded.Outbox;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Embedded.Home;

/// <summary>What the environment says about the sender: without <c>RETENTION_SEND_URL</c> messages go to the outbox folder.</summary>
public static class HomeSettings
{
    /// <exception cref="InvalidDataException">A variable is set and unreadable.</exception>
    public static HomeOptions Options() => new(new MovableClock(TimeProvider.System)) { Http = Provider(), Limits = Limits() };

    private static HttpSenderOptions? Provider()
    {
        if (Environment.GetEnvironmentVariable("RETENTION_SEND_URL") is not { Length: > 0 } url)
        {
            return null;
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var endpoint) && (endpoint.Scheme is "http" or "https")
            ? new HttpSenderOptions(endpoint, Environment.GetEnvironmentVariable("RETENTION_SEND_KEY") ?? "")
            : throw new InvalidDataException($"RETENTION_SEND_URL is '{url}'; it must be an absolute http or https address.");
    }

    private static SendLimits Limits() =>
        Environment.GetEnvironmentVariable("RETENTION_SEND_RATE") is not { Length: > 0 } text ? SendLimits.Default
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate > 0
            ? SendLimits.Default with
            {
                PerSecond = rate,
                Burst = Math.Max(1, (int)rate),
            }
        : throw new InvalidDataException($"RETENTION_SEND_RATE is '{text}'; it must be messages per second, such as 10.");
}
