using RetentionFuncs.Storage;

namespace RetentionFuncs.Customers;

/// <summary>What is left under an id that is another customer's now: whatever is told of it is told of that one.</summary>
/// <param name="Into">Whose id it is now, or was until that one moved on itself.</param>
/// <param name="At">Since when, by the shop's word.</param>
/// <param name="IsDone">Whether everything has been moved; if not, telling it again finishes it.</param>
public sealed record CustomerForward(CustomerKey Into, DateTimeOffset At, bool IsDone)
{
    public const string RowKey = "forward";

    /// <summary>Rows under the customer that remains, one for each id that became it.</summary>
    public const string AbsorbedPrefix = "merged|";

    /// <summary>That an id which had become another lives again, and since when: an older word about merging it counts no more.</summary>
    public const string PartedRow = "parted";

    /// <summary>Longer chains are a fault of ours: merging never makes a circle.</summary>
    private const int LongestChain = 1_000;

    public PropertyBag ToBag() => new PropertyBag().Set("into", Into.Value).Set("at", At).Set("done", IsDone);

    public static CustomerForward? Of(CustomerPartition partition) =>
        partition.Find(RowKey) is { } bag
            ? new CustomerForward(new CustomerKey(bag.Text("into")), bag.Instant("at"), bag.Flag("done"))
            : null;

    /// <summary>Since when the id has been parted from the one it had become; null when it never was.</summary>
    public static DateTimeOffset? PartedAt(CustomerPartition partition) => partition.Find(PartedRow)?.Instant("at");

    /// <summary>The partition of a customer, or of whoever the customer became.</summary>
    /// <exception cref="InvalidOperationException">The forwarding rows make a circle.</exception>
    public static async ValueTask<CustomerPartition> LoadAsync(IRowStore store, CustomerKey key)
    {
        var partition = await CustomerPartition.LoadAsync(store, key);
        for (var i = 0; Of(partition) is { } forward; i++)
        {
            if (i == LongestChain)
            {
                throw new InvalidOperationException($"The ids that became {key} lead in a circle.");
            }

            partition = await CustomerPartition.LoadAsync(store, forward.Into);
        }

        return partition;
    }

    /// <summary>The partitions of all ids that became this customer, whose messages and entries stay where they were made.</summary>
    public static async IAsyncEnumerable<CustomerPartition> AbsorbedAsync(IRowStore store, CustomerPartition partition)
    {
        var waiting = new Queue<CustomerPartition>([partition]);
        while (waiting.TryDequeue(out var at))
        {
            foreach (var row in at.WithPrefix(AbsorbedPrefix))
            {
                var absorbed = await CustomerPartition.LoadAsync(store, new CustomerKey(row.Key[AbsorbedPrefix.Length..]));
                yield return absorbed;
                waiting.Enqueue(absorbed);
            }
        }
    }
}
