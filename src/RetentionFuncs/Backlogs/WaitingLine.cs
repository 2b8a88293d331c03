using RetentionFuncs.Customers;
using RetentionFuncs.Storage;

namespace RetentionFuncs.Backlogs;

/// <summary>
/// The line of one campaign: those who slipped before it began and were in its audience then, in the order of their rank. One partition a
/// shard, in it a row by customer and one by position; whoever reads the line merges the shards and holds one page of each.
/// </summary>
public sealed class WaitingLine(IRowStore store, string campaign)
{
    private const string Of = "of|";
    private const string By = "by|";
    private const int PageRows = 32;

    private sealed record Found(WaitingCustomer? Who);

    /// <summary>Null when the customer does not wait.</summary>
    public async ValueTask<WaitingCustomer?> FindAsync(CustomerKey customer) =>
        await store.ReadRowAsync(PartitionOf(customer), Of + customer.Value) is { } row ? WaitingCustomer.Read(row.Properties) : null;

    /// <summary>Puts a customer in line, or at another position of it; done twice it stands there once.</summary>
    public async ValueTask AddAsync(WaitingCustomer who) =>
        await ContendedCommit.UntilAppliedAsync<Found>(async () =>
        {
            var row = await store.ReadRowAsync(PartitionOf(who.Customer), Of + who.Customer.Value);
            var stood = row is null ? null : WaitingCustomer.Read(row.Properties);
            if (stood is not null && stood.Occasion == who.Occasion && stood.Position == who.Position)
            {
                return new Found(stood);
            }

            var bag = who.ToBag();
            List<RowWrite> writes =
            [
                new(Of + who.Customer.Value, row is null ? Expectation.Absent : Expectation.At(row.Version), bag),
                new(By + who.Position, Expectation.Any, bag.Copy()),
            ];
            if (stood is not null && stood.Position != who.Position)
            {
                writes.Add(new(By + stood.Position, Expectation.Any, null));
            }

            return await store.CommitAsync(PartitionOf(who.Customer), writes) is CommitResult.Applied ? new Found(who) : null;
        });

    /// <returns>Who left the line, or null when the customer did not wait.</returns>
    public async ValueTask<WaitingCustomer?> RemoveAsync(CustomerKey customer) =>
        (
            await ContendedCommit.UntilAppliedAsync<Found>(async () =>
            {
                if (await store.ReadRowAsync(PartitionOf(customer), Of + customer.Value) is not { } row)
                {
                    return new Found(null);
                }

                var who = WaitingCustomer.Read(row.Properties);
                RowWrite[] writes =
                [
                    new(Of + customer.Value, Expectation.At(row.Version), null),
                    new(By + who.Position, Expectation.Any, null),
                ];
                return await store.CommitAsync(PartitionOf(customer), writes) is CommitResult.Applied ? new Found(who) : null;
            })
        ).Who;

    /// <summary>Everybody in line behind a position (empty: from the first), the most valuable first.</summary>
    public async IAsyncEnumerable<WaitingCustomer> ReadAsync(string after = "")
    {
        // Nothing is held open between two pages, so whoever stops early leaves nothing behind.
        var shards = new PriorityQueue<IAsyncEnumerator<WaitingCustomer>, string>(StringComparer.Ordinal);
        foreach (var shard in Shards.All)
        {
            var line = ReadShardAsync(shard, after).GetAsyncEnumerator();
            await EnqueueAsync(shards, line);
        }

        while (shards.TryDequeue(out var first, out _))
        {
            yield return first.Current;
            await EnqueueAsync(shards, first);
        }
    }

    /// <summary>How many stand in line, or before a position of it; counting ends a page after <paramref name="most"/>.</summary>
    public async ValueTask<int> CountAsync(string? before = null, int most = int.MaxValue)
    {
        var range = before is null ? RowRange.Prefix(By) : new RowRange(By, By + before);
        var count = 0;
        foreach (var shard in Shards.All)
        {
            for (RowRange? next = range; next is { } rest && count <= most; )
            {
                var page = await store.ReadAsync(PartitionOf(shard), rest);
                (count, next) = (count + page.Rows.Count, page.Rest);
            }
        }

        return count;
    }

    private static async ValueTask EnqueueAsync(
        PriorityQueue<IAsyncEnumerator<WaitingCustomer>, string> shards,
        IAsyncEnumerator<WaitingCustomer> line
    )
    {
        if (await line.MoveNextAsync())
        {
            shards.Enqueue(line, line.Current.Position);
        }
        else
        {
            await line.DisposeAsync();
        }
    }

    private async IAsyncEnumerable<WaitingCustomer> ReadShardAsync(string shard, string after)
    {
        var all = RowRange.Prefix(By);
        for (RowRange? next = all with { From = after.Length == 0 ? By : $"{By}{after}\u0001" }; next is { } range; )
        {
            var page = await store.ReadAsync(PartitionOf(shard), range, PageRows);
            foreach (var row in page.Rows)
            {
                yield return WaitingCustomer.Read(row.Properties);
            }

            next = page.Rest;
        }
    }

    private PartitionId PartitionOf(CustomerKey customer) => PartitionOf(Shards.Of(customer));

    private PartitionId PartitionOf(string shard) => new(StoreTable.Campaigns, $"{campaign}|waiting|{shard}");
}
