using System.Security.Cryptography;

namespace RetentionFuncs.Web.Webhooks;

/// <summary>SendGrid's public key of a signed event webhook, as its settings page shows it: Base64 of a P-256 SubjectPublicKeyInfo.</summary>
public sealed class WebhookKey
{
    private const int CurveBits = 256;

    private readonly byte[] _key;

    private WebhookKey(byte[] key) => _key = key;

    /// <exception cref="FormatException">Not such a key; says what is wrong, without the key.</exception>
    public static WebhookKey Parse(string text)
    {
        var key = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, key, out var length))
        {
            throw new FormatException("is not Base64");
        }

        try
        {
            using var curve = ECDsa.Create();
            curve.ImportSubjectPublicKeyInfo(key.AsSpan(0, length), out _);
            return curve.KeySize == CurveBits ? new WebhookKey(key[..length]) : throw new FormatException("is not a P-256 key");
        }
        catch (CryptographicException)
        {
            throw new FormatException("is not a public key of an elliptic curve");
        }
    }

    /// <summary>Whether the signature (ASN.1 DER) is of this key over the timestamp's text followed by the body, byte for byte.</summary>
    /// <param name="hash">SHA-256 of both.</param>
    internal bool Signed(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        // A fresh object each time: one that several requests share is not promised to be safe.
        using var curve = ECDsa.Create();
        curve.ImportSubjectPublicKeyInfo(_key, out _);
        try
        {
            return curve.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
