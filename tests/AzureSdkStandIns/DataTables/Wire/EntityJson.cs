using System.Globalization;
using System.Text.Json;
using Azure;

namespace Azure.Data.Tables.Wire;

/// <summary>An entity as JSON with the type annotations that the service asks for and gives.</summary>
internal static class EntityJson
{
    public const string PartitionKey = "PartitionKey";
    public const string RowKey = "RowKey";
    public const string Timestamp = "Timestamp";
    public const string ETag = "odata.etag";
    private const string Type = "@odata.type";

    public static byte[] Write(ITableEntity entity)
    {
        var properties = entity as TableEntity ?? throw new NotSupportedException("The stand-in knows TableEntity only.");
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var (name, value) in properties)
            {
                if (value is not null && name is not ETag and not Timestamp)
                {
                    Write(json, name, value);
                }
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    public static TableEntity Read(JsonElement json)
    {
        var entity = new TableEntity();
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name == ETag || !property.Name.Contains("odata.", StringComparison.Ordinal))
            {
                var type = json.TryGetProperty(property.Name + Type, out var annotation) ? annotation.GetString() : null;
                entity[property.Name] = property.Name == Timestamp ? property.Value.GetDateTimeOffset() : Value(property.Value, type);
            }
        }

        return entity;
    }

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(name, text);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int small:
                json.WriteNumber(name, small);
                break;
            case long whole:
                json.WriteString(name + Type, "Edm.Int64");
                json.WriteString(name, whole.ToString(CultureInfo.InvariantCulture));
                break;
            case double number:
                json.WriteString(name + Type, "Edm.Double");
                json.WriteNumber(name, number);
                break;
            default:
                throw new NotSupportedException($"The stand-in does not write a {value.GetType().Name}.");
        }
    }

    private static object Value(JsonElement value, string type) =>
        (value.ValueKind, type) switch
        {
            (JsonValueKind.String, "Edm.Int64") => long.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            (JsonValueKind.String, "Edm.Double") => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
            (JsonValueKind.String, null or "Edm.String") => value.GetString(),
            (JsonValueKind.True or JsonValueKind.False, _) => value.GetBoolean(),
            (JsonValueKind.Number, "Edm.Double") => value.GetDouble(),
            (JsonValueKind.Number, _) => value.TryGetInt32(out var small) ? (object)small
            : value.TryGetInt64(out var whole) ? whole
            : value.GetDouble(),
            _ => throw new NotSupportedException($"The stand-in does not read {type}."),
        };
}
