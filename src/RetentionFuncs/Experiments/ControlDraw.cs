using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using RetentionFuncs.Customers;

namespace RetentionFuncs.Experiments;

/// <summary>
/// Draws a person's arm in one campaign: SHA-256 over the length-prefixed UTF-8 parts (algorithm version, campaign key, person key),
/// of which the first 53 bits are a uniform number. No clock, order or size of the audience enters, so the arm is fixed for life and
/// two campaigns draw independently. Pinned by golden vectors: changing it would move people between arms.
/// </summary>
public static class ControlDraw
{
    private const string Algorithm = "rf1-arm";

    /// <param name="controlShare">0 to 1: the share of people left alone; a person is control when the draw lies below it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not within 0 to 1.</exception>
    public static TestArm ArmOf(string campaignKey, PersonKey person, decimal controlShare)
    {
        if (controlShare is < 0 or > 1)
        {
            throw new ArgumentOutOfRangeException(nameof(controlShare), controlShare, "A control share lies within 0 to 1.");
        }

        return PointOf(campaignKey, person) < (double)controlShare ? TestArm.Control : TestArm.Treatment;
    }

    /// <summary>The uniform number behind the draw: 0 included, 1 excluded, a multiple of 2^-53.</summary>
    public static double PointOf(string campaignKey, PersonKey person)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in (ReadOnlySpan<string>)[Algorithm, campaignKey, person.Value])
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return (BinaryPrimitives.ReadUInt64BigEndian(hash.GetHashAndReset()) >> 11) * (1.0 / (1UL << 53));
    }
}
