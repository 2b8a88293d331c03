using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables.Models;
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables;

public class TableServiceClient
{
    private const string Scope = "https://storage.azure.com/.default";
    private readonly TableWire _wire;

    protected TableServiceClient() { }

    public TableServiceClient(string connectionString)
        : this(connectionString, null) { }

    public TableServiceClient(string connectionString, TableClientOptions options = null)
    {
        var account = TableAccount.Of(connectionString);
        _wire = new TableWire(account.Endpoint, new SharedKeyLitePolicy(account.Name, account.Key), options);
    }

    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions options = null) =>
        _wire = new TableWire(endpoint, new BearerTokenAuthenticationPolicy(tokenCredential, Scope), options);

    public virtual TableClient GetTableClient(string tableName) => new(_wire, tableName);

    public virtual async Task<Response<TableItem>> CreateTableIfNotExistsAsync(
        string tableName,
        CancellationToken cancellationToken = default
    )
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { TableName = tableName });
        var response = await _wire
            .SendAsync(RequestMethod.Post, _wire.TableAddress("Tables"), body, null, cancellationToken)
            .ConfigureAwait(false);
        if (response.Status == 409 && new RequestFailedException(response).ErrorCode == "TableAlreadyExists")
        {
            return Response.FromValue(new TableItem(tableName), response);
        }

        return Response.FromValue(new TableItem(tableName), TableWire.Checked(response));
    }
}
