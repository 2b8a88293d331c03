using RetentionFuncs.Storage;

namespace RetentionFuncs.Simulation.Ports;

/// <summary>The rows of one partition, sorted by the ordinal order of their keys.</summary>
internal sealed class SimPartition
{
    private readonly List<StoredRow> _rows = [];

    public IReadOnlyList<StoredRow> Rows => _rows;

    public SimPartition Copy()
    {
        var copy = new SimPartition();
        copy._rows.AddRange(_rows);
        return copy;
    }

    public RowPage Page(RowRange range, int limit)
    {
        var first = AtOrAfter(range.From);
        var end = range.To is null ? _rows.Count : Math.Max(first, AtOrAfter(range.To));
        var count = Math.Min(limit, end - first);
        var rows = new StoredRow[count];
        _rows.CopyTo(first, rows, 0, count);
        return new RowPage(rows, first + count < end ? new RowRange(rows[^1].Key + '\0', range.To) : null);
    }

    public bool Meets(RowWrite write)
    {
        var row = Find(write.Key);
        return write.Expect.Kind switch
        {
            ExpectationKind.Absent => row is null,
            ExpectationKind.Version => row is not null && row.Version == write.Expect.Version,
            _ => true,
        };
    }

    /// <returns>The new version, or default for a delete.</returns>
    public RowVersion Apply(RowWrite write, Func<RowVersion> next)
    {
        var at = AtOrAfter(write.Key);
        var exists = at < _rows.Count && string.Equals(_rows[at].Key, write.Key, StringComparison.Ordinal);
        if (write.Properties is null)
        {
            if (exists)
            {
                _rows.RemoveAt(at);
            }

            return default;
        }

        var row = new StoredRow(write.Key, next(), write.Properties);
        if (exists)
        {
            _rows[at] = row;
        }
        else
        {
            _rows.Insert(at, row);
        }

        return row.Version;
    }

    private StoredRow? Find(string key)
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
}
