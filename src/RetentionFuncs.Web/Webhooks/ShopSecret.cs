using System.Security.Cryptography;
using System.Text;

namespace RetentionFuncs.Web.Webhooks;

/// <summary>The secret that a shop system signs its webhooks with: Base64 of HMAC-SHA256 over the body, byte for byte.</summary>
public sealed class ShopSecret
{
    /// <summary>Below it could be found by trying.</summary>
    public const int ShortestText = 16;

    private const int SignatureLength = 44;

    private readonly byte[] _key;

    private ShopSecret(byte[] key) => _key = key;

    /// <param name="texts">One secret, or several parted by spaces while one is exchanged; null or empty: none.</param>
    /// <exception cref="FormatException">One is too short; the message is a clause, without the secret.</exception>
    public static IReadOnlyList<ShopSecret> ParseAll(string? texts) =>
        [.. (texts ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Parse)];

    private static ShopSecret Parse(string text) =>
        text.Length >= ShortestText
            ? new ShopSecret(Encoding.UTF8.GetBytes(text))
            : throw new FormatException($"has fewer than {ShortestText} characters");

    /// <summary>Whether a header has the form of a signature, asked before a body is read for it.</summary>
    internal static bool HasForm(string signature) => signature.Length == SignatureLength && signature[^1] == '=';

    /// <summary>Takes as long for a wrong signature as for the right one.</summary>
    internal bool Signed(ReadOnlySpan<byte> body, string signature) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(Convert.ToBase64String(HMACSHA256.HashData(_key, body))),
            Encoding.UTF8.GetBytes(signature)
        );
}
