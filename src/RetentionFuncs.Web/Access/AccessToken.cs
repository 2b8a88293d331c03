using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RetentionFuncs.Web.Access;

/// <summary>A local user's token: <c>rf_</c> and 32 random bytes in base64url. Shown once; only its SHA-256 is kept.</summary>
public static class AccessToken
{
    private const string Prefix = "rf_";
    private const int Bytes = 32;

    /// <summary>Characters of a token.</summary>
    public const int Length = 46;

    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether it could be one; what could not is turned away before the store is asked.</summary>
    public static bool HasShape(string text) =>
        text.Length == Length && text.StartsWith(Prefix, StringComparison.Ordinal) && Base64Url.IsValid(text.AsSpan(Prefix.Length));

    /// <summary>Lower-case hex of SHA-256; a token holds 256 random bits, so no slow hash is needed.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>Takes the same time wherever the two differ.</summary>
    public static bool AreSame(string hash, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(other));
}
