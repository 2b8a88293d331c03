using System.Globalization;

namespace RetentionFuncs.Messages;

/// <summary>
/// What an HTTP provider's answer to one submission proves. Only an answer that says no, or a failure before the request's body
/// could leave, proves that nothing was sent; everything unclear is Unknown and is never sent again.
/// </summary>
public static class ProviderAnswers
{
    /// <summary>Wait after a 429 without a usable reset time.</summary>
    public static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(1);

    /// <summary>Longest wait believed.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>The provider's message id of what a sandbox took: nothing was sent and no event will come.</summary>
    public const string SandboxId = "sandbox";

    /// <param name="status">HTTP status code.</param>
    /// <param name="messageId">The provider's id of the message, when it gave one.</param>
    /// <param name="reset"><c>X-RateLimit-Reset</c>: the Unix second from which it takes messages again.</param>
    /// <param name="detail">What the answer said, without personal data; may be empty.</param>
    /// <param name="retryAfter"><c>Retry-After</c>, in seconds or as an HTTP date; counts when there is no usable reset time.</param>
    public static SendResult Classify(
        int status,
        string? messageId,
        string? reset,
        string detail,
        DateTimeOffset now,
        string? retryAfter = null
    )
    {
        var said = detail.Length == 0 ? $"The provider answered {status}." : $"The provider answered {status}: {detail}";
        return status switch
        {
            202 => new SendResult.Accepted(string.IsNullOrWhiteSpace(messageId) ? null : messageId),
            401 or 403 => new SendResult.SystemicRefusal(said + " Check the key, the account and the sender address."),
            429 => new SendResult.ProvenNotSent(RetryAt(reset, retryAfter, now), said),
            >= 400 and <= 499 => new SendResult.Refused(said),
            _ => new SendResult.Unknown(said),
        };
    }

    /// <summary>No answer at all, or none that can be read.</summary>
    /// <param name="handedOver">Whether any of the request's body may have left this machine.</param>
    public static SendResult Unanswered(string reason, bool handedOver, DateTimeOffset now) =>
        handedOver ? new SendResult.Unknown(reason) : new SendResult.ProvenNotSent(now + DefaultWait, reason);

    /// <summary>When a provider that asked to wait may be asked again: at least a second and at most <see cref="LongestWait"/> from now, whatever its headers say.</summary>
    public static DateTimeOffset RetryAt(string? reset, string? retryAfter, DateTimeOffset now)
    {
        var wait =
            Whole(reset) is { } second ? second - now.ToUnixTimeSeconds()
            : Whole(retryAfter) is { } seconds ? seconds
            : DateTimeOffset.TryParseExact(retryAfter, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? (at - now).TotalSeconds
            : DefaultWait.TotalSeconds;
        return now + TimeSpan.FromSeconds(Math.Clamp(wait, 1, LongestWait.TotalSeconds));
    }

    private static long? Whole(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
