using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace RetentionFuncs.Tests.Kills;

/// <summary>A program of ours as a process of its own, whose words are kept for whoever must find out why it failed.</summary>
internal sealed class RunningProgram : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _out = new();
    private readonly ConcurrentQueue<string> _err = new();

    private RunningProgram(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Keep(_out, e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(_err, e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public string Out => string.Join('\n', _out);

    public string Err => string.Join('\n', _err);

    /// <summary>The product itself, beside the tests.</summary>
    public static RunningProgram Retention(IReadOnlyDictionary<string, string> environment, string directory, params string[] args) =>
        Start("retention.dll", environment, directory, args);

    /// <summary>The loopback provider.</summary>
    public static RunningProgram Provider(params string[] args) =>
        Start("RetentionFuncs.Tests.dll", new Dictionary<string, string>(), AppContext.BaseDirectory, ["loopback-provider", .. args]);

    /// <summary>SIGKILL: nothing of it runs any more when this returns.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("sh", ["-c", $"kill -TERM {Id}"]);
        kill.WaitForExit();
    }

    public async Task<int> EndAsync(TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits until one of its lines holds the text, and returns the line.</summary>
    public async Task<string> SaysAsync(string text, TimeSpan limit)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < limit; await Task.Delay(10))
        {
            if (_out.Concat(_err).FirstOrDefault(l => l.Contains(text, StringComparison.Ordinal)) is { } line)
            {
                return line;
            }

            if (HasEnded)
            {
                break;
            }
        }

        throw new TimeoutException($"It never said '{text}'. It said:\n{Out}\n{Err}");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }

    private static RunningProgram Start(string dll, IReadOnlyDictionary<string, string> environment, string directory, string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, dll), .. args])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new RunningProgram(start);
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}
