using RetentionFuncs.Customers;
using RetentionFuncs.Orders;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Undoing;

/// <summary>What one commit of an undo is about to change at a customer.</summary>
internal sealed class UndoPart(IRowStore store, CustomerPartition partition)
{
    private readonly SortedDictionary<string, PropertyBag?> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Taken> _taken = new(StringComparer.Ordinal);
    private (Taken By, UndoRecord Record)? _profile;

    private sealed class Taken
    {
        public int Undone { get; set; }
        public int Denials { get; set; }
        public List<string> Changed { get; } = [];
        public List<string> InUse { get; } = [];
    }

    public CustomerPartition Partition => partition;

    /// <summary>Before and after the orders were taken back; both null when no order was.</summary>
    public (StageStanding? Before, StageStanding? After) Standing { get; set; }

    /// <summary>Facts put back or, where null, removed.</summary>
    public IReadOnlyDictionary<string, PropertyBag?> Facts => _facts;

    public bool Touches(string prefix) => _facts.Keys.Any(k => k.StartsWith(prefix, StringComparison.Ordinal));

    public async ValueTask TakeAsync(UndoRow row)
    {
        var taken = _taken[row.Key] = new Taken();
        foreach (var record in row.Records)
        {
            if (record is { Row: CustomerPartition.ProfileRow, Before: null })
            {
                _profile = (taken, record);
                continue;
            }

            if (await FindAsync(record.Row) is not { } now || RowMark.Of(now) != record.Mark)
            {
                taken.Changed.Add(record.Row);
                continue;
            }

            var before = record.Before;
            if (before is not null && record.Row.StartsWith(CustomerPartition.ContactPrefix, StringComparison.Ordinal))
            {
                (before, var kept) = KeptDenials.In(before, now);
                taken.Denials += kept;
            }

            Put(record.Row, before);
            taken.Undone++;
        }
    }

    /// <summary>The fact as it will be.</summary>
    public void PutFact(string row, PropertyBag? bag)
    {
        _facts[row] = bag;
        if (bag is null)
        {
            partition.DropFact(row);
        }
        else
        {
            partition.PutFact(row, bag);
        }
    }

    /// <summary>The facts of one kind as they will be, in the order of their keys.</summary>
    public async IAsyncEnumerable<PropertyBag> FactsAsync(string prefix)
    {
        await foreach (var row in store.ReadAllAsync(CustomerPartition.IdOf(partition.Key), RowRange.Prefix(prefix)))
        {
            if ((_facts.TryGetValue(row.Key, out var bag) ? bag : row.Properties) is { } stays)
            {
                yield return stays;
            }
        }
    }

    /// <summary>Removes a customer whom only this import knew, when nothing else is left of them.</summary>
    /// <returns>Whether the customer is gone.</returns>
    public async ValueTask<bool> RemoveProfileAsync()
    {
        if (_profile is not var (taken, record))
        {
            return false;
        }

        if (partition.Find(record.Row) is not { } now || RowMark.Of(now) != record.Mark)
        {
            taken.Changed.Add(record.Row);
            return false;
        }

        if (await IsNeededAsync())
        {
            taken.InUse.Add(record.Row);
            return false;
        }

        foreach (var derived in new[] { CustomerPartition.ProfileRow, CustomerPartition.ValueRow })
        {
            if (partition.Find(derived) is not null)
            {
                partition.Delete(derived);
            }
        }

        taken.Undone++;
        return true;
    }

    public void PutEnds(DateTimeOffset now)
    {
        foreach (var (key, taken) in _taken)
        {
            partition.PutFact(key, UndoRow.Ended(new UndoEnd(taken.Undone, taken.Changed, taken.InUse, taken.Denials), now));
        }
    }

    private void Put(string row, PropertyBag? bag)
    {
        if (IsFact(row))
        {
            PutFact(row, bag);
        }
        else if (bag is null)
        {
            partition.Delete(row);
        }
        else
        {
            partition.Put(row, bag);
        }
    }

    private async ValueTask<PropertyBag?> FindAsync(string row) =>
        !IsFact(row) ? partition.Find(row)
        : _facts.TryGetValue(row, out var bag) ? bag
        : (await store.ReadRowAsync(CustomerPartition.IdOf(partition.Key), row))?.Properties;

    private async ValueTask<bool> IsNeededAsync()
    {
        if (partition.WithPrefix("").Any(r => !IsFact(r.Key) && !IsLeft(r.Key)))
        {
            return true;
        }

        await foreach (
            var row in store.ReadAllAsync(CustomerPartition.IdOf(partition.Key), new RowRange(CustomerPartition.FactPrefix, null))
        )
        {
            var stays = !_facts.TryGetValue(row.Key, out var bag) || bag is not null;
            if (stays && !row.Key.StartsWith(UndoTrail.Prefix, StringComparison.Ordinal) && !IsConsents(row.Key))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What is derived goes with the profile; the consent history is never taken back, and needs nobody.</summary>
    private static bool IsLeft(string row) =>
        row is CustomerPartition.ProfileRow or CustomerPartition.ValueRow or CustomerPartition.ConsentsRow;

    private static bool IsConsents(string row) => row.StartsWith(CustomerPartition.ConsentPrefix, StringComparison.Ordinal);

    private static bool IsFact(string row) => row.StartsWith(CustomerPartition.FactPrefix, StringComparison.Ordinal);
}
