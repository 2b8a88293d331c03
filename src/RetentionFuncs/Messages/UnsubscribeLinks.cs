using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Messages;

/// <summary>What a link in a message lets its holder do. A token for one never opens the other.</summary>
public enum LinkPurpose : byte
{
    Unsubscribe = 1,
    Preferences = 2,

    /// <summary>The one link that widens: it confirms what the person has asked for, and only that.</summary>
    Confirm = 3,
}

/// <summary>
/// Tokens in the links of a message: base64url of version, key id, purpose, the touch reference in 260 bits, and a 128-bit tag
/// (HMAC-SHA-256, cut). They never expire, since the law wants an old message's link to work, and a link can only narrow
/// what its contact receives; the one that confirms a wish does nothing without the wish, which does expire.
/// </summary>
public sealed partial class UnsubscribeLinks(InstanceSecret secret)
{
    private const byte Version = 1;
    private const byte KeyId = 1;
    private const int ReferenceBytes = 33;
    private const int PayloadBytes = 3 + ReferenceBytes;
    private const int TokenBytes = PayloadBytes + 16;

    /// <summary>Characters of every token.</summary>
    public const int TokenLength = 70;

    /// <summary>The links of one message.</summary>
    /// <param name="publicUrl">Where the public pages are, without trailing slash.</param>
    /// <param name="shopUrl">The shop on the web, or null.</param>
    public MessageLinks For(TouchRef touch, string publicUrl, string? shopUrl) =>
        new(shopUrl, $"{publicUrl}/u/{Token(LinkPurpose.Unsubscribe, touch)}", $"{publicUrl}/p/{Token(LinkPurpose.Preferences, touch)}");

    /// <summary>The links of a message that asks for a confirmation.</summary>
    public MessageLinks WithConfirm(MessageLinks links, TouchRef touch, string publicUrl) =>
        links with
        {
            Confirm = $"{publicUrl}/c/{Token(LinkPurpose.Confirm, touch)}",
        };

    public string Token(LinkPurpose purpose, TouchRef touch)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        bytes[0] = Version;
        bytes[1] = KeyId;
        bytes[2] = (byte)purpose;
        Pack(touch, bytes[3..PayloadBytes]);
        secret.LinkTag(bytes[..PayloadBytes]).CopyTo(bytes[PayloadBytes..]);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>
    /// Reads a token as mail programs hand it back: wrapped over lines, with quoted-printable remains or sentence marks around
    /// it. False for everything this installation did not write for this purpose, and then <paramref name="touch"/> means nothing.
    /// </summary>
    public bool TryRead(string? given, LinkPurpose purpose, out TouchRef touch)
    {
        touch = default;
        var token = Mended(given);
        Span<byte> bytes = stackalloc byte[TokenBytes];
        if (
            token.Length != TokenLength
            || !Base64Url.IsValid(token)
            || !Base64Url.TryDecodeFromChars(token, bytes, out var written)
            || written != TokenBytes
            || !CryptographicOperations.FixedTimeEquals(secret.LinkTag(bytes[..PayloadBytes]), bytes[PayloadBytes..])
        )
        {
            return false;
        }

        touch = Unpack(bytes[3..PayloadBytes]);
        return bytes[0] == Version && bytes[1] == KeyId && bytes[2] == (byte)purpose;
    }

    private static string Mended(string? given) =>
        given is not { Length: <= 4 * TokenLength } ? "" : Ends().Replace(Leftovers().Replace(given, ""), "");

    /// <summary>White space, soft line breaks and their numeric spellings, anywhere.</summary>
    [GeneratedRegex(@"=3D|%3D|=20|%20|&gt;|&lt;|[\s\u200B\u00AD=]", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Leftovers();

    /// <summary>Anything but token characters, at either end of what is left then.</summary>
    [GeneratedRegex("^[^A-Za-z0-9_-]+|[^A-Za-z0-9_-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Ends();

    private static void Pack(TouchRef touch, Span<byte> bytes)
    {
        bytes.Clear();
        var bit = 0;
        foreach (var c in touch.Customer.Value + touch.Touch.Value)
        {
            var five = c is >= 'a' and <= 'z' ? c - 'a' : c - '2' + 26;
            for (var i = 4; i >= 0; i--, bit++)
            {
                bytes[bit / 8] |= (byte)(((five >> i) & 1) << (7 - (bit % 8)));
            }
        }
    }

    private static TouchRef Unpack(ReadOnlySpan<byte> bytes) =>
        new(new CustomerKey(Base32.Encode(bytes, 26)), new TouchId(Base32.Encode(Shifted(bytes), 26)));

    /// <summary>The bits from the 130th on, moved to the front.</summary>
    private static byte[] Shifted(ReadOnlySpan<byte> bytes)
    {
        var moved = new byte[17];
        for (var bit = 130; bit < 260; bit++)
        {
            var set = (bytes[bit / 8] >> (7 - (bit % 8))) & 1;
            moved[(bit - 130) / 8] |= (byte)(set << (7 - ((bit - 130) % 8)));
        }

        return moved;
    }
}
