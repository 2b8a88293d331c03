using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace RetentionFuncs.Embedded.Smtp;

/// <summary>The other side said something that is no reply, or hung up.</summary>
internal sealed class SmtpNoiseException(string message) : IOException(message);

/// <summary>Lines to and from a mail server: replies of bounded size, commands that are one line whatever stands in them.</summary>
internal sealed class SmtpWire(Socket socket) : IDisposable
{
    private const int LongestLine = 4_096;
    private const int MostLines = 200;

    private readonly byte[] _buffer = new byte[LongestLine];
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private int _start;
    private int _end;

    public void Dispose() => _stream.Dispose();

    /// <summary>Everything after this is encrypted.</summary>
    /// <exception cref="SmtpNoiseException">Something was said after the go-ahead and before the handshake: an injected reply.</exception>
    public async Task ProtectAsync(SmtpOptions options, CancellationToken limit)
    {
        if (_start < _end)
        {
            throw new SmtpNoiseException("It spoke on before the encryption began.");
        }

        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = tls;
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = options.Host,
                RemoteCertificateValidationCallback = options.AcceptCertificate,
            },
            limit
        );
    }

    /// <param name="line">Without its end.</param>
    /// <exception cref="InvalidOperationException">It would be more than one line on the wire.</exception>
    public async Task WriteLineAsync(string line, CancellationToken limit)
    {
        if (line.Any(c => c is < ' ' or > '~'))
        {
            throw new InvalidOperationException("A command has a line break, a control character or a non-ASCII character in it.");
        }

        await WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), limit);
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken limit)
    {
        await _stream.WriteAsync(bytes, limit);
        await _stream.FlushAsync(limit);
    }

    /// <exception cref="SmtpNoiseException">What came is no reply, or the line ended.</exception>
    public async Task<SmtpReply> ReadReplyAsync(CancellationToken limit)
    {
        var lines = new List<string>();
        while (lines.Count < MostLines)
        {
            var line = await ReadLineAsync(limit);
            lines.Add(line);
            switch (SmtpReply.GoesOn(line))
            {
                case null:
                    throw new SmtpNoiseException("Its reply cannot be read.");
                case false:
                    return SmtpReply.Read(lines) ?? throw new SmtpNoiseException("The lines of its reply do not belong together.");
                default:
                    break;
            }
        }

        throw new SmtpNoiseException($"Its reply has more than {MostLines} lines.");
    }

    private async Task<string> ReadLineAsync(CancellationToken limit)
    {
        while (true)
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = Encoding.UTF8.GetString(_buffer, _start, end).TrimEnd('\r');
                _start += end + 1;
                return line;
            }

            await FillAsync(limit);
        }
    }

    private async Task FillAsync(CancellationToken limit)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            throw new SmtpNoiseException($"A line of its reply has more than {LongestLine} bytes.");
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_end), limit);
        if (read == 0)
        {
            throw new SmtpNoiseException("It hung up.");
        }

        _end += read;
    }
}
