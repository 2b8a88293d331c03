using System.Net;
using System.Net.Sockets;

namespace RetentionFuncs.Embedded.Smtp;

/// <summary>What goes over the wire: a message after DATA, an address in EHLO.</summary>
internal static class SmtpText
{
    /// <summary>What ends a message, written apart from it: as long as it has not left, the server has no message.</summary>
    public static ReadOnlyMemory<byte> End { get; } = ".\r\n"u8.ToArray();

    /// <summary>
    /// Lines that begin with a dot get a second one (RFC 5321 4.5.2); every line ends in CRLF, the last one too, so that no lone CR or LF
    /// can be taken for a line's end by one server and not by the next.
    /// </summary>
    public static byte[] Stuffed(ReadOnlySpan<byte> message)
    {
        var wire = new List<byte>(message.Length + 64);
        var atStart = true;
        for (var i = 0; i < message.Length; i++)
        {
            var b = message[i];
            if (b is (byte)'\r' or (byte)'\n')
            {
                i += b == '\r' && i + 1 < message.Length && message[i + 1] == '\n' ? 1 : 0;
                wire.AddRange("\r\n"u8);
                atStart = true;
                continue;
            }

            if (atStart && b == '.')
            {
                wire.Add((byte)'.');
            }

            wire.Add(b);
            atStart = false;
        }

        if (!atStart)
        {
            wire.AddRange("\r\n"u8);
        }

        return [.. wire];
    }

    /// <summary>RFC 5321 4.1.3; the scope of a link-local address means nothing to others.</summary>
    public static string AddressLiteral(IPAddress here) =>
        here.AddressFamily == AddressFamily.InterNetworkV6 && !here.IsIPv4MappedToIPv6
            ? "IPv6:" + here.ToString().Split('%')[0]
            : here.MapToIPv4().ToString();
}
