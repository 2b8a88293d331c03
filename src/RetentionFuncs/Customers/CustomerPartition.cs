using RetentionFuncs.Storage;

namespace RetentionFuncs.Customers;

/// <summary>
/// One customer's partition in hand: the state rows as read, and the writes to come, committed together and only if what was
/// written over is still what was read. Facts that grow without end (orders, evidence) have keys that sort last, so the state is
/// one range and is read without them.
/// </summary>
public sealed class CustomerPartition
{
    public const string ProfileRow = "profile";
    public const string SummaryRow = "summary";
    public const string GateRow = "gate";
    public const string ValueRow = "value";
    public const string ContactPrefix = "contact|";
    public const string EntryPrefix = "entry|";
    public const string LedgerPrefix = "ledger|";
    public const string TouchPrefix = "touch|";
    public const string FactPrefix = "x-";
    public const string OrderPrefix = "x-order|";
    public const string EvidencePrefix = "x-event|";

    private readonly IRowStore _store;
    private readonly SortedDictionary<string, StoredRow> _rows = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, RowWrite> _writes = new(StringComparer.Ordinal);

    private CustomerPartition(IRowStore store, CustomerKey key) => (_store, Key) = (store, key);

    public CustomerKey Key { get; }

    public bool HasChanges => _writes.Count > 0;

    public int ChangeCount => _writes.Count;

    public static PartitionId IdOf(CustomerKey key) => new(StoreTable.Customers, key.Value);

    /// <summary>Reads every state row; a customer nobody knows yet is an empty partition.</summary>
    public static async ValueTask<CustomerPartition> LoadAsync(IRowStore store, CustomerKey key)
    {
        var partition = new CustomerPartition(store, key);
        await foreach (var row in store.ReadAllAsync(IdOf(key), new RowRange("", FactPrefix)))
        {
            partition._rows[row.Key] = row;
        }

        return partition;
    }

    /// <summary>The row as it will be after the pending writes, or null.</summary>
    public PropertyBag? Find(string key) =>
        _writes.TryGetValue(key, out var write) ? write.Properties : _rows.GetValueOrDefault(key)?.Properties;

    /// <summary>The rows whose key begins with the prefix, in key order, pending writes included.</summary>
    public IEnumerable<KeyValuePair<string, PropertyBag>> WithPrefix(string prefix)
    {
        foreach (
            var key in _rows
                .Keys.Concat(_writes.Keys)
                .Where(k => k.StartsWith(prefix, StringComparison.Ordinal))
                .Distinct()
                .Order(StringComparer.Ordinal)
        )
        {
            if (Find(key) is { } bag)
            {
                yield return new(key, bag);
            }
        }
    }

    /// <summary>Writes the whole row, expecting what was read (or absence).</summary>
    public void Put(string key, PropertyBag properties) => _writes[key] = new RowWrite(key, ExpectationFor(key), properties);

    /// <summary>Writes a fact whose key is made of its content or name, whatever stands there.</summary>
    public void PutFact(string key, PropertyBag properties) => _writes[key] = new RowWrite(key, Expectation.Any, properties);

    /// <summary>Demands that a row is still as it was read, by writing it back unchanged.</summary>
    public void Hold(string key)
    {
        if (!_writes.ContainsKey(key) && _rows.TryGetValue(key, out var row))
        {
            _writes[key] = new RowWrite(key, Expectation.At(row.Version), row.Properties);
        }
    }

    public void Delete(string key) => _writes[key] = new RowWrite(key, ExpectationFor(key), null);

    /// <summary>Commits the pending writes; nothing pending is Applied. Load again after anything but Applied.</summary>
    /// <exception cref="InvalidOperationException">More than 100 writes: the caller must commit in parts.</exception>
    /// <param name="claim">Whether this commit claims a touchpoint; a grouping store bounds how many share a flush.</param>
    public async ValueTask<CommitResult> CommitAsync(bool claim = false)
    {
        if (_writes.Count == 0)
        {
            return new CommitResult.Applied([]);
        }

        if (_writes.Count > 100)
        {
            throw new InvalidOperationException($"{_writes.Count} writes to one customer at once; at most 100 are atomic.");
        }

        var writes = _writes.Values.ToArray();
        var result = claim ? await _store.CommitClaimAsync(IdOf(Key), writes) : await _store.CommitAsync(IdOf(Key), writes);
        if (result is CommitResult.Applied applied)
        {
            Absorb(writes, applied.Versions);
        }

        return result;
    }

    private Expectation ExpectationFor(string key) =>
        _rows.TryGetValue(key, out var row) ? Expectation.At(row.Version) : Expectation.Absent;

    private void Absorb(RowWrite[] writes, IReadOnlyList<RowVersion> versions)
    {
        for (var i = 0; i < writes.Length; i++)
        {
            if (writes[i].Properties is { } bag && !writes[i].Key.StartsWith(FactPrefix, StringComparison.Ordinal))
            {
                _rows[writes[i].Key] = new StoredRow(writes[i].Key, versions[i], bag);
            }
            else
            {
                _rows.Remove(writes[i].Key);
            }
        }

        _writes.Clear();
    }
}
