using System.Buffers.Text;
using System.Globalization;
using System.Text;
using RetentionFuncs.Keeping;
using RetentionFuncs.Touchpoints;

namespace RetentionFuncs.Embedded.Outbox;

/// <summary>The messages in the outbox folder, as their readers saw them: subject and plain text.</summary>
/// <param name="folder">The outbox folder; it may be missing.</param>
public sealed class OutboxTexts(string folder) : IKeptMessages
{
    public async ValueTask<string?> FindAsync(TouchRef touch, string attemptId, DateTimeOffset claimedAt)
    {
        for (var days = -1; days <= 1; days++)
        {
            var day = claimedAt.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var file = Path.Combine(folder, day, $"{touch}.{attemptId}.eml");
            if (File.Exists(file))
            {
                return PlainText(await File.ReadAllTextAsync(file));
            }
        }

        return null;
    }

    /// <summary>The first plain part of a message, decoded; the whole file where none is found.</summary>
    internal static string PlainText(string eml)
    {
        var text = eml.ReplaceLineEndings("\n");
        var at = text.IndexOf("Content-Type: text/plain", StringComparison.OrdinalIgnoreCase);
        var body = at < 0 ? -1 : text.IndexOf("\n\n", at, StringComparison.Ordinal);
        if (body < 0)
        {
            return eml;
        }

        var headers = text[at..body];
        var content = text[(body + 2)..];
        var end = content.IndexOf("\n--", StringComparison.Ordinal);
        content = end < 0 ? content : content[..end];
        return headers.Contains("base64", StringComparison.OrdinalIgnoreCase) ? FromBase64(content)
            : headers.Contains("quoted-printable", StringComparison.OrdinalIgnoreCase) ? FromQuoted(content)
            : content;
    }

    private static string FromBase64(string content)
    {
        var packed = string.Concat(content.Where(c => !char.IsWhiteSpace(c)));
        return Base64.IsValid(packed) ? Encoding.UTF8.GetString(Convert.FromBase64String(packed)) : content;
    }

    private static string FromQuoted(string content)
    {
        var text = content.Replace("=\n", "", StringComparison.Ordinal);
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, null, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
