using System.Security.Cryptography;

namespace RetentionFuncs.Identity;

/// <summary>Ids from the system's random source: 130 bits each.</summary>
public sealed class RandomIdSource : IIdSource
{
    public string NewId()
    {
        Span<byte> bits = stackalloc byte[17];
        RandomNumberGenerator.Fill(bits);
        return Base32.Encode(bits, 26);
    }
}
