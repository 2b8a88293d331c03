namespace RetentionFuncs.Identity;

/// <summary>Lower-case RFC 4648 base32 without padding: safe in row keys, file names and links, and readable aloud.</summary>
public static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>The first <paramref name="length"/> characters of the encoding; 26 characters carry 130 bits.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes, int length)
    {
        Span<char> text = stackalloc char[length];
        var bit = 0;
        for (var i = 0; i < length; i++, bit += 5)
        {
            var window = (At(bytes, bit / 8) << 8) | At(bytes, (bit / 8) + 1);
            text[i] = Alphabet[(window >> (11 - (bit % 8))) & 31];
        }

        return new string(text);
    }

    private static int At(ReadOnlySpan<byte> bytes, int index) => index < bytes.Length ? bytes[index] : 0;
}
