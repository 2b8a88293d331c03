using System.Text;
using RetentionFuncs.Identity;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Offers;

/// <summary>
/// Writes a touchpoint's code: 80 bits in 16 Crockford base32 characters, in groups of four. Derived and not drawn, so rendering
/// again never mints a second code, and nobody without the instance secret can guess one.
/// </summary>
public static class CouponCodes
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 16;

    public static string Of(InstanceSecret secret, TouchRef touch)
    {
        var bits = secret.CouponBits(touch.ToString());
        Span<char> code = stackalloc char[Length];
        for (var i = 0; i < Length; i++)
        {
            var bit = i * 5;
            var window = (bits[bit / 8] << 8) | bits[(bit / 8) + 1];
            code[i] = Alphabet[(window >> (11 - (bit % 8))) & 31];
        }

        return Grouped(code);
    }

    /// <summary>
    /// Reads a code as people type it: any case, full-width letters, with or without dashes and spaces, I and L for 1, O for 0.
    /// False when it cannot be one of ours; U is not in the alphabet.
    /// </summary>
    public static bool TryNormalize(string? typed, out string code)
    {
        code = "";
        Span<char> kept = stackalloc char[Length];
        var count = 0;
        foreach (var c in Folded(typed))
        {
            if (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.DashPunctuation)
            {
                continue;
            }

            var letter = c switch
            {
                'I' or 'L' => '1',
                'O' => '0',
                _ => c,
            };
            if (count == Length || !Alphabet.Contains(letter, StringComparison.Ordinal))
            {
                return false;
            }

            kept[count++] = letter;
        }

        code = count == Length ? Grouped(kept) : "";
        return count == Length;
    }

    private static string Folded(string? typed) =>
        typed is { Length: > 0 and <= 100 } && IsWellFormed(typed) ? typed.Normalize(NormalizationForm.FormKC).ToUpperInvariant() : "";

    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(r => r.Value != 0xFFFD);

    private static string Grouped(ReadOnlySpan<char> code) => $"{code[..4]}-{code[4..8]}-{code[8..12]}-{code[12..16]}";
}
