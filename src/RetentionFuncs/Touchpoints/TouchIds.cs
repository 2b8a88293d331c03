using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Customers;
using RetentionFuncs.Identity;

namespace RetentionFuncs.Touchpoints;

/// <summary>
/// Makes touch ids: the first 26 base32 characters of SHA-256 over the length-prefixed UTF-8 parts. No clock, campaign version or
/// step position enters. The algorithm is pinned by golden vectors: changing it would plan everyone again.
/// </summary>
public static class TouchIds
{
    private const string Algorithm = "rf1";

    public static TouchId Of(CustomerKey customer, ContactKey contact, string campaign, string step, string occasion)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in (ReadOnlySpan<string>)[Algorithm, customer.Value, contact.Value, campaign, step, occasion])
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return new TouchId(Base32.Encode(hash.GetHashAndReset(), 26));
    }
}
