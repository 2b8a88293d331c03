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

    /// <summary>The tombstone of an erased customer; behind a bar and a contact key, of an erased contact.</summary>
    public const string ErasedRow = "erased";
    public const string EntryPrefix = "entry|";
    public const string LedgerPrefix = "ledger|";
    public const string TouchPrefix = "touch|";
    public const string FactPrefix = "x-";
    public const string OrderPrefix = "x-order|";
    public const string EvidencePrefix = "x-event|";

    /// <summary>The consent history, which is only ever added to.</summary>
    public const string ConsentPrefix = "x-consent|";

    /// <summary>Where the consent history stands: its length, its newest seal and the customer's salt.</summary>
    public const string ConsentsRow = "consents";

    private readonly IRowStore _store;

    /// <summary>As read, in the ordinal order of their keys.</summary>
    private readonly List<StoredRow> _rows = [];
    private readonly SortedDictionary<string, RowWrite> _writes = new(StringComparer.Ordinal);

    private CustomerPartition(IRowStore store, CustomerKey key) => (_store, Key) = (store, key);

    public CustomerKey Key { get; }

    /// <summary>Whether the customer was erased: nothing about the person is written any more, whoever asks for it.</summary>
    public bool IsErased => RowAt(ErasedRow) is not null;

    /// <summary>Whether anybody here was erased, the customer or one of the contacts.</summary>
    public bool HasErasures =>
        AtOrAfter(ErasedRow) is var i && i < _rows.Count && _rows[i].Key.StartsWith(ErasedRow, StringComparison.Ordinal);

    public bool IsErasedContact(ContactKey contact) => IsErased || RowAt($"{ErasedRow}|{contact.Value}") is not null;

    public bool HasChanges => _writes.Count > 0;

    public int ChangeCount => _writes.Count;

    public static PartitionId IdOf(CustomerKey key) => new(StoreTable.Customers, key.Value);

    /// <summary>Reads every state row; a customer nobody knows yet is an empty partition.</summary>
    public static async ValueTask<CustomerPartition> LoadAsync(IRowStore store, CustomerKey key)
    {
        var partition = new CustomerPartition(store, key);
        for (RowRange? next = new RowRange("", FactPrefix); next is { } range; )
        {
            var page = await store.ReadAsync(IdOf(key), range);
            partition._rows.AddRange(page.Rows);
            next = page.Rest;
        }

        return partition;
    }

    /// <summary>The row as it will be after the pending writes, or null.</summary>
    public PropertyBag? Find(string key) => _writes.TryGetValue(key, out var write) ? write.Properties : RowAt(key)?.Properties;

    /// <summary>The rows whose key begins with the prefix, in key order, pending writes included.</summary>
    public IEnumerable<KeyValuePair<string, PropertyBag>> WithPrefix(string prefix)
    {
        foreach (var key in KeysWith(prefix))
        {
            if (Find(key) is { } bag)
            {
                yield return new(key, bag);
            }
        }
    }

    private IEnumerable<string> KeysWith(string prefix)
    {
        var read = new List<string>();
        for (var i = AtOrAfter(prefix); i < _rows.Count && _rows[i].Key.StartsWith(prefix, StringComparison.Ordinal); i++)
        {
            read.Add(_rows[i].Key);
        }

        var written = _writes.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal) && RowAt(k) is null).ToList();
        return written.Count == 0 ? read : read.Concat(written).Order(StringComparer.Ordinal);
    }

    /// <summary>Writes the whole row, expecting what was read (or absence).</summary>
    public void Put(string key, PropertyBag properties)
    {
        if (!IsErased || key.StartsWith(TouchPrefix, StringComparison.Ordinal))
        {
            _writes[key] = new RowWrite(key, ExpectationFor(key), properties);
        }
    }

    /// <summary>Writes a fact whose key is made of its content or name, whatever stands there.</summary>
    public void PutFact(string key, PropertyBag properties)
    {
        if (!IsErased)
        {
            _writes[key] = new RowWrite(key, Expectation.Any, properties);
        }
    }

    /// <summary>Writes a fact that must not be there yet.</summary>
    public void AddFact(string key, PropertyBag properties)
    {
        if (!IsErased)
        {
            _writes[key] = new RowWrite(key, Expectation.Absent, properties);
        }
    }

    /// <summary>Removes a fact, whatever stands there.</summary>
    public void DropFact(string key) => _writes[key] = new RowWrite(key, Expectation.Any, null);

    /// <summary>Demands that a row is still as it was read, by writing it back unchanged.</summary>
    public void Hold(string key)
    {
        if (!_writes.ContainsKey(key) && RowAt(key) is { } row)
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

    private Expectation ExpectationFor(string key) => RowAt(key) is { } row ? Expectation.At(row.Version) : Expectation.Absent;

    private StoredRow? RowAt(string key)
    {
        var at = AtOrAfter(key);
        return at < _rows.Count && string.Equals(_rows[at].Key, key, StringComparison.Ordinal) ? _rows[at] : null;
    }

    private int AtOrAfter(string key)
    {
        var (low, high) = (0, _rows.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = string.CompareOrdinal(_rows[middle].Key, key) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Absorb(RowWrite[] writes, IReadOnlyList<RowVersion> versions)
    {
        for (var i = 0; i < writes.Length; i++)
        {
            var row =
                writes[i].Properties is { } bag && !writes[i].Key.StartsWith(FactPrefix, StringComparison.Ordinal)
                    ? new StoredRow(writes[i].Key, versions[i], bag)
                    : null;
            var at = AtOrAfter(writes[i].Key);
            if (at < _rows.Count && string.Equals(_rows[at].Key, writes[i].Key, StringComparison.Ordinal))
            {
                _rows.RemoveAt(at);
            }

            if (row is not null)
            {
                _rows.Insert(at, row);
            }
        }

        _writes.Clear();
    }
}
