using Azure.Core.Pipeline;
using RetentionFuncs.AzureAdapters.Tables;

namespace RetentionFuncs.AzureAdapters.Tests.Azurite;

/// <summary>
/// Table Storage on this machine. All fixtures of a test process share one emulator, which ends with the last of them, or with the process.
/// </summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static AzuriteProcess? _running;
    private static int _users;
    private static int _prefixes;

    /// <summary>Of the emulator itself.</summary>
    public int Port => _running!.Port;

    public string ConnectionString => ConnectionStringAt(Port);

    /// <summary>Of whatever stands before the emulator on another port.</summary>
    public static string ConnectionStringAt(int port) =>
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + $"TableEndpoint=http://127.0.0.1:{port}/devstoreaccount1;";

    /// <summary>Tables of one's own.</summary>
    public static string NewPrefix() => $"t{Interlocked.Increment(ref _prefixes)}x";

    /// <summary>An empty store with tables of its own.</summary>
    public async Task<TableRowStore> OpenAsync(
        Func<TableRowStoreOptions, TableRowStoreOptions>? change = null,
        params HttpPipelinePolicy[] policies
    )
    {
        var options = new TableRowStoreOptions { ConnectionString = ConnectionString, TablePrefix = NewPrefix() };
        await new TableRowStore(options).CreateTablesAsync();
        return new TableRowStore(change?.Invoke(options) ?? options, null, policies);
    }

    public async Task InitializeAsync()
    {
        await Gate.WaitAsync();
        try
        {
            _running ??= await AzuriteProcess.StartAsync();
            _users++;
        }
        finally
        {
            Gate.Release();
        }
    }

    public async Task DisposeAsync()
    {
        await Gate.WaitAsync();
        try
        {
            if (_running is { } running && --_users == 0)
            {
                _running = null;
                await running.DisposeAsync();
            }
        }
        finally
        {
            Gate.Release();
        }
    }
}
