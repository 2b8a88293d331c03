using System.Net.Http;
using System.Text.RegularExpressions;
using RetentionFuncs.Embedded.Commands;
using RetentionFuncs.Tests.Commands;
using RetentionFuncs.Tests.Outbox;

namespace RetentionFuncs.Tests.Serving;

/// <summary>A writer that several threads may use, as a console is.</summary>
internal sealed class SharedWriter : StringWriter
{
    private readonly Lock _gate = new();

    public override void Write(char value)
    {
        lock (_gate)
        {
            base.Write(value);
        }
    }

    public override void Write(string? value)
    {
        lock (_gate)
        {
            base.Write(value);
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return base.ToString();
        }
    }
}

/// <summary>The real <c>serve</c> over a shop's folder, in this process, on a free port.</summary>
internal sealed class ServedShop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SharedWriter _out = new();
    private readonly SharedWriter _err = new();
    private readonly Task<int> _serving;

    private ServedShop(Shop shop)
    {
        Shop = shop;
        _serving = Task.Run(() =>
            new CommandLine(_out, _err, false, directory: shop.Directory).RunAsync(
                ["serve", "--port", "0", "--tick-seconds", "1"],
                _stop.Token
            )
        );
    }

    public Shop Shop { get; }

    public string Err => _err.ToString();

    public string Socket => Path.Combine(Shop.Data, "retention.sock");

    public Uri Address => new(Regex.Match(Err, @"http://127\.0\.0\.1:\d+").Value);

    public static async Task<ServedShop> StartAsync(Shop shop)
    {
        var served = new ServedShop(shop);
        await served.UntilAsync(() => File.Exists(served.Socket) && served.Err.Contains("http://"), "it listens");
        return served;
    }

    /// <summary>Waits for what the timers do by themselves.</summary>
    public async Task UntilAsync(Func<bool> met, string what)
    {
        for (var i = 0; i < 1_500 && !met(); i++)
        {
            _serving.IsCompleted.ShouldBeFalse(Err);
            await Task.Delay(20);
        }

        met().ShouldBeTrue($"waited for: {what}\n{Err}");
    }

    public async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, HttpContent? body = null)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var request = new HttpRequestMessage(method, path) { Content = body };
        return await http.SendAsync(request);
    }

    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _serving.WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    /// <summary>The one-click link of a mail, as a path.</summary>
    public static string UnsubscribePath(string eml)
    {
        var mail = EmlReader.Read(File.ReadAllBytes(eml));
        mail.Header("List-Unsubscribe-Post").ShouldBe("List-Unsubscribe=One-Click");
        return new Uri(Regex.Match(mail.Header("List-Unsubscribe"), "<(http[^>]+)>").Groups[1].Value).AbsolutePath;
    }
}
