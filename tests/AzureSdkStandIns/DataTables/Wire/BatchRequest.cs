using System.Text;

namespace Azure.Data.Tables.Wire;

/// <summary>An entity group transaction: one changeset in a multipart body.</summary>
internal static class BatchRequest
{
    public static (byte[] Body, string ContentType) Write(TableWire wire, string table, IReadOnlyList<TableTransactionAction> actions)
    {
        var (batch, changes) = ($"batch_{Guid.NewGuid()}", $"changeset_{Guid.NewGuid()}");
        using var stream = new MemoryStream();
        Text(stream, $"--{batch}\r\nContent-Type: multipart/mixed; boundary={changes}\r\n\r\n");
        foreach (var action in actions)
        {
            Text(stream, $"--{changes}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n");
            Write(stream, wire, table, action);
        }

        Text(stream, $"--{changes}--\r\n\r\n--{batch}--\r\n");
        return (stream.ToArray(), $"multipart/mixed; boundary={batch}");
    }

    private static void Write(MemoryStream stream, TableWire wire, string table, TableTransactionAction action)
    {
        var address =
            action.ActionType == TableTransactionActionType.Add
                ? wire.TableAddress(table)
                : wire.EntityAddress(table, action.Entity.PartitionKey, action.Entity.RowKey);
        Text(stream, $"{MethodOf(action.ActionType)} {address} HTTP/1.1\r\n");
        Text(stream, $"x-ms-version: {wire.Version}\r\nDataServiceVersion: 3.0\r\nAccept: application/json;odata=minimalmetadata\r\n");
        if (IfMatch(action) is { } match)
        {
            Text(stream, $"If-Match: {match}\r\n");
        }

        if (action.ActionType == TableTransactionActionType.Delete)
        {
            Text(stream, "\r\n");
            return;
        }

        Text(stream, "Prefer: return-no-content\r\nContent-Type: application/json\r\n\r\n");
        stream.Write(EntityJson.Write(action.Entity));
        Text(stream, "\r\n");
    }

    private static string MethodOf(TableTransactionActionType type) =>
        type switch
        {
            TableTransactionActionType.Add => "POST",
            TableTransactionActionType.Delete => "DELETE",
            TableTransactionActionType.UpdateReplace or TableTransactionActionType.UpsertReplace => "PUT",
            _ => "PATCH",
        };

    /// <summary>A deletion without a version is unconditional; an update without one becomes an upsert, as with the package.</summary>
    private static string IfMatch(TableTransactionAction action) =>
        action.ActionType switch
        {
            TableTransactionActionType.Delete => action.ETag == default ? "*" : action.ETag.ToString(),
            TableTransactionActionType.UpdateReplace or TableTransactionActionType.UpdateMerge when action.ETag != default =>
                action.ETag.ToString(),
            _ => null,
        };

    private static void Text(MemoryStream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));
}
