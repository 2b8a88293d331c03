using Azure;
using Azure.Data.Tables;
using RetentionFuncs.Storage;

namespace RetentionFuncs.AzureAdapters.Tables;

/// <summary>
/// A row as an entity: each property under its own name and in its own kind, so that a table browser shows what the row says. The
/// version is the entity's ETag.
/// </summary>
public static class TableRow
{
    /// <summary>A JSON number loses the sign of a zero; no other property is ever an Edm.Int32, so that kind stands for it.</summary>
    private const int MinusZero = 0;

    public static TableEntity Entity(string partitionKey, RowWrite write)
    {
        var entity = new TableEntity(partitionKey, write.Key);
        foreach (var (name, value) in write.Properties?.Entries ?? [])
        {
            entity[name] = value is double number && number == 0 && double.IsNegative(number) ? MinusZero : value;
        }

        return entity;
    }

    /// <exception cref="StoreUnavailableException">A property is of a kind that no row of ours has.</exception>
    public static StoredRow Read(TableEntity entity)
    {
        var entries = new List<KeyValuePair<string, object>>(entity.Count);
        foreach (var (name, value) in entity)
        {
            if (name is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag"))
            {
                entries.Add(new(name, Value(entity, name, value)));
            }
        }

        return new StoredRow(entity.RowKey, VersionOf(entity.ETag), PropertyBag.Own(entries));
    }

    public static RowVersion VersionOf(ETag? etag) => new(etag?.ToString() ?? "");

    /// <summary>The ETag to match. A token that is none of the service's becomes one that no row ever has.</summary>
    public static ETag ETagOf(RowVersion version) =>
        version.Token is { Length: > 4 } token && token.StartsWith("W/\"", StringComparison.Ordinal) && token[^1] == '"'
            ? new ETag(token)
            : new ETag("W/\"datetime'1601-01-01T00%3A00%3A00.0000000Z'\"");

    private static object Value(TableEntity entity, string name, object value) =>
        value switch
        {
            string or long or bool or double => value,
            MinusZero => -0d,
            _ => throw new StoreUnavailableException(
                $"Property '{name}' of row '{entity.RowKey}' in partition '{entity.PartitionKey}' is a {value?.GetType().Name ?? "null"}; rows of this product hold texts, whole numbers of 64 bits, numbers and flags. Somebody else wrote it."
            ),
        };
}
