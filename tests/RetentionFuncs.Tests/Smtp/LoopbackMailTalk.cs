using System.Text;

namespace RetentionFuncs.Tests.Smtp;

internal sealed class MailCutException : Exception;

/// <summary>One conversation.</summary>
internal sealed class LoopbackMailTalk(LoopbackMailServer server, Stream stream, CancellationToken stop)
{
    /// <summary>For the other side to notice what time it is; how long it takes is of no matter.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(2);

    private readonly List<byte> _ahead = [];
    private Stream _stream = stream;
    private bool _protected;
    private string? _user;
    private string? _from;
    private string? _to;

    public async Task RunAsync()
    {
        if (server.ImplicitTls)
        {
            (_stream, _protected) = (await LoopbackMailServer.ProtectAsync(_stream), true);
        }

        await SayAsync(MailPoint.Greeting, "220-loopback.example ESMTP\r\n220 ready");
        while (await ReadLineAsync() is { } line)
        {
            server.Heard.Enqueue(line);
            var verb = line.Split(' ', ':')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    var offers = _protected ? server.Offers.Where(o => o != "STARTTLS") : server.Offers;
                    await SayAsync(MailPoint.Ehlo, Lines(["loopback.example", .. offers]));
                    break;
                case "STARTTLS":
                    await SayAsync(MailPoint.StartTls, "220 2.0.0 go ahead");
                    (_stream, _protected) = (await LoopbackMailServer.ProtectAsync(_stream), true);
                    _ahead.Clear();
                    break;
                case "AUTH":
                    await LogInAsync(line);
                    break;
                case "RSET":
                    (_from, _to) = (null, null);
                    await SayAsync(MailPoint.Rset, "250 2.0.0 reset");
                    break;
                case "MAIL":
                    _from = Path(line);
                    await SayAsync(
                        MailPoint.Mail,
                        server.User is not null && _user is null ? "530 5.7.0 Authentication required" : "250 2.1.0 Ok"
                    );
                    break;
                case "RCPT":
                    _to = Path(line);
                    await SayAsync(MailPoint.Rcpt, "250 2.1.5 Ok");
                    break;
                case "DATA":
                    await TakeAsync();
                    break;
                case "QUIT":
                    await WriteAsync("221 2.0.0 Bye\r\n");
                    return;
                default:
                    await WriteAsync("500 5.5.2 unknown\r\n");
                    break;
            }
        }
    }

    private async Task LogInAsync(string line)
    {
        var words = line.Split(' ');
        string user,
            password;
        if (words[1] == "PLAIN")
        {
            var parts = Decode(words[2]).Split('\0');
            (user, password) = (parts[1], parts[2]);
        }
        else
        {
            await WriteAsync("334 VXNlcm5hbWU6\r\n");
            user = Decode((await ReadLineAsync())!);
            await WriteAsync("334 UGFzc3dvcmQ6\r\n");
            password = Decode((await ReadLineAsync())!);
        }

        var fine = user == server.User && password == server.Password;
        _user = fine ? user : null;
        await SayAsync(MailPoint.Auth, fine ? "235 2.7.0 Welcome" : "535 5.7.8 Error: authentication failed");
    }

    private async Task TakeAsync()
    {
        await SayAsync(MailPoint.Data, "354 End data with <CR><LF>.<CR><LF>");
        var text = new List<byte>();
        var fault = server.FaultAt(MailPoint.Body);
        while (await ReadLineAsync() is { } line)
        {
            if (line == ".")
            {
                var cut = server.Faults.Any(f => f is { At: MailPoint.End, Trouble: MailTrouble.CutBefore });
                var refused = server.Faults.FirstOrDefault(f => f is { At: MailPoint.End, Trouble: MailTrouble.Answer })?.Answer;
                if (!cut && (refused is null || refused.StartsWith('2')))
                {
                    server.Taken.Enqueue(new TakenMail(_from!, _to!, [.. text], _protected, _user));
                }

                await SayAsync(MailPoint.End, "250 2.0.0 Ok: queued as 4B7F21A9C3");
                return;
            }

            text.AddRange(Encoding.Latin1.GetBytes((line.StartsWith('.') ? line[1..] : line) + "\r\n"));
            if (fault is not null && text.Count > 200)
            {
                await MeetAsync(fault, "");
            }
        }
    }

    private async Task SayAsync(MailPoint point, string usual)
    {
        if (server.FaultAt(point) is { } fault)
        {
            await MeetAsync(fault, usual);
        }
        else
        {
            await WriteAsync(usual + "\r\n");
        }
    }

    private async Task MeetAsync(MailFault fault, string usual)
    {
        switch (fault.Trouble)
        {
            case MailTrouble.CutBefore or MailTrouble.CutAfter:
                throw new MailCutException();
            case MailTrouble.Drip:
                foreach (var c in usual + "\r\n")
                {
                    server.Clock.Pass(fault.Between ?? TimeSpan.Zero);
                    await WriteAsync(c.ToString());
                }

                break;
            case MailTrouble.Trickle:
                for (var i = 0; ; i++)
                {
                    server.Clock.Pass(fault.Between ?? TimeSpan.Zero);
                    await WriteAsync(i < 3 ? usual[i].ToString() : "-");
                    await Task.Delay(Breath, stop);
                }

            case MailTrouble.Garbage:
                await WriteAsync("\u0001\u0002 <html>not a reply</html>\r\n");
                break;
            case MailTrouble.Silence:
                await StaySilentAsync();
                break;
            default:
                await WriteAsync(fault.Answer + "\r\n");
                break;
        }
    }

    private async Task StaySilentAsync()
    {
        var gone = GoneAsync();
        while (!gone.IsCompleted)
        {
            server.Clock.Pass(TimeSpan.FromSeconds(1));
            _ = await Task.WhenAny(gone, Task.Delay(Breath, stop));
        }

        await gone;
        throw new MailCutException();
    }

    /// <summary>Ends when the other side has left.</summary>
    private async Task GoneAsync()
    {
        var buffer = new byte[512];
        while (await _stream.ReadAsync(buffer, stop) > 0)
        {
            // Whatever is still said is not heard.
        }
    }

    private async Task WriteAsync(string text)
    {
        await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
        await _stream.FlushAsync(stop);
    }

    /// <summary>Null at the end of the line. A lone CR or LF is an error: the client must never write one.</summary>
    private async Task<string?> ReadLineAsync()
    {
        var buffer = new byte[8192];
        while (true)
        {
            var end = _ahead.IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = Encoding.Latin1.GetString([.. _ahead.Take(end + 1)]);
                _ahead.RemoveRange(0, end + 1);
                return line.EndsWith("\r\n", StringComparison.Ordinal) && line.IndexOf('\r') == line.Length - 2
                    ? line[..^2]
                    : throw new InvalidDataException("A lone CR or LF came over the wire.");
            }

            var read = await _stream.ReadAsync(buffer, stop);
            if (read == 0)
            {
                return null;
            }

            _ahead.AddRange(buffer.AsSpan(0, read));
        }
    }

    private static string Lines(string[] texts) =>
        string.Join("\r\n", texts.Select((t, i) => i == texts.Length - 1 ? "250 " + t : "250-" + t));

    private static string Path(string line) => line[(line.IndexOf('<') + 1)..line.IndexOf('>')];

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));
}
