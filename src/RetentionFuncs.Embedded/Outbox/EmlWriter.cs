using System.Globalization;
using System.Text;
using RetentionFuncs.Messages;

namespace RetentionFuncs.Embedded.Outbox;

/// <summary>One message as an RFC 5322 file with a text and an HTML alternative; every byte is ASCII, every line ends in CRLF.</summary>
internal static class EmlWriter
{
    public static byte[] Write(OutboundMessage message)
    {
        // "=_" cannot occur in quoted-printable text nor in base64, so no body can contain the boundary.
        var boundary = "=_rf_" + message.AttemptId;
        var file = new StringBuilder();
        _ = file.Append(HeaderText.Structured("Date", Date(message.At)))
            .Append(HeaderText.Address("From", message.From.Name, message.From.Address))
            .Append(HeaderText.Address("Reply-To", message.ReplyTo.Name, message.ReplyTo.Address))
            .Append(HeaderText.Address("To", message.To.Name, message.To.Address))
            .Append(HeaderText.Free("Subject", message.Subject))
            .Append(HeaderText.Structured("Message-ID", MessageId(message)));
        foreach (var (name, value) in message.Headers)
        {
            _ = file.Append(HeaderText.Structured(name, value));
        }

        _ = file.Append(HeaderText.Structured("X-Rf-Touch", message.Reference))
            .Append(HeaderText.Structured("X-Rf-Attempt", message.AttemptId))
            .Append(HeaderText.Structured("X-Rf-Instance", message.InstanceId))
            .Append(HeaderText.Free("X-Rf-Category", message.Category))
            .Append(HeaderText.Structured("Content-Language", message.Language))
            .Append("MIME-Version: 1.0\r\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/alternative;\r\n boundary=\"{boundary}\"\r\n");
        Part(file, boundary, "text/plain", message.Text);
        Part(file, boundary, "text/html", message.Html);
        _ = file.Append("\r\n--").Append(boundary).Append("--\r\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }

    /// <summary>Of touch and attempt under the sender's own domain: the same attempt has the same id, and no other message has it.</summary>
    internal static string MessageId(OutboundMessage message)
    {
        var touch = message.Reference[(message.Reference.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var domain = message.From.Address[(message.From.Address.LastIndexOf('@') + 1)..];
        return $"<{Atoms(touch)}.{Atoms(message.AttemptId)}@{Atoms(domain)}>";
    }

    private static string Atoms(string text)
    {
        var atoms = string.Concat(text.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'));
        return atoms.Length == 0 ? "invalid" : atoms;
    }

    private static void Part(StringBuilder file, string boundary, string type, string text)
    {
        var (encoding, body) = BodyText.Encode(text);
        _ = file.Append("\r\n--")
            .Append(boundary)
            .Append("\r\nContent-Type: ")
            .Append(type)
            .Append("; charset=utf-8\r\nContent-Transfer-Encoding: ")
            .Append(encoding)
            .Append("\r\n\r\n")
            .Append(body);
    }

    private static string Date(DateTimeOffset at) =>
        at.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)
        + at.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}
