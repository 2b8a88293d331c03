using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Core;

namespace Azure.Data.Tables.Wire;

/// <summary>A query page by page. A token is the next partition key and the next row key with a space between; a page may be empty and have one.</summary>
internal sealed class QueryPages(TableWire wire, string table, string filter, int? maxPerPage, CancellationToken cancellationToken)
    : AsyncPageable<TableEntity>(cancellationToken)
{
    public override async IAsyncEnumerable<Page<TableEntity>> AsPages(string continuationToken = null, int? pageSizeHint = null)
    {
        do
        {
            var address = Address(continuationToken, pageSizeHint ?? maxPerPage);
            var response = TableWire.Checked(
                await wire.SendAsync(RequestMethod.Get, address, null, null, CancellationToken).ConfigureAwait(false)
            );
            continuationToken = TokenOf(response);
            yield return Page<TableEntity>.FromValues(Entities(response), continuationToken, response);
        } while (continuationToken is not null);
    }

    private string Address(string token, int? top)
    {
        var query = new List<string> { "$format=application/json;odata%3Dminimalmetadata" };
        if (top is { } rows)
        {
            query.Add($"$top={rows.ToString(CultureInfo.InvariantCulture)}");
        }

        if (filter is not null)
        {
            query.Add($"$filter={Uri.EscapeDataString(filter)}");
        }

        if (token?.Split(' ') is [var partition, var row])
        {
            query.Add($"NextPartitionKey={Uri.EscapeDataString(partition)}");
            query.Add($"NextRowKey={Uri.EscapeDataString(row)}");
        }

        return $"{wire.TableAddress(table)}()?{string.Join('&', query)}";
    }

    private static string TokenOf(Response response) =>
        response.Headers.TryGetValue("x-ms-continuation-NextPartitionKey", out var partition)
            ? $"{partition} {(response.Headers.TryGetValue("x-ms-continuation-NextRowKey", out var row) ? row : "")}"
            : null;

    private static List<TableEntity> Entities(Response response)
    {
        using var json = JsonDocument.Parse(response.Content);
        return [.. json.RootElement.GetProperty("value").EnumerateArray().Select(EntityJson.Read)];
    }
}
