using System.Text.Json;
using Azure;
using Azure.Core;
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables;

public class TableClient
{
    private readonly TableWire _wire;

    protected TableClient() { }

    internal TableClient(TableWire wire, string name) => (_wire, Name) = (wire, name);

    public virtual string Name { get; }

    public static string CreateQueryFilter(FormattableString filter) =>
        string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            filter.Format,
            [
                .. filter
                    .GetArguments()
                    .Select(a =>
                        a is string text
                            ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'"
                            : throw new NotSupportedException("The stand-in filters by text only.")
                    ),
            ]
        );

    public virtual async Task<Response> AddEntityAsync<T>(T entity, CancellationToken cancellationToken = default)
        where T : ITableEntity =>
        await WriteAsync(RequestMethod.Post, _wire.TableAddress(Name), entity, null, cancellationToken).ConfigureAwait(false);

    public virtual async Task<Response> UpsertEntityAsync<T>(
        T entity,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default
    )
        where T : ITableEntity =>
        await WriteAsync(MethodOf(mode), AddressOf(entity), entity, null, cancellationToken).ConfigureAwait(false);

    public virtual async Task<Response> UpdateEntityAsync<T>(
        T entity,
        ETag ifMatch,
        TableUpdateMode mode = TableUpdateMode.Merge,
        CancellationToken cancellationToken = default
    )
        where T : ITableEntity
    {
        if (ifMatch == default)
        {
            throw new ArgumentException("Value cannot be empty.", nameof(ifMatch));
        }

        return await WriteAsync(MethodOf(mode), AddressOf(entity), entity, ifMatch.ToString(), cancellationToken).ConfigureAwait(false);
    }

    public virtual async Task<Response> DeleteEntityAsync(
        string partitionKey,
        string rowKey,
        ETag ifMatch = default,
        CancellationToken cancellationToken = default
    )
    {
        var address = _wire.EntityAddress(Name, partitionKey, rowKey);
        var match = ifMatch == default ? "*" : ifMatch.ToString();
        var response = await _wire.SendAsync(RequestMethod.Delete, address, null, match, cancellationToken).ConfigureAwait(false);
        return TableWire.Checked(response, allowed: 404);
    }

    public virtual async Task<NullableResponse<T>> GetEntityIfExistsAsync<T>(
        string partitionKey,
        string rowKey,
        IEnumerable<string> select = null,
        CancellationToken cancellationToken = default
    )
        where T : class, ITableEntity
    {
        NotSupported<T>(select);
        var address = _wire.EntityAddress(Name, partitionKey, rowKey);
        var response = await _wire.SendAsync(RequestMethod.Get, address, null, null, cancellationToken).ConfigureAwait(false);
        if (response.Status == 404)
        {
            return new NoEntity<T>(response);
        }

        using var json = JsonDocument.Parse(TableWire.Checked(response).Content);
        return Response.FromValue((T)(ITableEntity)EntityJson.Read(json.RootElement), response);
    }

    public virtual AsyncPageable<T> QueryAsync<T>(
        string filter = null,
        int? maxPerPage = null,
        IEnumerable<string> select = null,
        CancellationToken cancellationToken = default
    )
        where T : class, ITableEntity
    {
        NotSupported<T>(select);
        return (AsyncPageable<T>)(object)new QueryPages(_wire, Name, filter, maxPerPage, cancellationToken);
    }

    public virtual async Task<Response<IReadOnlyList<Response>>> SubmitTransactionAsync(
        IEnumerable<TableTransactionAction> transactionActions,
        CancellationToken cancellationToken = default
    )
    {
        List<TableTransactionAction> actions = [.. transactionActions];
        if (actions.Count == 0)
        {
            throw new InvalidOperationException("Transactions must contain at least one action.");
        }

        var (body, contentType) = BatchRequest.Write(_wire, Name, actions);
        var address = $"{_wire.Endpoint}/$batch";
        var response = TableWire.Checked(
            await _wire.SendAsync(RequestMethod.Post, address, body, null, cancellationToken, contentType).ConfigureAwait(false)
        );
        var parts = BatchAnswer.Read(response.Content);
        return parts.FirstOrDefault(p => p.Status >= 300) is { } failed
            ? throw new TableTransactionFailedException(FailureOf(failed))
            : Response.FromValue((IReadOnlyList<Response>)parts, response);
    }

    private static RequestFailedException FailureOf(Response part)
    {
        var known = new TableErrors().TryParse(part, out var error, out _);
        return new RequestFailedException(part.Status, known ? error.Message : part.ReasonPhrase, known ? error.Code : null, null);
    }

    private async Task<Response> WriteAsync(
        RequestMethod method,
        string address,
        ITableEntity entity,
        string match,
        CancellationToken token
    )
    {
        var response = await _wire.SendAsync(method, address, EntityJson.Write(entity), match, token).ConfigureAwait(false);
        return TableWire.Checked(response);
    }

    private string AddressOf(ITableEntity entity) => _wire.EntityAddress(Name, entity.PartitionKey, entity.RowKey);

    private static RequestMethod MethodOf(TableUpdateMode mode) =>
        mode == TableUpdateMode.Replace ? RequestMethod.Put : RequestMethod.Patch;

    private static void NotSupported<T>(IEnumerable<string> select)
    {
        if (typeof(T) != typeof(TableEntity) || select is not null)
        {
            throw new NotSupportedException("The stand-in reads whole rows as TableEntity only.");
        }
    }

    private sealed class NoEntity<T>(Response response) : NullableResponse<T>
    {
        public override bool HasValue => false;

        public override T Value => throw new InvalidOperationException("The response has no value; look at HasValue first.");

        public override Response GetRawResponse() => response;
    }
}
