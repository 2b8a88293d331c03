using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace RetentionFuncs.Tests.Outbox;

/// <summary>A small reader of mail files, written from the RFCs and not from the writer, to read back what was written.</summary>
internal sealed record EmlReader(IReadOnlyList<(string Name, string Raw)> Headers, IReadOnlyList<(string Type, string Text)> Parts)
{
    public string Header(string name) => DecodeWords(Headers.Single(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Raw);

    public static EmlReader Read(byte[] file)
    {
        var text = Encoding.Latin1.GetString(file);
        var (headers, body) = Split(text);
        var type = headers.Single(h => h.Name == "Content-Type").Raw;
        var boundary = Regex.Match(type, "boundary=\"([^\"]+)\"").Groups[1].Value;
        var sections = ("\r\n" + body).Split("\r\n--" + boundary);
        sections[^1].ShouldBe("--\r\n");
        return new EmlReader(headers, [.. sections.Skip(1).SkipLast(1).Select(s => Part(s["\r\n".Length..]))]);
    }

    private static (string Type, string Text) Part(string section)
    {
        var (headers, body) = Split(section);
        var bytes = headers.Single(h => h.Name == "Content-Transfer-Encoding").Raw switch
        {
            "base64" => Convert.FromBase64String(body.Replace("\r\n", "")),
            "quoted-printable" => QuotedPrintable(body),
            var other => throw new InvalidDataException(other),
        };
        return (headers.Single(h => h.Name == "Content-Type").Raw, new UTF8Encoding(false, true).GetString(bytes));
    }

    private static (List<(string Name, string Raw)> Headers, string Body) Split(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var unfolded = Regex.Replace(text[..end], "\r\n([ \t])", "$1");
        var headers = unfolded.Split("\r\n").Select(l => (l[..l.IndexOf(':')], l[(l.IndexOf(':') + 1)..].Trim())).ToList();
        return (headers, text[(end + 4)..]);
    }

    private static byte[] QuotedPrintable(string body)
    {
        var joined = body.Replace("=\r\n", "");
        var bytes = new List<byte>();
        for (var i = 0; i < joined.Length; i++)
        {
            if (joined[i] == '=')
            {
                bytes.Add(byte.Parse(joined.AsSpan(i + 1, 2), NumberStyles.HexNumber));
                i += 2;
            }
            else
            {
                bytes.Add((byte)joined[i]);
            }
        }

        return [.. bytes];
    }

    /// <summary>White space between two encoded words is not part of the text.</summary>
    private static string DecodeWords(string raw)
    {
        var joined = Regex.Replace(raw, @"(=\?utf-8\?B\?[^?]*\?=)\s+(?==\?)", "$1");
        return Regex.Replace(
            joined,
            @"=\?utf-8\?B\?([^?]*)\?=",
            m => new UTF8Encoding(false, true).GetString(Convert.FromBase64String(m.Groups[1].Value))
        );
    }
}
