using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Embedded.Home;

namespace RetentionFuncs.Embedded.Serving;

/// <summary>
/// Carries commands to the program that holds the folder: a Unix socket in it that only its owner may open. One command a connection:
/// a JSON line with the arguments there, JSON lines with output and at last the exit status back.
/// </summary>
internal sealed class CommandSocket : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly EmbeddedHome _home;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _accepting;

    private CommandSocket(Socket listener, EmbeddedHome home)
    {
        (_listener, _home) = (listener, home);
        _accepting = AcceptAsync();
    }

    /// <summary>What travels back: text for either stream, or the status.</summary>
    private sealed record Answer(string? Out, string? Err, int? Status);

    private sealed record Request(string[] Args, string Directory);

    /// <exception cref="IOException">The folder's path is too long for a socket.</exception>
    public static CommandSocket Listen(EmbeddedHome home)
    {
        var path = home.Folder.Socket;
        File.Delete(path);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        listener.Listen(8);
        return new CommandSocket(listener, home);
    }

    /// <summary>Forwards a command to the program that holds the folder.</summary>
    /// <returns>The exit status, or null when no program listens there.</returns>
    public static async Task<int?> TryForwardAsync(HomeFolder folder, IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(folder.Socket));
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            return null;
        }

        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await stream.WriteAsync(
            Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new Request([.. args], Environment.CurrentDirectory)) + "\n")
        );
        while (await reader.ReadLineAsync() is { } line)
        {
            var answer = JsonSerializer.Deserialize<Answer>(line)!;
            await output.WriteAsync(answer.Out);
            await error.WriteAsync(answer.Err);
            if (answer.Status is { } status)
            {
                return status;
            }
        }

        await error.WriteLineAsync("The running program went away before it answered.");
        return Exit.Failed;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        File.Delete(_home.Folder.Socket);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var socket = await _listener.AcceptAsync(_closing.Token);
                _ = AnswerAsync(socket);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { AutoFlush = true };
            if (await reader.ReadLineAsync(_closing.Token) is { } line && JsonSerializer.Deserialize<Request>(line) is { } request)
            {
                var output = new Sending(text => new Answer(text, null, null), writer);
                var error = new Sending(text => new Answer(null, text, null), writer);
                var status = await new CommandLine(output, error, false, _home, request.Directory).RunAsync(request.Args, _closing.Token);
                await writer.WriteLineAsync(JsonSerializer.Serialize(new Answer(null, null, status)));
            }
        }
        catch (Exception e) when (e is IOException or JsonException or OperationCanceledException)
        {
            // The other side went away; the command itself has ended or goes on by itself.
        }
    }

    /// <summary>A writer whose every write is one line of the answer.</summary>
    private sealed class Sending(Func<string, Answer> wrap, TextWriter to) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value)
        {
            lock (to)
            {
                to.WriteLine(JsonSerializer.Serialize(wrap(value ?? "")));
            }
        }

        public override void WriteLine(string? value) => Write((value ?? "") + "\n");

        public override void WriteLine() => Write("\n");
    }
}
