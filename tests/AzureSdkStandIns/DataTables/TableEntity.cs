using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Azure.Data.Tables.Wire;

namespace Azure.Data.Tables;

/// <summary>As in the package, its four own properties are entries of the dictionary too.</summary>
public sealed class TableEntity : ITableEntity, IDictionary<string, object>
{
    private readonly Dictionary<string, object> _properties = new(StringComparer.Ordinal);

    public TableEntity()
        : this(null, null) { }

    public TableEntity(string partitionKey, string rowKey) => (PartitionKey, RowKey) = (partitionKey, rowKey);

    public string PartitionKey
    {
        get => Text(EntityJson.PartitionKey);
        set => _properties[EntityJson.PartitionKey] = value;
    }

    public string RowKey
    {
        get => Text(EntityJson.RowKey);
        set => _properties[EntityJson.RowKey] = value;
    }

    public DateTimeOffset? Timestamp
    {
        get => _properties.TryGetValue(EntityJson.Timestamp, out var value) ? (DateTimeOffset?)value : null;
        set => _properties[EntityJson.Timestamp] = value;
    }

    public ETag ETag
    {
        get => new(Text(EntityJson.ETag));
        set => _properties[EntityJson.ETag] = value.ToString();
    }

    public ICollection<string> Keys => _properties.Keys;

    public int Count => _properties.Count;

    ICollection<object> IDictionary<string, object>.Values => _properties.Values;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    public object this[string key]
    {
        get => _properties.GetValueOrDefault(key);
        set => _properties[key] = value;
    }

    public void Add(string key, object value) => this[key] = value;

    public bool ContainsKey(string key) => _properties.ContainsKey(key);

    public bool Remove(string key) => _properties.Remove(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out object value) => _properties.TryGetValue(key, out value);

    public void Clear() => _properties.Clear();

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) => _properties.Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object>>)_properties).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) => Remove(item.Key);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => _properties.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _properties.GetEnumerator();

    private string Text(string key) => _properties.GetValueOrDefault(key) as string;
}
