using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RetentionFuncs.AzureAdapters.Tests.Azurite;

/// <summary>The emulator's table service, in memory, on a port it chose itself.</summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Process _process;

    private AzuriteProcess(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <exception cref="InvalidOperationException">It did not come up; says what it wrote.</exception>
    public static async Task<AzuriteProcess> StartAsync()
    {
        var folder = await AzuriteInstallation.EnsureAsync();
        string[] arguments = ["--inMemoryPersistence", "--skipApiVersionCheck", "--silent", "--disableTelemetry", "--tablePort", "0"];
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "start.js"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = NodeProcess.Start(start);
        try
        {
            return new AzuriteProcess(process, await PortAsync(process).WaitAsync(Patience));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Reads what it says until it names its port, and goes on reading so that it never waits for a reader.</summary>
    private static async Task<int> PortAsync(Process process)
    {
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return int.Parse(match.Groups["port"].Value);
            }
        }

        throw new InvalidOperationException($"The storage emulator ended before it listened. It said: {string.Join('\n', said)}");
    }

    [GeneratedRegex(@"^listening on port (?<port>\d+)$")]
    private static partial Regex Listening();
}
