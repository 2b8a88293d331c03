using System.Text;

namespace RetentionFuncs.Embedded.Outbox;

/// <summary>A text part made safe for mail: quoted-printable where most of it is ASCII and stays readable, else base64.</summary>
internal static class BodyText
{
    private const int LineLength = 76;

    public static (string Encoding, string Body) Encode(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
        return bytes.Count(b => b > 127) * 4 > bytes.Length ? ("base64", Base64(bytes)) : ("quoted-printable", QuotedPrintable(bytes));
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks);

    /// <summary>RFC 2045 6.7: lines of at most 76 characters, white space at a line's end and "From " at its start encoded.</summary>
    private static string QuotedPrintable(byte[] bytes)
    {
        var body = new StringBuilder(bytes.Length + (bytes.Length / 8));
        var column = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\r' && i + 1 < bytes.Length && bytes[i + 1] == '\n')
            {
                _ = body.Append("\r\n");
                column = 0;
                i++;
                continue;
            }

            var token = Token(bytes, i, column);
            if (column + token.Length > LineLength - 1)
            {
                _ = body.Append("=\r\n");
                column = 0;
                token = Token(bytes, i, column);
            }

            _ = body.Append(token);
            column += token.Length;
        }

        return body.ToString();
    }

    private static string Token(byte[] bytes, int i, int column)
    {
        var b = bytes[i];
        var endsLine = i + 1 == bytes.Length || bytes[i + 1] == '\r';
        var plain = b is >= 33 and <= 126 && b != '=' && !(column == 0 && b is (byte)'F' or (byte)'.');
        return plain || (b is (byte)' ' or (byte)'\t' && !endsLine) ? ((char)b).ToString() : $"={b:X2}";
    }
}
