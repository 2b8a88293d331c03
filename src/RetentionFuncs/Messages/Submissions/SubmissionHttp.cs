using System.Net;
using System.Net.Sockets;

namespace RetentionFuncs.Messages.Submissions;

/// <summary>
/// Makes the HTTP client that hands messages to a provider: no redirect, no proxy, no cookie and no retry of any layer, since each of
/// them could submit twice. Its failures are <see cref="UnansweredException"/>s that say whether the message may have left.
/// </summary>
public static class SubmissionHttp
{
    /// <summary>For one whole exchange.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>For the connection alone: nothing of the message has left by then.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    /// <param name="timeout">For the whole exchange; the client's own timeout is off.</param>
    public static HttpClient NewClient(TimeSpan timeout, TimeProvider clock) =>
        new(new SubmissionHandler(NewSocketsHandler(), timeout, clock)) { Timeout = Timeout.InfiniteTimeSpan };

    private static SocketsHttpHandler NewSocketsHandler() =>
        new()
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = ConnectTimeout,

            // A connection that the provider may be closing just now would turn into an unknown outcome.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
