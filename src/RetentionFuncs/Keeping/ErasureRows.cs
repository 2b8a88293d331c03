using System.Globalization;
using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Keeping;

/// <summary>What is left in an erased partition, so that nothing later brings the person back.</summary>
/// <param name="At">When erasing began.</param>
/// <param name="Touches">How many messages there were, by <c>campaign|state</c>: nothing in it is about one person.</param>
public sealed record Tombstone(DateTimeOffset At, IReadOnlyDictionary<string, long> Touches)
{
    public static Tombstone Read(PropertyBag bag) => new(bag.Instant("at"), CountsOf(bag.TextOrNull("touches")));

    public PropertyBag ToBag() =>
        new PropertyBag()
            .Set("at", At)
            .Set("touches", Touches.Count == 0 ? null : string.Join(' ', Touches.Select(t => $"{t.Key}={t.Value}")));

    /// <summary>With one message more of a campaign in a state.</summary>
    public Tombstone With(string campaign, string state)
    {
        var touches = new SortedDictionary<string, long>(Touches.ToDictionary(t => t.Key, t => t.Value), StringComparer.Ordinal);
        var name = $"{campaign}|{state}";
        touches[name] = touches.GetValueOrDefault(name) + 1;
        return this with { Touches = touches };
    }

    private static SortedDictionary<string, long> CountsOf(string? text)
    {
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var part in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var cut = part.LastIndexOf('=');
            counts[part[..cut]] = long.Parse(part.AsSpan(cut + 1), CultureInfo.InvariantCulture);
        }

        return counts;
    }
}

/// <summary>Who was erased, by key and moment, for the pass that looks again; nothing else is known of them.</summary>
public sealed class ErasureRows(IRowStore store)
{
    private static readonly PartitionId Partition = new(StoreTable.Control, "erasures");

    public ValueTask PutAsync(CustomerKey customer, DateTimeOffset at) =>
        store.PutAnyAsync(Partition, customer.Value, new PropertyBag().Set("at", at));

    public async IAsyncEnumerable<(CustomerKey Customer, DateTimeOffset At)> ReadAsync()
    {
        await foreach (var row in store.ReadAllAsync(Partition, RowRange.All))
        {
            yield return (new CustomerKey(row.Key), row.Properties.Instant("at"));
        }
    }
}
