using System.Globalization;
using System.Text;
using Azure;
using Azure.Core;

namespace Azure.Data.Tables.Wire;

/// <summary>Reads the multipart answer to a transaction: one part an action, or one part that tells why all of it failed.</summary>
internal static class BatchAnswer
{
    public static IReadOnlyList<PartResponse> Read(BinaryData content)
    {
        var text = content.ToString();
        var parts = new List<PartResponse>();
        for (var at = text.IndexOf("HTTP/1.1 ", StringComparison.Ordinal); at >= 0; )
        {
            var end = text.IndexOf("\n--changeset", at, StringComparison.OrdinalIgnoreCase);
            parts.Add(ReadPart(text[at..(end < 0 ? text.Length : end)]));
            at = end < 0 ? -1 : text.IndexOf("HTTP/1.1 ", end, StringComparison.Ordinal);
        }

        return parts;
    }

    private static PartResponse ReadPart(string part)
    {
        using var lines = new StringReader(part);
        var status = lines.ReadLine()!.Split(' ', 3);
        var headers = new List<HttpHeader>();
        while (lines.ReadLine() is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':');
            headers.Add(new HttpHeader(line[..colon].Trim(), line[(colon + 1)..].Trim()));
        }

        var body = Encoding.UTF8.GetBytes(lines.ReadToEnd().Trim());
        return new PartResponse(int.Parse(status[1], CultureInfo.InvariantCulture), status.ElementAtOrDefault(2), headers, body);
    }
}
