using RetentionFuncs.Storage;

namespace RetentionFuncs.Operations;

/// <summary>What a person did to the running product by hand.</summary>
/// <param name="By">Who: a local user's name, an account's name, or the name the machine knows.</param>
/// <param name="What">The verb, e.g. <c>drop-dead-letter</c>, <c>stop-sending</c>.</param>
/// <param name="Subject">What it was done to, without personal data; empty when it is the whole product.</param>
/// <param name="Why">In the person's own words.</param>
public sealed record Operation(DateTimeOffset At, string By, string What, string Subject, string Why);

/// <summary>Everything that was done by hand, newest first; rows are added and never changed.</summary>
public sealed class OperatorLog(IRowStore store)
{
    internal static readonly PartitionId Partition = new(StoreTable.Control, "operator-log");

    public async IAsyncEnumerable<Operation> ReadAsync()
    {
        await foreach (var row in store.ReadAllAsync(Partition, RowRange.All))
        {
            var bag = row.Properties;
            yield return new Operation(bag.Instant("at"), bag.Text("by"), bag.Text("what"), bag.Text("subject"), bag.Text("why"));
        }
    }
}
