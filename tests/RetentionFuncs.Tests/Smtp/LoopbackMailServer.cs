using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace RetentionFuncs.Tests.Smtp;

/// <summary>A mail server on a loopback port that does what it is told to do wrong; written from RFC 5321 and not from the client.</summary>
public sealed class LoopbackMailServer : IAsyncDisposable
{
    private static readonly X509Certificate2 SelfSigned = Certificate();

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _talks = [];
    private readonly Task _loop;
    private int _connections;

    private LoopbackMailServer(LoopbackSetup setup)
    {
        (ImplicitTls, User, Offers) = (
            setup.ImplicitTls,
            setup.User,
            setup.Offers ?? ["PIPELINING", "SIZE 10485760", "STARTTLS", setup.Auth]
        );
        _listener.Start();
        _loop = AcceptAsync();
    }

    internal static LoopbackMailServer Start(LoopbackSetup? setup = null) => new(setup ?? new LoopbackSetup());

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<TakenMail> Taken { get; } = new();

    /// <summary>Every command line received, in order.</summary>
    public ConcurrentQueue<string> Heard { get; } = new();

    /// <summary>Passes while the server lets its client wait; a client that is to know of it runs on it.</summary>
    public MailClock Clock { get; } = new();

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Each is met once, at the first conversation that comes to its point.</summary>
    public ConcurrentQueue<MailFault> Faults { get; } = new();

    public bool ImplicitTls { get; }

    public string[] Offers { get; }

    public string? User { get; }

    public string Password => "se cret-ü";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        try
        {
            await _loop;
            await Task.WhenAll(_talks);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Stopped.
        }

        _stop.Dispose();
    }

    internal MailFault? FaultAt(MailPoint point)
    {
        var found = Faults.FirstOrDefault(f => f.At == point);
        if (found is not null)
        {
            var rest = Faults.Where(f => !ReferenceEquals(f, found)).ToArray();
            Faults.Clear();
            foreach (var fault in rest)
            {
                Faults.Enqueue(fault);
            }
        }

        return found;
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = Interlocked.Increment(ref _connections);
            _talks.Add(TalkAsync(client));
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var own = client;
        try
        {
            await new LoopbackMailTalk(this, client.GetStream(), _stop.Token).RunAsync();
        }
        catch (Exception e)
            when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException or MailCutException)
        {
            client.Client.LingerState = new LingerOption(true, 0);
        }
    }

    internal static async Task<SslStream> ProtectAsync(Stream stream)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(SelfSigned);
        return tls;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
