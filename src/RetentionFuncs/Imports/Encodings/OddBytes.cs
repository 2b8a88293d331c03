using System.Text;

namespace RetentionFuncs.Imports.Encodings;

/// <summary>
/// How a byte that its encoding does not know passes through a transcoded file: as three bytes that no UTF-8 text has, of which none is
/// ASCII. So the row it stands in is refused, no delimiter or line end appears from nowhere, and the byte can still be shown.
/// </summary>
internal static class OddBytes
{
    public const int Length = 3;
    private const byte Mark = 0xFF;

    public static void Write(byte odd, Span<byte> to) =>
        (to[0], to[1], to[2]) = (Mark, (byte)(0x80 | (odd >> 4)), (byte)(0x80 | (odd & 15)));

    /// <summary>The text as people can read it: what is not UTF-8 is written as <c>\xE4</c>.</summary>
    /// <param name="isTranscoded">Whether odd bytes are marked as <see cref="Write"/> does.</param>
    public static string Show(ReadOnlySpan<byte> bytes, bool isTranscoded, int most)
    {
        var shown = new StringBuilder();
        while (!bytes.IsEmpty && shown.Length < most)
        {
            if (isTranscoded && bytes.Length >= Length && bytes[0] == Mark)
            {
                Hex(shown, (byte)(((bytes[1] & 15) << 4) | (bytes[2] & 15)));
                bytes = bytes[Length..];
                continue;
            }

            var isText = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (isText && !Rune.IsControl(rune))
            {
                shown.Append(rune.ToString());
            }
            else
            {
                foreach (var b in bytes[..length])
                {
                    Hex(shown, b);
                }
            }

            bytes = bytes[length..];
        }

        return shown.ToString();
    }

    private static void Hex(StringBuilder shown, byte b) => shown.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{b:X2}");
}
