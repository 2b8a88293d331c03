using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace RetentionFuncs.Web.Webhooks;

/// <summary>The two headers of a signed post, read before anything costs much: a short signature and a fresh timestamp.</summary>
internal sealed record SignedPost(string Timestamp, byte[] Signature)
{
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature";

    public const string TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    /// <summary>A DER signature of P-256 has at most 72 bytes, 96 characters.</summary>
    private const int LongestSignature = 96;

    private const int LongestTimestamp = 12;

    /// <summary>Null when a header is missing, doubled, malformed or out of the window.</summary>
    public static SignedPost? Read(IHeaderDictionary headers, WebhookOptions options, DateTimeOffset now)
    {
        if (
            headers[TimestampHeader] is not [{ Length: > 0 and <= LongestTimestamp } timestamp]
            || headers[SignatureHeader] is not [{ Length: > 0 and <= LongestSignature } encoded]
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
        )
        {
            return null;
        }

        var age = now.ToUnixTimeSeconds() - second;
        var signature = new byte[LongestSignature];
        return
            age <= (long)options.LongestAge.TotalSeconds
            && -age <= (long)options.FurthestAhead.TotalSeconds
            && Convert.TryFromBase64String(encoded, signature, out var length)
            ? new SignedPost(timestamp, signature[..length])
            : null;
    }

    public bool IsBy(IEnumerable<WebhookKey> keys, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(Timestamp));
        hash.AppendData(body);
        var whole = hash.GetHashAndReset();
        return keys.Any(k => k.Signed(whole, Signature));
    }
}
