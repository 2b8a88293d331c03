using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using RetentionFuncs.Storage;

namespace RetentionFuncs.AzureAdapters.Tables;

/// <summary>
/// The row store in Azure Table Storage: one table for each <see cref="StoreTable"/>, keys as they are, the version is the ETag. Reads
/// are repeated when no answer comes; writes never, because a repeated insert would meet its own first copy and call it a conflict.
/// </summary>
public sealed class TableRowStore : IRowStore
{
    private readonly TableServiceClient _reading;
    private readonly TableServiceClient _writing;
    private readonly TableRowStoreOptions _options;
    private readonly ConcurrentDictionary<StoreTable, (TableClient Reading, TableClient Writing)> _tables = new();

    /// <param name="credential">Asked when <paramref name="options"/> hold no connection string.</param>
    /// <param name="policies">Put on every request that goes out, such as <see cref="StorageTransactions"/>.</param>
    /// <exception cref="ArgumentException">Neither a connection string nor an endpoint with a credential, or a bad prefix.</exception>
    public TableRowStore(TableRowStoreOptions options, TokenCredential? credential = null, params HttpPipelinePolicy[] policies)
    {
        _options = options;
        _ = TableNames.All(options.TablePrefix);
        _reading = Client(options, credential, Settings(options.ReadRetries, options.ReadTimeout, policies));
        _writing = Client(options, credential, Settings(0, options.WriteTimeout, policies));
    }

    /// <summary>Makes the tables that are not there yet. For setting up; nothing else ever makes one.</summary>
    /// <exception cref="StoreUnavailableException">The service refused or did not answer.</exception>
    public async Task CreateTablesAsync()
    {
        foreach (var table in Enum.GetValues<StoreTable>())
        {
            try
            {
                await _reading.CreateTableIfNotExistsAsync(TableNames.Of(table, _options.TablePrefix));
            }
            catch (Exception failure) when (TableAnswers.IsFailure(failure))
            {
                throw TableAnswers.Unavailable(failure, new PartitionId(table, "*"));
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A partition key that breaks <see cref="RowLimits"/>, or a limit outside 1 to 1,000.</exception>
    public async ValueTask<RowPage> ReadAsync(PartitionId partition, RowRange range, int limit = RowLimits.PageRows)
    {
        RowLimits.CheckKey(partition.Key, "partition key");
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, RowLimits.PageRows);
        if (KeyFilter.IsEmpty(range))
        {
            return new RowPage([], null);
        }

        try
        {
            var table = Table(partition.Table).Reading;
            return KeyFilter.SingleKey(range) is { } key
                ? await PointAsync(table, partition, key)
                : await PageAsync(table, partition, range, limit);
        }
        catch (Exception failure) when (TableAnswers.IsFailure(failure))
        {
            throw TableAnswers.Unavailable(failure, partition);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The commit breaks <see cref="RowLimits"/>, or is too large on its way.</exception>
    /// <exception cref="StoreUnavailableException">Nothing was applied: never connected, or refused.</exception>
    public async ValueTask<CommitResult> CommitAsync(PartitionId partition, IReadOnlyList<RowWrite> writes)
    {
        RowLimits.Check(partition, writes);
        WireSize.Check(partition, writes);
        try
        {
            return await new TableCommit(Table(partition.Table).Writing, this, partition, writes).RunAsync();
        }
        catch (Exception failure) when (TableAnswers.IsFailure(failure))
        {
            var unknown = TableAnswers.UnknownOrThrow(failure, partition);
            if (TableAnswers.IsBusy(failure))
            {
                await Task.Delay(_options.BusyPause * (1 + Random.Shared.NextDouble()));
            }

            return unknown;
        }
    }

    private static async ValueTask<RowPage> PointAsync(TableClient table, PartitionId partition, string key)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(partition.Key, key);
        return new RowPage(found.HasValue ? [TableRow.Read(found.Value!)] : [], null);
    }

    /// <summary>The rest begins behind the last row, so no token outlives this call; an empty page with a token is gone past at once.</summary>
    private static async ValueTask<RowPage> PageAsync(TableClient table, PartitionId partition, RowRange range, int limit)
    {
        await foreach (var page in table.QueryAsync<TableEntity>(KeyFilter.Of(partition.Key, range), limit).AsPages())
        {
            if (page.Values.Count > 0)
            {
                StoredRow[] rows = [.. page.Values.Select(TableRow.Read)];
                return new RowPage(rows, page.ContinuationToken is null ? null : range with { From = rows[^1].Key + "\u0001" });
            }
        }

        return new RowPage([], null);
    }

    private (TableClient Reading, TableClient Writing) Table(StoreTable table) =>
        _tables.GetOrAdd(
            table,
            static (table, store) =>
            {
                var name = TableNames.Of(table, store._options.TablePrefix);
                return (store._reading.GetTableClient(name), store._writing.GetTableClient(name));
            },
            this
        );

    private static TableServiceClient Client(TableRowStoreOptions options, TokenCredential? credential, TableClientOptions settings) =>
        options switch
        {
            { ConnectionString: null or "", Endpoint: { } endpoint } when IsSecondary(endpoint) => throw new ArgumentException(
                $"{endpoint} is a copy for reading that may lag behind. Use {endpoint.Scheme}://{Primary(endpoint)}.",
                nameof(options)
            ),
            { ConnectionString.Length: > 0 } => new TableServiceClient(options.ConnectionString, settings),
            { Endpoint: not null } when credential is not null => new TableServiceClient(options.Endpoint, credential, settings),
            _ => throw new ArgumentException("The tables need a connection string, or an endpoint and a credential.", nameof(options)),
        };

    private static bool IsSecondary(Uri endpoint) => Primary(endpoint) != endpoint.Host;

    /// <summary>The account's own host, of a copy's: <c>shop-secondary.table.core.windows.net</c>.</summary>
    private static string Primary(Uri endpoint) =>
        endpoint.Host.Replace("-secondary.table.", ".table.", StringComparison.OrdinalIgnoreCase);

    private static TableClientOptions Settings(int retries, TimeSpan timeout, HttpPipelinePolicy[] policies)
    {
        var settings = new TableClientOptions();
        (settings.Retry.MaxRetries, settings.Retry.NetworkTimeout) = (retries, timeout);
        settings.Retry.Delay = TimeSpan.FromMilliseconds(100);
        foreach (var policy in policies)
        {
            settings.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        }

        return settings;
    }
}
