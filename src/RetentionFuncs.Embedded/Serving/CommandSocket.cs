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
    /// <summary>Connections not taken up yet; one more would be told that nobody listens.</summary>
    private const int Waiting = 512;

    private readonly Socket? _listener;
    private readonly EmbeddedHome _home;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _accepting;

    private CommandSocket(Socket? listener, EmbeddedHome home)
    {
        (_listener, _home) = (listener, home);
        _accepting = listener is null ? Task.CompletedTask : AcceptAsync(listener);
    }

    private sealed record Request(string[]? Args, string? Directory);

    /// <summary>Listens for commands; says so when the folder lies too deep for a socket, and listens to none.</summary>
    public static CommandSocket Listen(EmbeddedHome home, CommandContext context)
    {
        var path = home.Folder.Socket;
        if (EndPointOf(path) is not { } place)
        {
            context.Tell(
                $"{path} is too long a path for a socket (about 100 bytes): while this runs, other commands for this folder are refused.",
                $"{path} 路径过长，无法建立套接字（上限约 100 字节）：运行期间，针对该文件夹的其他命令会被拒绝。"
            );
            return new CommandSocket(null, home);
        }

        File.Delete(path);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(place);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        listener.Listen(Waiting);
        return new CommandSocket(listener, home);
    }

    /// <summary>Forwards a command to the program that holds the folder.</summary>
    /// <returns>The exit status, or null when no program listens there.</returns>
    public static async Task<int?> TryForwardAsync(CommandContext context, IReadOnlyList<string> args)
    {
        if (!File.Exists(context.Folder.Socket) || EndPointOf(context.Folder.Socket) is not { } place)
        {
            return null;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(place);
        }
        catch (SocketException)
        {
            // Left behind by a program that was killed.
            return null;
        }

        await using var stream = new NetworkStream(socket);
        try
        {
            var request = JsonSerializer.Serialize(new Request([.. args], context.Directory));
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request + "\n"));
            if (await ListenToAsync(stream, context) is { } status)
            {
                return status;
            }
        }
        catch (IOException)
        {
            // Told below.
        }

        context.Tell(
            "The running program went away before it had answered; look with 'retention doctor' and give the command again.",
            "运行中的程序在答复前已退出；请用 retention doctor 检查后重新执行该命令。"
        );
        return Exit.Failed;
    }

    /// <summary>Ends after the commands under way have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener?.Dispose();
        await _accepting;
        if (_listener is not null)
        {
            File.Delete(_home.Folder.Socket);
        }

        _closing.Dispose();
    }

    private static UnixDomainSocketEndPoint? EndPointOf(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static async Task<int?> ListenToAsync(NetworkStream stream, CommandContext context)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync() is { } line)
        {
            var answer = JsonSerializer.Deserialize<AnswerLine>(line)!;
            await context.Out.WriteAsync(answer.Out);
            await context.Err.WriteAsync(answer.Err);
            if (answer.Status is { } status)
            {
                return status;
            }
        }

        return null;
    }

    private async Task AcceptAsync(Socket listener)
    {
        var answering = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(_closing.Token);
                answering.RemoveAll(a => a.IsCompleted);
                answering.Add(Task.Run(() => AnswerAsync(socket)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(answering);
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
            if (
                await reader.ReadLineAsync(_closing.Token) is { } line
                && JsonSerializer.Deserialize<Request>(line) is { Args: { } args, Directory: { } directory }
            )
            {
                var to = new AnswerStream(stream);
                var output = to.Writer(text => new AnswerLine(text, null, null));
                var error = to.Writer(text => new AnswerLine(null, text, null));
                var status = await new CommandLine(output, error, false, _home, directory).RunAsync(args);
                to.Send(new AnswerLine(null, null, status));
            }
        }
        catch (Exception e) when (e is IOException or JsonException or OperationCanceledException)
        {
            // The other side went away, or is none of ours, before it had given a command.
        }
    }
}
