using System.Text;

namespace RetentionFuncs.Imports.Encodings;

/// <summary>An encoding other than UTF-8 that a file may be written in.</summary>
/// <param name="Name">As messages name it.</param>
/// <param name="Unit">Bytes that an invalid piece takes up: 2 in UTF-16, else 1.</param>
/// <param name="KeepsAscii">Whether a byte below 80 hex that begins a character is that ASCII character.</param>
internal sealed record SourceEncoding(string Name, CharLength LengthOf, Encoding Text, int Unit, bool KeepsAscii)
{
    /// <summary>What stands for a code that has the right form and no character; no file's text holds it.</summary>
    public const char Unassigned = '\uFFFF';

    public static SourceEncoding Gb18030 { get; } = new("GB18030", CharLengths.Gb18030, CodePage("GB18030"), 1, true);

    public static SourceEncoding Windows1252 { get; } = new("Windows-1252", CharLengths.Windows1252, CodePage("windows-1252"), 1, true);

    public static SourceEncoding ShiftJis { get; } = new("Shift_JIS", CharLengths.ShiftJis, CodePage("shift_jis"), 1, true);

    public static SourceEncoding Utf16LittleEndian { get; } = new("UTF-16", CharLengths.Utf16LittleEndian, Encoding.Unicode, 2, false);

    public static SourceEncoding Utf16BigEndian { get; } = new("UTF-16", CharLengths.Utf16BigEndian, Encoding.BigEndianUnicode, 2, false);

    /// <summary>How many bytes at the beginning are whole, valid characters.</summary>
    public int ValidRun(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            if (KeepsAscii && bytes[at] < 0x80)
            {
                var ascii = bytes[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
                if (ascii < 0)
                {
                    return bytes.Length;
                }

                at += ascii;
            }

            var length = LengthOf(bytes[at..]);
            if (length <= 0)
            {
                return at;
            }

            at += length;
        }

        return at;
    }

    // Asked for by name, so that nothing is registered for the whole process.
    private static Encoding CodePage(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(
            name,
            EncoderFallback.ReplacementFallback,
            new DecoderReplacementFallback(Unassigned.ToString())
        ) ?? throw new NotSupportedException($"This machine's .NET does not know {name}.");
}
